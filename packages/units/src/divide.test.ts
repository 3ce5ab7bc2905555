import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './assert.ts';
import { divCeil, divFloor, mulDivDown, mulDivUp } from './divide.ts';
import { SAFE_MAX } from './safe.ts';

const integer = fc.oneof(
  fc.constantFrom(0, 1, 2, 2 ** 51 - 1, 2 ** 51, 2 ** 52, SAFE_MAX - 1, SAFE_MAX),
  fc.integer({ min: 0, max: 2 ** 30 }),
  fc.maxSafeNat(),
);
const divisor = integer.map((n) => (n === 0 ? 1 : n));
const RUNS = { numRuns: 3_000, seed: 20_003 };

function run(compute: (a: number, b: number, d: number) => number, a: number, b: number, d: number): bigint | 'refused' {
  try {
    return BigInt(compute(a, b, d));
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return 'refused';
  }
}

describe('mulDiv', () => {
  it('agrees with bigint, rounded down', () => {
    fc.assert(
      fc.property(integer, integer, divisor, (a, b, d) => {
        const exact = (BigInt(a) * BigInt(b)) / BigInt(d);
        expect(run(mulDivDown, a, b, d)).toBe(exact <= BigInt(SAFE_MAX) ? exact : 'refused');
      }),
      RUNS,
    );
  });

  it('agrees with bigint, rounded up', () => {
    fc.assert(
      fc.property(integer, integer, divisor, (a, b, d) => {
        const exact = (BigInt(a) * BigInt(b) + BigInt(d) - 1n) / BigInt(d);
        expect(run(mulDivUp, a, b, d)).toBe(exact <= BigInt(SAFE_MAX) ? exact : 'refused');
      }),
      RUNS,
    );
  });

  it('gives a quantity back that is multiplied and divided by the same', () => {
    fc.assert(
      fc.property(integer, divisor, (a, d) => {
        expect(mulDivDown(a, d, d)).toBe(a);
        expect(mulDivUp(a, d, d)).toBe(a);
      }),
      RUNS,
    );
  });

  it('refuses what is no integer, negative or divided by zero', () => {
    const wrong: readonly (readonly [number, number, number])[] = [
      [-1, 1, 1],
      [1, -1, 1],
      [1, 1, 0],
      [1, 1, -1],
      [0.5, 1, 1],
      [1, Number.NaN, 1],
      [2 ** 53, 1, 1],
    ];
    for (const [a, b, d] of wrong) {
      expect(() => mulDivDown(a, b, d)).toThrow(AssertionError);
      expect(() => mulDivUp(a, b, d)).toThrow(AssertionError);
    }
  });
});

describe('div', () => {
  it('agrees with bigint for both signs', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), divisor, (a, d) => {
        const down = divFloor(a, d);
        const up = divCeil(a, d);
        expect(BigInt(down) * BigInt(d) <= BigInt(a)).toBe(true);
        expect((BigInt(down) + 1n) * BigInt(d) > BigInt(a)).toBe(true);
        expect(BigInt(up) * BigInt(d) >= BigInt(a)).toBe(true);
        expect((BigInt(up) - 1n) * BigInt(d) < BigInt(a)).toBe(true);
      }),
      RUNS,
    );
  });

  it('has known values', () => {
    expect(divFloor(-7, 2)).toBe(-4);
    expect(divCeil(7, 2)).toBe(4);
    expect(Object.is(divCeil(-1, 2), 0)).toBe(true);
    expect(() => divFloor(1, 0)).toThrow(AssertionError);
  });
});
