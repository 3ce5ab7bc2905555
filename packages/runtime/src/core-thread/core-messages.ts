/** What the core thread is started with and what it says to its parent. */

import type { MessagePort } from 'node:worker_threads';
import type { SnapshotDamage } from '@mochila/ports';
import type { Genesis } from '@mochila/protocol';
import type { ClockSettings } from '../clock/venue-clock.ts';
import type { ReplayProgress } from '../recovery/replay.ts';
import type { ThreadError } from '../thread-error.ts';
import type { VenueMemory } from '../venue/venue-memory.ts';
import type { VenueStorageTask } from '../venue/venue-storage.ts';
import type { CoreLoopEnd } from './core-loop.ts';
import type { SnapshotPace } from './snapshot-schedule.ts';

/** What the core thread is started with. */
export interface CoreThreadTask {
  readonly memory: VenueMemory;
  readonly storage: VenueStorageTask;
  /** Copies to the snapshot thread. */
  readonly snapshotPort: MessagePort;
  readonly snapshotPace: SnapshotPace;
  readonly genesis: Genesis;
  readonly clock: ClockSettings;
  /** Sequence of the last record in the journal; 0 for a new venue. */
  readonly lastSeq: number;
  /** The thread's code in one script; null when it loads its modules one by one. */
  readonly linked: string | null;
}

/** How the venue was found. */
export interface CoreThreadStart {
  /** The constitution in the journal. */
  readonly genesis: Genesis;
  /** True when this start began the venue. */
  readonly isNew: boolean;
  readonly lastSeq: number;
  /** Sequence of the snapshot it started from; 0 when it was replayed from genesis. */
  readonly snapshotSeq: number;
  readonly replayed: number;
  readonly damagedSnapshots: readonly SnapshotDamage[];
}

/** How the thread ended. */
export type CoreThreadEnd = CoreLoopEnd | { readonly kind: 'halted'; readonly error: ThreadError };

/** Posted by the thread. */
export type CoreThreadMessage =
  | { readonly kind: 'progress'; readonly progress: ReplayProgress }
  | { readonly kind: 'started'; readonly start: CoreThreadStart }
  | { readonly kind: 'ended'; readonly end: CoreThreadEnd };
