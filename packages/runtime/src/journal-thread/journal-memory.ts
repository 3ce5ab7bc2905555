/** The memory that the journal thread shares with the others. */

import { Doorbell } from '../ring/doorbell.ts';
import { createByteRing } from '../ring/ring-layout.ts';
import { JournalControl } from './journal-control.ts';

/** Shared memory of a journal thread; it can be posted to other threads as it is. */
export interface JournalMemory {
  /** Records on their way to the journal. */
  readonly ring: SharedArrayBuffer;
  /** Bell that wakes the journal thread. */
  readonly bell: SharedArrayBuffer;
  /** Cells of `JournalControl`. */
  readonly control: SharedArrayBuffer;
}

/** @param ringBytes room for records on their way, a power of two; a record takes at most half of it */
export function createJournalMemory(ringBytes = 8 * 1024 * 1024): JournalMemory {
  return { ring: createByteRing(ringBytes), bell: new Doorbell().shared, control: new JournalControl().shared };
}
