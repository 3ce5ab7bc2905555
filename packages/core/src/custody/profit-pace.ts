/**
 * Fresh profit leaves at a bounded pace: what was won while a mark lagged may turn out to be nobody's.
 *
 * An account's P&L of a market is fresh for the clock hour it was booked in and the next. Positive, it may leave only up
 * to a venue-wide amount per market and hour (a fraction of its open-interest limit), of which one user gets at most a
 * share. Fresh profit is what leaves last: while the equity left behind covers all of it, other money left.
 * What left is taken off the counters, so that it is neither locked nor let out twice.
 *
 * Losses to a colluder do not get around it: they are the colluder's fresh profit in that market, whether perpetual or
 * spot (spot fills are measured against the market's mark), under the colluder's share and the same venue-wide amount.
 */
import { MarketType } from '@mochila/protocol';
import { assert, MICROS_PER_HOUR } from '@mochila/units';
import { accountOfUser } from '../identity/users.ts';
import { accountPositionHead, accountUser } from '../ledger/accounts.ts';
import type { Market } from '../markets.ts';
import { findPosition, lastMarkTicks } from '../risk/position-rows.ts';
import {
  nextPosition,
  positionAccount,
  positionMarket,
  positionProfitAtoms,
  positionProfitBeforeAtoms,
  positionProfitHour,
  positionProfitLeftAtoms,
  positionSizeLots,
  setPositionProfitAtoms,
  setPositionProfitBeforeAtoms,
  setPositionProfitHour,
  setPositionProfitLeftAtoms,
} from '../risk/positions.ts';
import type { State } from '../state.ts';

/** Most a counter counts, 2^51 atoms (two billion USDC in an hour): sums of it with an unsettled part stay exact. */
const COUNTED_ATOMS_MAX = 2_251_799_813_685_248;

/** Clock hour of the running command. */
function hourNow(state: State): number {
  return Math.floor(state.timeMicros / MICROS_PER_HOUR);
}

/** Moves a row's counters to the running hour: the last hour becomes the one before, older ones fall out. */
function rollRow(state: State, row: number): void {
  const { positions } = state;
  const hour = hourNow(state);
  const counted = positionProfitHour(positions, row);
  if (counted === hour) return;
  setPositionProfitBeforeAtoms(positions, row, counted === hour - 1 ? positionProfitAtoms(positions, row) : 0);
  setPositionProfitAtoms(positions, row, 0);
  setPositionProfitLeftAtoms(positions, row, 0);
  setPositionProfitHour(positions, row, hour);
}

/**
 * Counts P&L of an account in a market: settlement, fills against the last mark (spot: against the mark), funding. Hot.
 *
 * @param row - RowIx in positions.
 * @param atoms - quote atoms, a loss negative.
 */
export function recordProfit(state: State, row: number, atoms: number): void {
  rollRow(state, row);
  const sum = positionProfitAtoms(state.positions, row) + atoms;
  // Two colluders may pass the same money around in two markets all hour long: the counter stops, the venue does not.
  setPositionProfitAtoms(state.positions, row, Math.max(-COUNTED_ATOMS_MAX, Math.min(sum, COUNTED_ATOMS_MAX)));
}

/**
 * Counts what one side of a spot fill gained against the market's mark: a bad price paid on purpose is the other side's fresh
 * profit. Nothing is counted before the first mark. Hot.
 *
 * @param row - RowIx in positions of the side's account and the market.
 * @param signedLots - Lots bought, sold negative.
 * @param notionalAtoms - quote Atoms paid for them, fee left aside.
 */
export function recordSpotFill(state: State, row: number, signedLots: number, notionalAtoms: number): void {
  const { price, k } = state.markets[positionMarket(state.positions, row)]!;
  if (price.markTicks === 0) return;
  const worth = Math.abs(signedLots) * price.markTicks * k;
  recordProfit(state, row, signedLots > 0 ? worth - notionalAtoms : notionalAtoms - worth);
}

/** Fresh profit of a position row in USDC atoms, the unsettled part included; 0 when it is a loss. Writes nothing. */
export function freshProfit(state: State, row: number): number {
  const { positions } = state;
  const market = state.markets[positionMarket(positions, row)]!;
  const counted = positionProfitHour(positions, row);
  const hour = hourNow(state);
  let atoms = 0;
  if (counted === hour) atoms = positionProfitAtoms(positions, row) + positionProfitBeforeAtoms(positions, row);
  else if (counted === hour - 1) atoms = positionProfitAtoms(positions, row);
  atoms += unsettledAtoms(state, market, row);
  return atoms > 0 ? usdcFromQuote(state, market, atoms) : 0;
}

function unsettledAtoms(state: State, market: Market, row: number): number {
  if (market.type === MarketType.SPOT) return 0;
  const size = positionSizeLots(state.positions, row);
  if (size === 0) return 0;
  return size * (market.price.markTicks - lastMarkTicks(state, positionAccount(state.positions, row), market.ix)) * market.k;
}

function usdcFromQuote(state: State, market: Market, atoms: number): number {
  if (market.quote === state.usdc) return atoms;
  const quote = state.assets[market.quote]!;
  return Math.ceil((atoms / quote.unitAtoms) * quote.price.mark * state.assets[state.usdc]!.unitAtoms);
}

/**
 * USDC atoms of profit that may leave a market in an hour, venue-wide. A spot market takes the limit of the perpetual on
 * the same asset, else the position limit of one account.
 */
export function profitCapAtoms(state: State, market: Market): number {
  const perp =
    market.listing.perp ?? state.markets.find((other) => other.base === market.base && other.listing.perp !== null)?.listing.perp;
  const limitUsd = perp?.openInterestLimitUsd ?? state.genesis.account.positionLimitUsd;
  return Math.floor(limitUsd * state.genesis.withdrawableProfitFraction * state.assets[state.usdc]!.unitAtoms);
}

/** USDC atoms of a market's fresh profit that a user may still take out in the running hour. */
export function profitAllowance(state: State, market: Market, user: number): number {
  const cap = profitCapAtoms(state, market);
  const { profitHour, profitLeftAtoms } = state.withdrawals;
  const left = profitHour[market.ix] === hourNow(state) ? profitLeftAtoms[market.ix]! : 0;
  const share = Math.floor(cap * state.genesis.withdrawableProfitUserShare);
  return Math.max(0, Math.min(cap - left, share - userLeft(state, market.ix, user)));
}

function userLeft(state: State, market: number, user: number): number {
  const { positions, identity } = state;
  const hour = hourNow(state);
  let left = 0;
  for (let sub = 0; sub < identity.users.accountCount[user]!; sub += 1) {
    const row = findPosition(state, accountOfUser(identity.users, user, sub), market);
    if (row >= 0 && positionProfitHour(positions, row) === hour) left += positionProfitLeftAtoms(positions, row);
  }
  return left;
}

/** USDC atoms of fresh profit an account has in all markets. */
export function freshProfitOf(state: State, account: number): number {
  const { positions } = state;
  let sum = 0;
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) sum += freshProfit(state, row);
  return sum;
}

/** USDC atoms of fresh profit that may leave the account now, behind its other money. */
export function profitAllowed(state: State, account: number): number {
  const { positions, accounts, markets } = state;
  let allowed = 0;
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const fresh = freshProfit(state, row);
    if (fresh > 0)
      allowed += Math.min(fresh, profitAllowance(state, markets[positionMarket(positions, row)]!, accountUser(accounts, account)));
  }
  return allowed;
}

/** USDC atoms of fresh profit that may not leave the account now. */
export function profitStillLocked(state: State, account: number): number {
  return freshProfitOf(state, account) - profitAllowed(state, account);
}

/** When more of it may leave: the start of the next clock hour in UnixMicros; 0 when nothing is locked. */
export function profitLimitedUntil(state: State, account: number): number {
  return profitStillLocked(state, account) === 0 ? 0 : (hourNow(state) + 1) * MICROS_PER_HOUR;
}

/**
 * Counts fresh profit that has just left an account, market by market.
 *
 * @param leftAtoms - USDC atoms, at most {@link profitAllowed}.
 */
export function countProfitLeft(state: State, account: number, leftAtoms: number): void {
  const { positions, accounts } = state;
  let rest = leftAtoms;
  for (let row = accountPositionHead(accounts, account); row >= 0 && rest > 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    const taken = Math.min(rest, freshProfit(state, row), profitAllowance(state, market, accountUser(accounts, account)));
    if (taken > 0) countMarketLeft(state, row, market, taken);
    rest -= Math.max(0, taken);
  }
  assert(rest === 0, 'INV-09: fresh profit that left was allowed to');
}

function countMarketLeft(state: State, row: number, market: Market, usdcAtoms: number): void {
  const { positions, withdrawals } = state;
  const hour = hourNow(state);
  rollRow(state, row);
  setPositionProfitLeftAtoms(positions, row, positionProfitLeftAtoms(positions, row) + usdcAtoms);
  const quoteAtoms = quoteFromUsdc(state, market, usdcAtoms);
  const fromBefore = Math.min(quoteAtoms, Math.max(0, positionProfitBeforeAtoms(positions, row)));
  setPositionProfitBeforeAtoms(positions, row, positionProfitBeforeAtoms(positions, row) - fromBefore);
  setPositionProfitAtoms(positions, row, positionProfitAtoms(positions, row) - (quoteAtoms - fromBefore));
  const before = withdrawals.profitHour[market.ix] === hour ? withdrawals.profitLeftAtoms[market.ix]! : 0;
  withdrawals.profitHour[market.ix] = hour;
  withdrawals.profitLeftAtoms[market.ix] = before + usdcAtoms;
}

function quoteFromUsdc(state: State, market: Market, usdcAtoms: number): number {
  if (market.quote === state.usdc) return usdcAtoms;
  const quote = state.assets[market.quote]!;
  return Math.floor((usdcAtoms / state.assets[state.usdc]!.unitAtoms / quote.price.mark) * quote.unitAtoms);
}
