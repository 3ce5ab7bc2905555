/**
 * Registrations of the running day by address, for the bound of a public sandbox.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | addressHi, addressLo | Float64 | 96-bit hash of the sender's address | |
 * | count | Int32 | keys registered today | |
 * | hash | Int32 | of the address, for the index | |
 */
import { createHashIndex, type HashIndex, insertHash, mixHash, nextSlot, rowInSlot, startOfHash } from './hash-index.ts';

/** Counts of the day, with the index by address. */
export interface Registrations {
  readonly capacity: number;
  used: number;
  /** Day number the rows speak of. */
  day: number;
  readonly index: HashIndex;
  readonly addressHi: Float64Array;
  readonly addressLo: Float64Array;
  readonly count: Int32Array;
  readonly hash: Int32Array;
}

/** Nobody registered yet. @param capacity - as many rows as users, since every row stands for at least one. */
export function createRegistrations(capacity: number): Registrations {
  return {
    capacity,
    used: 0,
    day: -1,
    index: createHashIndex(capacity),
    addressHi: new Float64Array(capacity),
    addressLo: new Float64Array(capacity),
    count: new Int32Array(capacity),
    hash: new Int32Array(capacity),
  };
}

/** Keys this address registered on `day`. */
export function registrationsOf(registrations: Registrations, day: number, addressHi: number, addressLo: number): number {
  if (registrations.day !== day) return 0;
  const row = findRow(registrations, addressHi, addressLo);
  return row < 0 ? 0 : registrations.count[row]!;
}

/** Counts one registration. */
export function countRegistration(registrations: Registrations, day: number, addressHi: number, addressLo: number): void {
  if (registrations.day !== day) startDay(registrations, day);
  let row = findRow(registrations, addressHi, addressLo);
  if (row < 0) {
    row = registrations.used;
    registrations.used += 1;
    registrations.addressHi[row] = addressHi;
    registrations.addressLo[row] = addressLo;
    registrations.count[row] = 0;
    registrations.hash[row] = mixHash(mixHash(0, addressLo), addressHi);
    insertHash(registrations.index, registrations.hash[row]!, row);
  }
  registrations.count[row] = registrations.count[row]! + 1;
}

function startDay(registrations: Registrations, day: number): void {
  registrations.day = day;
  registrations.used = 0;
  registrations.index.slots.fill(0);
}

function findRow(registrations: Registrations, addressHi: number, addressLo: number): number {
  const { index } = registrations;
  let slot = startOfHash(index, mixHash(mixHash(0, addressLo), addressHi));
  for (;;) {
    const row = rowInSlot(index, slot);
    if (row < 0) return -1;
    if (registrations.addressHi[row] === addressHi && registrations.addressLo[row] === addressLo) return row;
    slot = nextSlot(index, slot);
  }
}
