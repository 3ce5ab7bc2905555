/** What a journal gives, in two hashes, and what a module knows of itself: asked of the modules and of what they are linked to. */

import { createHash } from 'node:crypto';
import { recover, type Stored } from '../recovery/recover.ts';
import { replayEvents } from '../recovery/replay-events.ts';
import { stateHash } from '../recovery/state-hash.ts';

/** Hashes of the state and of all events, in hex. */
export function replayDigest(stored: Stored): { readonly state: string; readonly events: string; readonly eventCount: number } {
  const events = createHash('sha256');
  let eventCount = 0;
  replayEvents(stored, 1, stored.lastSeq, (batch) => {
    eventCount += batch.events.length;
    events.update(JSON.stringify(batch, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
  });
  return { state: stateHash(recover({ ...stored, snapshots: undefined }).state), events: events.digest('hex'), eventCount };
}

/** Where this module stands. */
export const place = import.meta.url;

/** The stack of an error made here. */
export function stackHere(): string {
  return new Error('made here').stack ?? '';
}

/** True in strict mode. */
export function isStrict(this: unknown): boolean {
  return this === undefined;
}
