import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AssertionError,
  asAtoms,
  atomsFromSharesDown,
  atomsFromSharesUp,
  createIndexLimbs,
  INDEX_SCALED_MAX,
  INDEX_SCALED_MIN,
  indexOfLimbs,
  refreshIndexLimbs,
  SAFE_MAX,
  sharesFromAtomsDown,
  sharesFromAtomsUp,
} from './index.ts';

const PICO = 10n ** 12n;
const UNIT = 10n ** 30n;
const LIMIT = 2n ** 53n;
const ONE = 10n ** 18n;
const RUNS = { numRuns: 2_000, seed: 20_001 };

const index = fc.oneof(
  fc.constantFrom(ONE, ONE + 1n, ONE - 1n, 8_999n * ONE, INDEX_SCALED_MAX, INDEX_SCALED_MIN, 2n * ONE),
  fc.bigInt({ min: ONE, max: 2n * ONE }),
  fc.bigInt({ min: INDEX_SCALED_MIN, max: INDEX_SCALED_MAX }),
);
const amount = fc.oneof(fc.constantFrom(0, 1, 2, SAFE_MAX, SAFE_MAX - 1, 2 ** 52), fc.integer({ min: 0, max: 1_000_000 }), fc.maxSafeNat());
const short = fc.integer({ min: 1, max: 1e12 - 1 });
const pico = fc.oneof(fc.constantFrom(0, 1, 999_999, 1_000_000, 999_999_999_999), fc.integer({ min: 0, max: 999_999_999_999 }));

function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

/** The pico-shares that a function writes, or the word that they are too many. */
function picoSharesOf(write: typeof sharesFromAtomsUp, atoms: number, scaled: bigint): bigint | 'refused' {
  const out = new Float64Array(2);
  try {
    write(asAtoms(atoms), createIndexLimbs(scaled), out);
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return 'refused';
  }
  const [whole = -1, rest = -1] = out;
  expect(rest).toBeGreaterThanOrEqual(0);
  expect(rest).toBeLessThan(1e12);
  return BigInt(whole) * PICO + BigInt(rest);
}

/** The atoms that a function returns, or the word that they are too many. */
function atomsOf(read: typeof atomsFromSharesUp, whole: number, rest: number, scaled: bigint): bigint | 'refused' {
  try {
    return BigInt(read(whole, rest, createIndexLimbs(scaled)));
  } catch (error) {
    expect(error).toBeInstanceOf(AssertionError);
    return 'refused';
  }
}

describe('the hot form of an index', () => {
  it('gives the index back', () => {
    fc.assert(
      fc.property(index, index, (first, second) => {
        const limbs = createIndexLimbs(first);
        expect(indexOfLimbs(limbs)).toBe(first);
        refreshIndexLimbs(limbs, second);
        expect(indexOfLimbs(limbs)).toBe(second);
      }),
      { numRuns: 200, seed: 20_002 },
    );
  });

  it('is refused out of range', () => {
    expect(() => createIndexLimbs(INDEX_SCALED_MIN - 1n)).toThrow(AssertionError);
    expect(() => createIndexLimbs(INDEX_SCALED_MAX + 1n)).toThrow(AssertionError);
    expect(() => refreshIndexLimbs(new Float64Array(4), ONE)).toThrow(AssertionError);
  });
});

describe('the value of shares', () => {
  it('agrees with a bigint reference, rounded down', () => {
    fc.assert(
      fc.property(amount, pico, index, (whole, rest, scaled) => {
        const exact = ((BigInt(whole) * PICO + BigInt(rest)) * scaled) / UNIT;
        expect(atomsOf(atomsFromSharesDown, whole, rest, scaled)).toBe(exact < LIMIT ? exact : 'refused');
      }),
      RUNS,
    );
  });

  it('agrees with a bigint reference, rounded up', () => {
    fc.assert(
      fc.property(amount, pico, index, (whole, rest, scaled) => {
        const exact = ceilDiv((BigInt(whole) * PICO + BigInt(rest)) * scaled, UNIT);
        expect(atomsOf(atomsFromSharesUp, whole, rest, scaled)).toBe(exact < LIMIT ? exact : 'refused');
      }),
      RUNS,
    );
  });

  it('agrees with a bigint reference at and around whole values', () => {
    fc.assert(
      fc.property(short, index, fc.integer({ min: -3, max: 3 }), (atoms, scaled, step) => {
        const shares = ceilDiv(BigInt(atoms) * UNIT, scaled) + BigInt(step);
        fc.pre(shares >= 0n && shares / PICO < LIMIT);
        const [whole, rest] = [Number(shares / PICO), Number(shares % PICO)];
        expect(atomsOf(atomsFromSharesDown, whole, rest, scaled)).toBe((shares * scaled) / UNIT);
        expect(atomsOf(atomsFromSharesUp, whole, rest, scaled)).toBe(ceilDiv(shares * scaled, UNIT));
      }),
      RUNS,
    );
  });

  it('has known values', () => {
    const one = createIndexLimbs(ONE);
    expect(atomsFromSharesDown(10, 999_999_999_999, one)).toBe(10);
    expect(atomsFromSharesUp(10, 1, one)).toBe(11);
    expect(atomsFromSharesUp(SAFE_MAX, 0, one)).toBe(SAFE_MAX);
    expect(() => atomsFromSharesUp(SAFE_MAX, 1, one)).toThrow(AssertionError);
  });

  it('refuses shares that are no shares', () => {
    const one = createIndexLimbs(ONE);
    const wrong: readonly (readonly [number, number])[] = [
      [-1, 0],
      [0.5, 0],
      [2 ** 53, 0],
      [0, -1],
      [0, 1e12],
      [0, 0.5],
      [Number.NaN, 0],
    ];
    for (const [whole, rest] of wrong) expect(() => atomsFromSharesDown(whole, rest, one)).toThrow(AssertionError);
  });
});

describe('the shares of atoms', () => {
  it('agree with a bigint reference, rounded up', () => {
    fc.assert(
      fc.property(amount, index, (atoms, scaled) => {
        const exact = ceilDiv(BigInt(atoms) * UNIT, scaled);
        expect(picoSharesOf(sharesFromAtomsUp, atoms, scaled)).toBe(exact < LIMIT * PICO ? exact : 'refused');
      }),
      RUNS,
    );
  });

  it('agree with a bigint reference, rounded down', () => {
    fc.assert(
      fc.property(amount, index, (atoms, scaled) => {
        const exact = (BigInt(atoms) * UNIT) / scaled;
        expect(picoSharesOf(sharesFromAtomsDown, atoms, scaled)).toBe(exact < LIMIT * PICO ? exact : 'refused');
      }),
      RUNS,
    );
  });

  it('agree with a bigint reference for amounts below the bound of the short way', () => {
    fc.assert(
      fc.property(short, fc.oneof(fc.constant(ONE), fc.bigInt({ min: ONE, max: INDEX_SCALED_MAX })), (atoms, scaled) => {
        expect(picoSharesOf(sharesFromAtomsUp, atoms, scaled)).toBe(ceilDiv(BigInt(atoms) * UNIT, scaled));
        expect(picoSharesOf(sharesFromAtomsDown, atoms, scaled)).toBe((BigInt(atoms) * UNIT) / scaled);
      }),
      RUNS,
    );
  });

  it('agree with a bigint reference where they are whole or all but whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8_999 }),
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: -1, max: 1 }),
        (times, units, step) => {
          const scaled = BigInt(times) * ONE;
          const atoms = times * units + step;
          fc.pre(atoms > 0);
          expect(picoSharesOf(sharesFromAtomsUp, atoms, scaled)).toBe(ceilDiv(BigInt(atoms) * UNIT, scaled));
          expect(picoSharesOf(sharesFromAtomsDown, atoms, scaled)).toBe((BigInt(atoms) * UNIT) / scaled);
        },
      ),
      RUNS,
    );
  });

  it('are redeemed in the same second for exactly what was lent', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: ONE, max: INDEX_SCALED_MAX }), (atoms, scaled) => {
        const out = new Float64Array(2);
        const limbs = createIndexLimbs(scaled);
        sharesFromAtomsUp(asAtoms(atoms), limbs, out);
        expect(atomsFromSharesDown(out[0] ?? -1, out[1] ?? -1, limbs)).toBe(atoms);
      }),
      RUNS,
    );
  });

  it('are repaid in the same second with exactly what was borrowed', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: ONE, max: INDEX_SCALED_MAX }), (atoms, scaled) => {
        const out = new Float64Array(2);
        const limbs = createIndexLimbs(scaled);
        sharesFromAtomsDown(asAtoms(atoms), limbs, out);
        expect(atomsFromSharesUp(out[0] ?? -1, out[1] ?? -1, limbs)).toBe(atoms);
      }),
      RUNS,
    );
  });

  it('have known values', () => {
    expect(picoSharesOf(sharesFromAtomsUp, 1, 3n * ONE)).toBe(333_333_333_334n);
    expect(picoSharesOf(sharesFromAtomsDown, 1, 3n * ONE)).toBe(333_333_333_333n);
    expect(picoSharesOf(sharesFromAtomsUp, 3, 3n * ONE)).toBe(PICO);
    expect(picoSharesOf(sharesFromAtomsDown, 3, 3n * ONE)).toBe(PICO);
    expect(picoSharesOf(sharesFromAtomsUp, SAFE_MAX, ONE)).toBe((LIMIT - 1n) * PICO);
    expect(picoSharesOf(sharesFromAtomsDown, SAFE_MAX, ONE - 1_000_000n)).toBe('refused');
  });

  it('refuse atoms that are no atoms', () => {
    const limbs = createIndexLimbs(ONE);
    for (const wrong of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(() => sharesFromAtomsUp(asAtoms(wrong), limbs, new Float64Array(2))).toThrow(AssertionError);
    }
    expect(() => sharesFromAtomsUp(asAtoms(1), limbs, new Float64Array(1))).toThrow(AssertionError);
  });
});
