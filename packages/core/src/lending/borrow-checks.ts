/**
 * What may be borrowed from a pool, or leave it as cash, by free choice (lending rules 3). Settlement, funding, fees and
 * liquidation do not ask here. All read the pool as it stands within the running frame, so what came in earlier counts.
 */
import { PoolState, PriceGrade, type Reject, rejects } from '@mochila/protocol';
import { parseDecimal } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { accountHoldingHead, accountNoteHead } from '../ledger/accounts.ts';
import { debtAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import { checkNoNote } from '../liquidation/notes/check-note.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';
import type { Pool } from './pool.ts';
import { borrowedTotalOf, lentTotalOf } from './pool-totals.ts';
import { throttleBoundOf } from './throttle.ts';
import { borrowableOf, spareOf } from './utilization.ts';

/** Borrows in total may reach this part of what is lent on any day, */
const DAILY_LENT_FRACTION = 1 / 3;
/** or this multiple of their one-day average. */
const DAILY_GROWTH = 1.2;

/**
 * Tells why an account may not borrow, margin left aside.
 *
 * @param atoms - at least 1.
 * @returns notBorrowable, debtNoteStands, poolClosed, poolRepayOnly, priceNotGood, maxUtilization, dailyBorrowGuard, borrowLimit, or null.
 */
export function checkBorrow(state: State, account: number, asset: number, atoms: number): Reject | null {
  const entry = state.assets[asset]!;
  const { pool } = entry;
  if (pool === null) return reject(state, rejects.notBorrowable);
  const noted = checkNoNote(state, account);
  if (noted !== null) return noted;
  if (pool.poolState === PoolState.Closed) return reject(state, rejects.poolClosed);
  if (pool.poolState === PoolState.RepayOnly) return reject(state, rejects.poolRepayOnly);
  if (entry.price.grade !== PriceGrade.Good) return reject(state, rejects.priceNotGood);
  const supply = utilizationRoom(entry, pool);
  if (atoms > supply) return reject(state, rejects.maxUtilization, atoms, supply);
  const today = dailyBorrowRoom(pool);
  if (atoms > today) return reject(state, rejects.dailyBorrowGuard, atoms, today);
  const limitUsd = state.genesis.account.borrowLimitUsd;
  const usd = borrowsUsdOf(state, account) + (atoms / entry.unitAtoms) * entry.price.mark;
  return usd > limitUsd ? reject(state, rejects.borrowLimit, Math.ceil(usd), limitUsd) : null;
}

/** Atoms an account may borrow before a limit of the pool or its own stops it, margin left aside. */
export function borrowRoom(state: State, account: number, asset: number): number {
  const entry = state.assets[asset]!;
  const { pool } = entry;
  if (
    pool === null ||
    accountNoteHead(state.accounts, account) >= 0 ||
    pool.poolState !== PoolState.Open ||
    entry.price.grade !== PriceGrade.Good
  )
    return 0;
  const usd = state.genesis.account.borrowLimitUsd - borrowsUsdOf(state, account);
  const own = Math.max(0, Math.floor((usd / entry.price.mark) * entry.unitAtoms));
  return Math.min(utilizationRoom(entry, pool), dailyBorrowRoom(pool), own);
}

/** Tells why lent atoms may not leave the pool as cash: maxUtilization with the atoms that may, or null. */
export function checkRedeemCash(state: State, asset: number, atoms: number): Reject | null {
  const room = redeemRoom(state, asset);
  return atoms > room ? reject(state, rejects.maxUtilization, atoms, room) : null;
}

/** Atoms that may leave the pool as cash now by free choice. */
export function redeemRoom(state: State, asset: number): number {
  const entry = state.assets[asset]!;
  const { pool } = entry;
  if (pool === null) return 0;
  const bound = throttleBoundOf(pool);
  // A redeem of r leaves borrowed / (lent - r).
  const throttled = Math.floor(lentTotalOf(pool) - borrowedTotalOf(pool) / bound);
  return Math.max(0, Math.min(throttled, spareOf(entry, pool)));
}

/** Tells why a lend by hand may not enter the pool: notBorrowable, poolClosed, poolRepayOnly, openBorrowLendLimit, or null. */
export function checkLend(state: State, asset: number, atoms: number): Reject | null {
  const entry = state.assets[asset]!;
  const { pool } = entry;
  if (pool === null) return reject(state, rejects.notBorrowable);
  if (pool.poolState === PoolState.Closed) return reject(state, rejects.poolClosed);
  if (pool.poolState === PoolState.RepayOnly) return reject(state, rejects.poolRepayOnly);
  return checkPoolLimit(state, entry, pool, lentTotalOf(pool) + atoms);
}

/** Tells whether a borrow by hand would grow the pool beyond its limit: openBorrowLendLimit or null. */
export function checkBorrowGrowth(state: State, asset: number, atoms: number): Reject | null {
  const entry = state.assets[asset]!;
  return entry.pool === null ? null : checkPoolLimit(state, entry, entry.pool, borrowedTotalOf(entry.pool) + atoms);
}

/** Borrows of an account in USD at the mark. */
export function borrowsUsdOf(state: State, account: number): number {
  const { holdings } = state;
  let usd = 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const { unitAtoms, price } = state.assets[holdingAsset(holdings, row)]!;
    usd += (debtAtomsOf(state, row) / unitAtoms) * price.mark;
  }
  return usd;
}

function checkPoolLimit(state: State, asset: Asset, pool: Pool, totalAtoms: number): Reject | null {
  const parsed = parseDecimal(pool.listing.openBorrowLendLimit, asset.listing.decimals);
  // A limit too large for the ledger's numbers limits nothing.
  if (!parsed.ok || totalAtoms <= parsed.value) return null;
  return reject(state, rejects.openBorrowLendLimit, totalAtoms, parsed.value);
}

/** A borrow of b makes (borrowed + b) / lent, at most the throttle's bound. */
function utilizationRoom(asset: Asset, pool: Pool): number {
  const throttled = Math.floor(throttleBoundOf(pool) * lentTotalOf(pool)) - borrowedTotalOf(pool);
  return Math.max(0, Math.min(throttled, borrowableOf(asset, pool)));
}

function dailyBorrowRoom(pool: Pool): number {
  const most = Math.max(lentTotalOf(pool) * DAILY_LENT_FRACTION, DAILY_GROWTH * pool.averageBorrowed);
  return Math.max(0, Math.floor(most - borrowedTotalOf(pool)));
}
