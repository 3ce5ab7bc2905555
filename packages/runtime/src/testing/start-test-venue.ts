/** A venue in threads over files, for tests. */

import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { smallGenesis } from '@mochila/core';
import { startVenueThreads, type VenueThreads, type VenueThreadsOptions } from '../venue/start-venue-threads.ts';
import type { FileStorageSettings } from './file-storage.ts';

/** Makes an empty directory that `remove` takes away with all in it. */
export function makeDirectory(): { readonly path: string; remove(): void } {
  const path = fs.mkdtempSync(join(os.tmpdir(), 'mochila-venue-'));
  return { path, remove: () => fs.rmSync(path, { recursive: true, force: true }) };
}

/** Names the storage module and its settings. */
export function fileStorageTask(settings: FileStorageSettings): { moduleUrl: string; settings: FileStorageSettings } {
  return { moduleUrl: new URL('./file-storage.ts', import.meta.url).href, settings };
}

/** Starts the small sandbox venue, with one link unless told. */
export function startTestVenue(
  settings: Omit<FileStorageSettings, 'venueId'>,
  options: Partial<VenueThreadsOptions> = {},
): Promise<VenueThreads> {
  const genesis = options.genesis ?? { ...smallGenesis(), createdAtMicros: Date.now() * 1000 };
  const storage = fileStorageTask({ ...settings, venueId: genesis.venueId });
  return startVenueThreads({ links: [{ isLossy: false }], storage, ...options, genesis });
}
