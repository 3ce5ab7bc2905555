/** All memory that the threads of a venue share. */

import { CoreControl } from '../core-thread/core-control.ts';
import { createJournalMemory, type JournalMemory } from '../journal-thread/journal-memory.ts';
import { createLinkMemory, type LinkMemory, type LinkMemorySizes } from '../link/link-memory.ts';
import { Doorbell } from '../ring/doorbell.ts';

/** Shared memory of a venue; it can be posted to other threads as it is. */
export interface VenueMemory {
  readonly journal: JournalMemory;
  /** Bell of the core thread. */
  readonly coreBell: SharedArrayBuffer;
  /** Cells of `CoreControl`. */
  readonly coreControl: SharedArrayBuffer;
  readonly snapshotBell: SharedArrayBuffer;
  readonly links: readonly LinkMemory[];
}

/** What a thread needs to open one link: post it to a worker as it is. */
export interface LinkSeat {
  readonly linkIx: number;
  readonly memory: LinkMemory;
  readonly journalControl: SharedArrayBuffer;
  readonly coreBell: SharedArrayBuffer;
  readonly coreControl: SharedArrayBuffer;
}

/** Room of the rings, in bytes, powers of two. */
export interface VenueMemorySizes extends LinkMemorySizes {
  readonly journalBytes?: number;
}

/** @param lossy for each link, whether it is a follower that must never hold up trading */
export function createVenueMemory(lossy: readonly boolean[], sizes: VenueMemorySizes = {}): VenueMemory {
  return {
    journal: createJournalMemory(sizes.journalBytes),
    coreBell: new Doorbell().shared,
    coreControl: new CoreControl().shared,
    snapshotBell: new Doorbell().shared,
    links: lossy.map((isLossy) => createLinkMemory(isLossy, sizes)),
  };
}

/** The seats of a venue's links, in their order. */
export function seatsOf(memory: VenueMemory): LinkSeat[] {
  return memory.links.map((link, linkIx) => ({
    linkIx,
    memory: link,
    journalControl: memory.journal.control,
    coreBell: memory.coreBell,
    coreControl: memory.coreControl,
  }));
}
