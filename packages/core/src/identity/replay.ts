/**
 * Replay table: signed writes seen, remembered until their window can be open no more. Rows stand in a
 * ring by arrival; the oldest leaves when its own window is over, so a row is never forgotten too early, and one that
 * outlives its window behind a longer one only takes room.
 *
 * Entries are numbered by arrival. A bucket names its newest entry, an entry the one before it in its bucket, so a search
 * meets ever older ones and ends at the first that has left: leaving costs nothing, and nothing is taken out of a bucket.
 * Numbers are 32-bit and wrap; one that is older than everything alive is no entry, and an age that does not grow ends a search.
 * An index that has to be mended for each write that leaves made an order over 2,000 accounts a twentieth dearer
 * (AMD EPYC, Node 24.21, 2026-11-22).
 *
 * Beside its newest entry a bucket keeps marks: one bit of thirty-two for each entry of its chain, begun anew when the newest
 * has left. A write whose bit is not set was not seen, and its search ends without a look at a row: nearly every one, since
 * writes are seldom repeated. A row looked at is a miss of every cache.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | words | Float64 x 4 | signLo, signHi: 96-bit hash of the signed string, its stamp included; keyTag: first 48 bits of the public key; closesAtMs: end of the window | |
 * | before | Int32 | number of the entry before in its bucket | |
 * | heads (by bucket) | Int32 x 2 | number of the newest entry, marks of its chain | none yet |
 */
import { mixHash } from './hash-index.ts';
import { createRing, type Ring, ringDropOldest, ringPush, ringRow } from './ring.ts';

/** The ring of signatures, with its buckets. */
export interface Replay extends Ring {
  /** Number the next entry gets; the first was 1. */
  nextNumber: number;
  readonly buckets: { readonly heads: Int32Array };
  readonly before: Int32Array;
  readonly words: Float64Array;
}

const ROW_WORDS = 4;
const HEAD_INTS = 2;
/** Of a full table, on average: the marks of a chain stay few, the heads stay small. */
const ENTRIES_PER_BUCKET = 2;

/** No signatures seen. @param capacity - most remembered at a time. */
export function createReplay(capacity: number): Replay {
  let buckets = 8;
  while (buckets * ENTRIES_PER_BUCKET < capacity) buckets *= 2;
  return {
    ...createRing(capacity),
    nextNumber: 1,
    buckets: { heads: new Int32Array(buckets * HEAD_INTS) },
    before: new Int32Array(capacity),
    words: new Float64Array(capacity * ROW_WORDS),
  };
}

/** True when this write was accepted before. O(1) expected. */
export function wasSeen(replay: Replay, keyTag: number, signHi: number, signLo: number): boolean {
  const { words, before, live, nextNumber } = replay;
  const { heads } = replay.buckets;
  const hash = hashOf(keyTag, signHi, signLo);
  const head = headOf(heads, hash);
  if ((heads[head + 1]! & markOf(hash)) === 0) return false;
  let number = heads[head]!;
  for (let last = 0; ; ) {
    const age = (nextNumber - number) | 0;
    if (age <= last || age > live) return false;
    const row = ringRow(replay, live - age);
    const at = row * ROW_WORDS;
    if (words[at] === signLo && words[at + 1] === signHi && words[at + 2] === keyTag) return true;
    last = age;
    number = before[row]!;
  }
}

/** Drops the oldest rows whose window is over. */
export function expireReplay(replay: Replay, nowMs: number): void {
  while (replay.live > 0 && replay.words[replay.oldest * ROW_WORDS + 3]! < nowMs) ringDropOldest(replay);
}

/** Remembers a write. The caller has expired and found room. */
export function rememberSeen(replay: Replay, keyTag: number, signHi: number, signLo: number, closesAtMs: number): void {
  const { words, nextNumber } = replay;
  const { heads } = replay.buckets;
  const hash = hashOf(keyTag, signHi, signLo);
  const head = headOf(heads, hash);
  const newest = heads[head]!;
  const age = (nextNumber - newest) | 0;
  const isChainAlive = age > 0 && age <= replay.live;
  const row = ringPush(replay);
  const at = row * ROW_WORDS;
  words[at] = signLo;
  words[at + 1] = signHi;
  words[at + 2] = keyTag;
  words[at + 3] = closesAtMs;
  replay.before[row] = newest;
  heads[head] = nextNumber;
  heads[head + 1] = (isChainAlive ? heads[head + 1]! : 0) | markOf(hash);
  replay.nextNumber = (nextNumber + 1) | 0;
}

/** Reads the bucket of a write that will be asked about. @returns nothing of meaning. */
export function foreseeSeen(replay: Replay, keyTag: number, signHi: number, signLo: number): number {
  const { heads } = replay.buckets;
  return heads[headOf(heads, hashOf(keyTag, signHi, signLo))]!;
}

function hashOf(keyTag: number, signHi: number, signLo: number): number {
  const mixed = mixHash(mixHash(mixHash(0, signLo), signHi), keyTag);
  // The high bits are the well mixed ones.
  return mixed ^ (mixed >>> 15);
}

/** Where a bucket begins in `heads`. */
function headOf(heads: Int32Array, hash: number): number {
  return (hash & (heads.length / HEAD_INTS - 1)) * HEAD_INTS;
}

/** The bit of a write among the marks of its chain: from bits of the hash that choose no bucket. */
function markOf(hash: number): number {
  return 1 << (hash >>> 27);
}
