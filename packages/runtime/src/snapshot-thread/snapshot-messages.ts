/** What the snapshot thread receives and says. */

import type { MessagePort } from 'node:worker_threads';
import type { VenueMemory } from '../venue/venue-memory.ts';
import type { VenueStorageTask } from '../venue/venue-storage.ts';

/** What the snapshot thread is started with. */
export interface SnapshotThreadTask {
  readonly memory: VenueMemory;
  readonly storage: VenueStorageTask;
  /** Copies from the core. */
  readonly port: MessagePort;
  readonly newestCount: number;
}

/** A copy of the state after command `seq`. */
export interface SnapshotCopy {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Posted to the parent. */
export type SnapshotThreadMessage =
  | {
      readonly kind: 'stored';
      readonly seq: number;
      readonly byteLength: number;
      readonly stateHash: string;
      readonly removedSeqs: readonly number[];
    }
  | { readonly kind: 'failed'; readonly seq: number; readonly reason: string };
