/**
 * API keys: ED25519 public keys with permissions, each for one account. A revoked key keeps its row, so that it is known
 * as revoked, until no fresh row is left; then the key revoked longest ago gives its row, under the next generation.
 *
 * What every command asks of its key lies side by side in 32 bytes, seen as 32-bit integers and as doubles; the
 * functions at the end name the parts.
 *
 * | part | type | unit | 0 means |
 * |---|---|---|---|
 * | ints 0, 1: user, account | Int32 | UserIx, AccountIx | |
 * | ints 2: permissions | Int32 | Permission bits | nothing |
 * | ints 3: isRevoked | Int32 | flag | live |
 * | words 2: generation | Float64 | uses of this row so far, from 1 | never used |
 * | words 3: tag | Float64 | first 48 bits of the public key: names the key in the replay table across generations of its row | |
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | publicKey | Uint8 x 32 | ED25519 public key | |
 * | hash | Int32 | of the public key, for the index | |
 * | createdAtMicros | Float64 | UnixMicros | |
 * | nextOfUser | Int32 | KeyIx of the user's next older live key; -1 none | |
 */
import { assert } from '@mochila/units';
import { createTable, type Table } from '../table.ts';
import { createHashIndex, type HashIndex, insertHash, mixHashBytes, nextSlot, removeHash, rowInSlot, startOfHash } from './hash-index.ts';

/** Bytes of a public key. */
export const PUBLIC_KEY_BYTES = 32;

const ROW_WORDS = 4;
const ROW_INTS = 2 * ROW_WORDS;

/** Rows of keys, with the index by public half. */
export interface Keys extends Table {
  /** Row revoked last: the end of the queue that `freeHead` starts; -1 none. */
  freeTail: number;
  readonly index: HashIndex;
  /** The rows of 32 bytes, and the same memory as integers. */
  readonly words: Float64Array;
  readonly ints: Int32Array;
  readonly publicKey: Uint8Array;
  readonly hash: Int32Array;
  readonly createdAtMicros: Float64Array;
  readonly nextOfUser: Int32Array;
}

/** No keys. @param capacity - most live keys. */
export function createKeys(capacity: number): Keys {
  const words = new Float64Array(capacity * ROW_WORDS);
  return {
    ...createTable(capacity),
    freeTail: -1,
    index: createHashIndex(capacity),
    words,
    ints: new Int32Array(words.buffer),
    publicKey: new Uint8Array(capacity * PUBLIC_KEY_BYTES),
    hash: new Int32Array(capacity),
    createdAtMicros: new Float64Array(capacity),
    nextOfUser: new Int32Array(capacity).fill(-1),
  };
}

/** Row with this public key, live or revoked; -1 when it was never seen (or is long forgotten). O(1). */
export function findKeyRow(keys: Keys, publicKey: Uint8Array): number {
  const hash = mixHashBytes(0, publicKey, 0, publicKey.length);
  let slot = startOfHash(keys.index, hash);
  for (;;) {
    const row = rowInSlot(keys.index, slot);
    if (row < 0) return -1;
    if (keys.hash[row] === hash && isSameKey(keys, row, publicKey)) return row;
    slot = nextSlot(keys.index, slot);
  }
}

function isSameKey(keys: Keys, row: number, publicKey: Uint8Array): boolean {
  const offset = row * PUBLIC_KEY_BYTES;
  for (let at = 0; at < PUBLIC_KEY_BYTES; at += 1) if (keys.publicKey[offset + at] !== publicKey[at]) return false;
  return publicKey.length === PUBLIC_KEY_BYTES;
}

function tagOf(publicKey: Uint8Array): number {
  let tag = 0;
  for (let at = 0; at < 6; at += 1) tag = tag * 256 + publicKey[at]!;
  return tag;
}

/** A copy of a key's public half. */
export function publicKeyOf(keys: Keys, row: number): Uint8Array {
  return keys.publicKey.slice(row * PUBLIC_KEY_BYTES, (row + 1) * PUBLIC_KEY_BYTES);
}

/** True when neither a fresh nor a revoked row is left. */
export function isKeysFull(keys: Keys): boolean {
  return keys.live >= keys.capacity;
}

/** Takes a row for a new key: a fresh one, else that of the key revoked longest ago. */
export function takeKeyRow(keys: Keys, publicKey: Uint8Array): number {
  assert(publicKey.length === PUBLIC_KEY_BYTES, 'a public key is 32 bytes');
  assert(!isKeysFull(keys), 'the key table is asked for space before the point of no return');
  const row = keys.used < keys.capacity ? keys.used : keys.freeHead;
  if (keys.used < keys.capacity) keys.used += 1;
  else forgetOldestRevoked(keys);
  keys.live += 1;
  setKeyGeneration(keys, row, keyGeneration(keys, row) + 1);
  setKeyIsRevoked(keys, row, 0);
  keys.publicKey.set(publicKey, row * PUBLIC_KEY_BYTES);
  setKeyTag(keys, row, tagOf(publicKey));
  keys.hash[row] = mixHashBytes(0, publicKey, 0, PUBLIC_KEY_BYTES);
  insertHash(keys.index, keys.hash[row]!, row);
  return row;
}

function forgetOldestRevoked(keys: Keys): void {
  const row = keys.freeHead;
  assert(row >= 0 && keyIsRevoked(keys, row) === 1, 'a key row that is used again was revoked');
  keys.freeHead = keys.nextFree[row]!;
  if (keys.freeHead < 0) keys.freeTail = -1;
  removeHash(keys.index, keys.hash, row);
}

/** Marks a key revoked and queues its row. */
export function revokeKeyRow(keys: Keys, row: number): void {
  assert(keyIsRevoked(keys, row) === 0, 'a key is revoked once');
  setKeyIsRevoked(keys, row, 1);
  keys.live -= 1;
  keys.nextFree[row] = -1;
  if (keys.freeTail < 0) keys.freeHead = row;
  else keys.nextFree[keys.freeTail] = row;
  keys.freeTail = row;
}

/** UserIx of a key. */
export function keyUser(keys: Keys, row: number): number {
  return keys.ints[row * ROW_INTS]!;
}

/** AccountIx of a key. */
export function keyAccount(keys: Keys, row: number): number {
  return keys.ints[row * ROW_INTS + 1]!;
}

/** Permission bits. */
export function keyPermissions(keys: Keys, row: number): number {
  return keys.ints[row * ROW_INTS + 2]!;
}

/** 1 when the key was revoked. */
export function keyIsRevoked(keys: Keys, row: number): number {
  return keys.ints[row * ROW_INTS + 3]!;
}

/** Uses of this row so far, from 1; 0 never used. */
export function keyGeneration(keys: Keys, row: number): number {
  return keys.words[row * ROW_WORDS + 2]!;
}

/** First 48 bits of the public key: names the key in the replay table across generations of its row. */
export function keyTag(keys: Keys, row: number): number {
  return keys.words[row * ROW_WORDS + 3]!;
}

/** Writes it: userIx of a key. */
export function setKeyUser(keys: Keys, row: number, value: number): void {
  keys.ints[row * ROW_INTS] = value;
}

/** Writes it: accountIx of a key. */
export function setKeyAccount(keys: Keys, row: number, value: number): void {
  keys.ints[row * ROW_INTS + 1] = value;
}

/** Writes it: permission bits. */
export function setKeyPermissions(keys: Keys, row: number, value: number): void {
  keys.ints[row * ROW_INTS + 2] = value;
}

/** Writes it: 1 when the key was revoked. */
export function setKeyIsRevoked(keys: Keys, row: number, value: number): void {
  keys.ints[row * ROW_INTS + 3] = value;
}

/** Writes it: uses of this row so far, from 1; 0 never used. */
export function setKeyGeneration(keys: Keys, row: number, value: number): void {
  keys.words[row * ROW_WORDS + 2] = value;
}

/** Writes it: first 48 bits of the public key: names the key in the replay table across generations of its row. */
export function setKeyTag(keys: Keys, row: number, value: number): void {
  keys.words[row * ROW_WORDS + 3] = value;
}
