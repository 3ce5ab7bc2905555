/**
 * References of deposits credited: the custodian may report one twice, the venue credits it once. A ring of the newest;
 * the custodian reports nothing that old again (it keeps its own checkpoint, see the Custodian port).
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | reference | Uint8 x 128 | the custodian's own id | |
 * | length | Int32 | bytes of it | |
 * | hash | Int32 | of it, for the index | |
 */
import type { EngineLimits } from '@mochila/protocol';
import {
  createHashIndex,
  type HashIndex,
  insertHash,
  mixHashBytes,
  nextSlot,
  removeHash,
  rowInSlot,
  startOfHash,
} from '../identity/hash-index.ts';
import { createRing, isRingFull, type Ring, ringDropOldest, ringPush } from '../identity/ring.ts';

/** Most bytes a reference may have. */
export const DEPOSIT_REFERENCE_BYTES_MAX = 128;
const REMEMBERED_MIN = 1024;
const REMEMBERED_MAX = 65_536;

/** The ring of references, with its index. */
export interface DepositReferences extends Ring {
  readonly index: HashIndex;
  readonly reference: Uint8Array;
  readonly length: Int32Array;
  readonly hash: Int32Array;
}

/** No references; room for one an account, within bounds. */
export function createDepositReferences(limits: EngineLimits): DepositReferences {
  const capacity = Math.min(REMEMBERED_MAX, Math.max(REMEMBERED_MIN, limits.accounts));
  return {
    ...createRing(capacity),
    index: createHashIndex(capacity),
    reference: new Uint8Array(capacity * DEPOSIT_REFERENCE_BYTES_MAX),
    length: new Int32Array(capacity),
    hash: new Int32Array(capacity),
  };
}

/** True when a deposit with this reference was credited. O(1). */
export function isDepositKnown(deposits: DepositReferences, reference: Uint8Array): boolean {
  const hash = mixHashBytes(0, reference, 0, reference.length);
  let slot = startOfHash(deposits.index, hash);
  for (;;) {
    const row = rowInSlot(deposits.index, slot);
    if (row < 0) return false;
    if (deposits.hash[row] === hash && isSameReference(deposits, row, reference)) return true;
    slot = nextSlot(deposits.index, slot);
  }
}

function isSameReference(deposits: DepositReferences, row: number, reference: Uint8Array): boolean {
  if (deposits.length[row] !== reference.length) return false;
  const offset = row * DEPOSIT_REFERENCE_BYTES_MAX;
  for (let at = 0; at < reference.length; at += 1) if (deposits.reference[offset + at] !== reference[at]) return false;
  return true;
}

/** Remembers a reference, in the place of the oldest when there is no room. */
export function rememberDeposit(deposits: DepositReferences, reference: Uint8Array): void {
  if (isRingFull(deposits)) {
    removeHash(deposits.index, deposits.hash, deposits.oldest);
    ringDropOldest(deposits);
  }
  const row = ringPush(deposits);
  const offset = row * DEPOSIT_REFERENCE_BYTES_MAX;
  deposits.reference.fill(0, offset, offset + DEPOSIT_REFERENCE_BYTES_MAX);
  deposits.reference.set(reference, offset);
  deposits.length[row] = reference.length;
  deposits.hash[row] = mixHashBytes(0, reference, 0, reference.length);
  insertHash(deposits.index, deposits.hash[row]!, row);
}
