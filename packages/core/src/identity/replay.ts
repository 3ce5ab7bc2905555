/**
 * Replay table: signed writes seen, remembered until their window can be open no more. Rows stand in a
 * ring by arrival; the oldest leaves when its own window is over, so a row is never forgotten too early, and one that
 * outlives its window behind a longer one only takes room.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | keyTag | Float64 | first 48 bits of the public key | |
 * | signHi, signLo | Float64 | 96-bit hash of the signed string, its stamp included | |
 * | closesAtMs | Float64 | end of the window, ms | |
 * | hash | Int32 | of the three above, for the index | |
 */
import {
  createHashIndex,
  type HashIndex,
  hashInSlot,
  insertHash,
  mixHash,
  nextSlot,
  removeHash,
  rowInSlot,
  startOfHash,
} from './hash-index.ts';
import { createRing, type Ring, ringDropOldest, ringPush } from './ring.ts';

/** The ring of signatures, with its index. */
export interface Replay extends Ring {
  readonly index: HashIndex;
  readonly keyTag: Float64Array;
  readonly signHi: Float64Array;
  readonly signLo: Float64Array;
  readonly closesAtMs: Float64Array;
  readonly hash: Int32Array;
}

/** No signatures seen. @param capacity - most remembered at a time. */
export function createReplay(capacity: number): Replay {
  return {
    ...createRing(capacity),
    index: createHashIndex(capacity),
    keyTag: new Float64Array(capacity),
    signHi: new Float64Array(capacity),
    signLo: new Float64Array(capacity),
    closesAtMs: new Float64Array(capacity),
    hash: new Int32Array(capacity),
  };
}

/** True when this write was accepted before. O(1). */
export function wasSeen(replay: Replay, keyTag: number, signHi: number, signLo: number): boolean {
  const hash = replayHash(keyTag, signHi, signLo);
  let slot = startOfHash(replay.index, hash);
  for (;;) {
    const row = rowInSlot(replay.index, slot);
    if (row < 0) return false;
    if (
      hashInSlot(replay.index, slot) === hash &&
      replay.signLo[row] === signLo &&
      replay.signHi[row] === signHi &&
      replay.keyTag[row] === keyTag
    )
      return true;
    slot = nextSlot(replay.index, slot);
  }
}

/** Drops the oldest rows whose window is over. */
export function expireReplay(replay: Replay, nowMs: number): void {
  while (replay.live > 0 && replay.closesAtMs[replay.oldest]! < nowMs) {
    removeHash(replay.index, replay.hash, replay.oldest);
    ringDropOldest(replay);
  }
}

/** Remembers a write. The caller has expired and found room. */
export function rememberSeen(replay: Replay, keyTag: number, signHi: number, signLo: number, closesAtMs: number): void {
  const row = ringPush(replay);
  replay.keyTag[row] = keyTag;
  replay.signHi[row] = signHi;
  replay.signLo[row] = signLo;
  replay.closesAtMs[row] = closesAtMs;
  replay.hash[row] = replayHash(keyTag, signHi, signLo);
  insertHash(replay.index, replay.hash[row]!, row);
}

function replayHash(keyTag: number, signHi: number, signLo: number): number {
  return mixHash(mixHash(mixHash(0, signLo), signHi), keyTag);
}
