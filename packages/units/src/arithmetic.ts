import { type Atoms, asAtoms, asLots, asTicks, type Lots, type Ticks } from './quantities.ts';
import { assertSafe } from './safe.ts';

/**
 * Adds two amounts.
 *
 * @throws AssertionError when the sum is 2^53 or more in magnitude
 * @example addAtoms(atoms(2), atoms(3)) // 5
 */
export function addAtoms(a: Atoms, b: Atoms): Atoms {
  return asAtoms(assertSafe(a + b));
}

/**
 * Subtracts the second amount from the first; the result is signed.
 *
 * @throws AssertionError when the difference is 2^53 or more in magnitude
 * @example subAtoms(atoms(2), atoms(3)) // -1
 */
export function subAtoms(a: Atoms, b: Atoms): Atoms {
  return asAtoms(assertSafe(a - b));
}

/** Turns the sign of an amount around. */
export function negAtoms(a: Atoms): Atoms {
  return asAtoms(0 - a);
}

/** Returns the smaller of two amounts. */
export function minAtoms(a: Atoms, b: Atoms): Atoms {
  return a < b ? a : b;
}

/** Returns the larger of two amounts. */
export function maxAtoms(a: Atoms, b: Atoms): Atoms {
  return a > b ? a : b;
}

/**
 * Adds two quantities.
 *
 * @throws AssertionError when the sum is 2^53 or more in magnitude
 * @example addLots(lots(2), lots(3)) // 5
 */
export function addLots(a: Lots, b: Lots): Lots {
  return asLots(assertSafe(a + b));
}

/**
 * Subtracts the second quantity from the first; the result is signed.
 *
 * @throws AssertionError when the difference is 2^53 or more in magnitude
 * @example subLots(lots(2), lots(3)) // -1
 */
export function subLots(a: Lots, b: Lots): Lots {
  return asLots(assertSafe(a - b));
}

/** Turns the sign of a quantity around. */
export function negLots(a: Lots): Lots {
  return asLots(0 - a);
}

/** Returns the size of a position without its side. */
export function absLots(a: Lots): Lots {
  return asLots(a < 0 ? -a : a);
}

/** Returns the smaller of two quantities. */
export function minLots(a: Lots, b: Lots): Lots {
  return a < b ? a : b;
}

/** Returns the larger of two quantities. */
export function maxLots(a: Lots, b: Lots): Lots {
  return a > b ? a : b;
}

/**
 * Adds two prices or price differences.
 *
 * @throws AssertionError when the sum is 2^53 or more in magnitude
 * @example addTicks(ticks(2), ticks(3)) // 5
 */
export function addTicks(a: Ticks, b: Ticks): Ticks {
  return asTicks(assertSafe(a + b));
}

/**
 * Subtracts the second price from the first; the result is signed.
 *
 * @throws AssertionError when the difference is 2^53 or more in magnitude
 * @example subTicks(ticks(145), ticks(150)) // -5
 */
export function subTicks(a: Ticks, b: Ticks): Ticks {
  return asTicks(assertSafe(a - b));
}

/** Returns the lower of two prices. */
export function minTicks(a: Ticks, b: Ticks): Ticks {
  return a < b ? a : b;
}

/** Returns the higher of two prices. */
export function maxTicks(a: Ticks, b: Ticks): Ticks {
  return a > b ? a : b;
}

/**
 * Values a quantity at a price, or at a difference of prices, exactly; signed like the product.
 *
 * @param price ticks
 * @param quantity lots
 * @param k quote atoms of one tick times one lot, a property of the market
 * @returns quote atoms, exact
 * @throws AssertionError when the notional is 2^53 or more in magnitude
 * @example notionalAtoms(ticks(145), lots(2000), atoms(10000)) // 2900000000
 */
export function notionalAtoms(price: Ticks, quantity: Lots, k: Atoms): Atoms {
  return asAtoms(assertSafe(price * quantity * k));
}
