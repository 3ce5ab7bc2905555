import { assert } from './assert.ts';
import { type DecimalReason, formatDecimal, type Parsed, parseDecimal } from './decimal.ts';
import { type Atoms, asAtoms, asLots, asTicks, type Lots, type Ticks } from './quantities.ts';
import { assertSafe } from './safe.ts';

/** The tick size of a market: `tickAtoms` units of 10^-priceDecimals of the quote asset. 0.05 is (5, 2). */
export interface PriceScale {
  readonly tickAtoms: number;
  readonly priceDecimals: number;
}

/** The lot size of a market: `lotAtoms` atoms of a base asset that has `baseDecimals` decimals. 0.001 BTC is (100000, 8). */
export interface QuantityScale {
  readonly lotAtoms: number;
  readonly baseDecimals: number;
}

/** Why a text was refused as a price, a quantity or an amount. */
export type MarketTextReason = DecimalReason | 'negative' | 'notMultiple';

/**
 * Reads a price. Zero is accepted: whether it is allowed is for the order check.
 *
 * @returns ticks, or `notMultiple` when the price is between two ticks and `tooPrecise` when it is finer than 10^-priceDecimals
 * @example parsePrice('145.05', { tickAtoms: 5, priceDecimals: 2 }) // { ok: true, value: 2901 }
 */
export function parsePrice(text: string, scale: PriceScale): Parsed<Ticks, MarketTextReason> {
  const parsed = parseMultiple(text, scale.tickAtoms, scale.priceDecimals);
  return parsed.ok ? { ok: true, value: asTicks(parsed.value) } : parsed;
}

/**
 * Reads a quantity of the base asset. Zero is accepted: whether it is allowed is for the order check.
 *
 * @returns lots, or `notMultiple` when the quantity is between two lots and `tooPrecise` when it is finer than an atom
 * @example parseQuantity('0.002', { lotAtoms: 100000, baseDecimals: 8 }) // { ok: true, value: 2 }
 */
export function parseQuantity(text: string, scale: QuantityScale): Parsed<Lots, MarketTextReason> {
  const parsed = parseMultiple(text, scale.lotAtoms, scale.baseDecimals);
  return parsed.ok ? { ok: true, value: asLots(parsed.value) } : parsed;
}

/**
 * Reads an amount of an asset.
 *
 * @returns atoms, 0 or more
 * @example parseAmount('54.375', 6) // { ok: true, value: 54375000 }
 */
export function parseAmount(text: string, decimals: number): Parsed<Atoms, MarketTextReason> {
  const parsed = parseMultiple(text, 1, decimals);
  return parsed.ok ? { ok: true, value: asAtoms(parsed.value) } : parsed;
}

/**
 * Writes a price, or a difference of prices, with the fewest digits that are exact.
 *
 * @example formatPrice(ticks(2901), { tickAtoms: 5, priceDecimals: 2 }) // '145.05'
 */
export function formatPrice(price: Ticks, scale: PriceScale): string {
  return formatDecimal(assertSafe(price * scale.tickAtoms), scale.priceDecimals);
}

/**
 * Writes a quantity or a position with the fewest digits that are exact.
 *
 * @example formatQuantity(lots(2), { lotAtoms: 100000, baseDecimals: 8 }) // '0.002'
 */
export function formatQuantity(quantity: Lots, scale: QuantityScale): string {
  return formatDecimal(assertSafe(quantity * scale.lotAtoms), scale.baseDecimals);
}

/**
 * Writes an amount with the fewest digits that are exact.
 *
 * @example formatAmount(atoms(54375000), 6) // '54.375'
 */
export function formatAmount(amount: Atoms, decimals: number): string {
  return formatDecimal(amount, decimals);
}

function parseMultiple(text: string, size: number, decimals: number): Parsed<number, MarketTextReason> {
  assert(Number.isSafeInteger(size) && size > 0, 'a tick or lot size is a positive integer');
  const parsed = parseDecimal(text, decimals);
  if (!parsed.ok) return parsed;
  if (parsed.value < 0) return { ok: false, reason: 'negative' };
  const count = Math.floor(parsed.value / size);
  if (count * size !== parsed.value) return { ok: false, reason: 'notMultiple' };
  return { ok: true, value: count };
}
