/** What the threads of a venue store things with; made anew in each thread that needs it, by a module of the application. */

import type { Journal, SnapshotStore } from '@mochila/ports';

/** The stores of one venue. */
export interface VenueStorage {
  /** Makes the journal, not yet open. @param isReadOnly beside another thread that writes it */
  createJournal(isReadOnly: boolean): Journal;
  createSnapshots(): SnapshotStore;
}

/** What a module of storage exports. */
export interface VenueStorageModule<Settings> {
  /** @param settings as they were given to `startVenueThreads` */
  openStorage(settings: Settings): VenueStorage;
}

/** Where a thread finds its storage; can be posted. */
export interface VenueStorageTask {
  /** URL of a module that exports `openStorage`. */
  readonly moduleUrl: string;
  readonly settings: unknown;
}

/** Loads the module and makes the storage. */
export async function loadStorage(task: VenueStorageTask): Promise<VenueStorage> {
  const module: VenueStorageModule<unknown> = await import(task.moduleUrl);
  return module.openStorage(task.settings);
}
