import { describe, expect, it } from 'vitest';
import { testPublicKey } from '../testing/people-state.ts';
import { createKeys, findKeyRow, isKeysFull, keyGeneration, keyIsRevoked, publicKeyOf, revokeKeyRow, takeKeyRow } from './keys.ts';

describe('keys', () => {
  it('are found by their public half, whole and of the right length', () => {
    const keys = createKeys(4);
    expect(findKeyRow(keys, testPublicKey(1))).toBe(-1);
    const row = takeKeyRow(keys, testPublicKey(1));
    expect(findKeyRow(keys, testPublicKey(1))).toBe(row);
    expect(publicKeyOf(keys, row)).toEqual(testPublicKey(1));
    expect(findKeyRow(keys, testPublicKey(2))).toBe(-1);
    expect(findKeyRow(keys, testPublicKey(1).subarray(0, 31))).toBe(-1);
  });

  it('stay known after their revocation until no fresh row is left, then go in the order of revocation', () => {
    const keys = createKeys(3);
    const rows = [1, 2, 3].map((number) => takeKeyRow(keys, testPublicKey(number)));
    expect(isKeysFull(keys)).toBe(true);
    revokeKeyRow(keys, rows[2]!);
    revokeKeyRow(keys, rows[0]!);
    expect(isKeysFull(keys)).toBe(false);
    expect([1, 2, 3].map((number) => findKeyRow(keys, testPublicKey(number)))).toEqual(rows);
    expect(takeKeyRow(keys, testPublicKey(4))).toBe(rows[2]);
    expect(keyGeneration(keys, rows[2]!)).toBe(2);
    expect(findKeyRow(keys, testPublicKey(3))).toBe(-1);
    expect(takeKeyRow(keys, testPublicKey(5))).toBe(rows[0]);
    expect(isKeysFull(keys)).toBe(true);
    revokeKeyRow(keys, rows[1]!);
    expect(takeKeyRow(keys, testPublicKey(6))).toBe(rows[1]);
    expect([4, 5, 6].map((number) => findKeyRow(keys, testPublicKey(number)))).toEqual([rows[2], rows[0], rows[1]]);
  });

  it('prefer fresh rows, so that a revoked key is not forgotten early', () => {
    const keys = createKeys(3);
    const row = takeKeyRow(keys, testPublicKey(1));
    revokeKeyRow(keys, row);
    takeKeyRow(keys, testPublicKey(2));
    expect(keyIsRevoked(keys, findKeyRow(keys, testPublicKey(1)))).toBe(1);
  });
});
