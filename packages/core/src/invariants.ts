/**
 * The invariants of accounts.md 7 over the whole state, from the rows up; `docs/invariants.md` lists them and where each
 * is asserted on the way. For tests, simulation and the audit query; linear in everything.
 */
import { liquidationEnd } from '@mochila/math';
import { assertBook } from './book/book.ts';
import { OrderFlag } from './book/order-flags.ts';
import { auditLedger } from './ledger/audit.ts';
import { payAssetOf } from './matching/open-orders.ts';
import { computeHealth, HealthMode } from './risk/compute-health.ts';
import { createHealth } from './risk/health.ts';
import type { State } from './state.ts';

/** @returns one sentence for each broken rule, beginning with its number; empty when all hold. */
export function auditState(state: State): string[] {
  const held = holdsByHolding(state);
  const broken = auditLedger(state, (row) => held[row]!);
  for (const market of state.markets) {
    auditSizes(state, market.ix, broken);
    assertBook(market.book, state.orders);
  }
  auditRows(state, broken);
  auditHealths(state, broken);
  return broken;
}

/** INV-05: what the open spot orders of each holding hold together. */
function holdsByHolding(state: State): Float64Array {
  const { orders, holdings, accounts } = state;
  const held = new Float64Array(holdings.used);
  for (let slot = 0; slot < orders.used; slot += 1) {
    if (orders.account[slot]! < 0 || orders.holdAtoms[slot] === 0) continue;
    const asset = payAssetOf(state.markets[orders.market[slot]!]!, orders.side[slot]!);
    let row = accounts.holdingHead[orders.account[slot]!]!;
    while (row >= 0 && holdings.asset[row] !== asset) row = holdings.next[row]!;
    if (row >= 0) held[row]! += orders.holdAtoms[slot]!;
  }
  return held;
}

/** INV-03: sizes over a market sum to zero, and the open interest is the sum of the long ones. */
function auditSizes(state: State, market: number, broken: string[]): void {
  const { positions } = state;
  let sum = 0;
  let long = 0;
  for (let row = 0; row < positions.used; row += 1) {
    if (positions.market[row] !== market) continue;
    sum += positions.sizeLots[row]!;
    long += Math.max(0, positions.sizeLots[row]!);
  }
  const { symbol, openInterestLots } = state.markets[market]!;
  if (sum !== 0) broken.push(`INV-03: sizes of ${symbol} sum to ${sum}`);
  if (long !== openInterestLots) broken.push(`INV-03: open interest of ${symbol} is ${openInterestLots}, its longs ${long}`);
}

/** Position rows agree with the orders that point to them. */
function auditRows(state: State, broken: string[]): void {
  const { positions, orders } = state;
  for (let row = 0; row < positions.used; row += 1) {
    let bids = 0;
    let asks = 0;
    let count = 0;
    for (let slot = positions.orderHead[row]!; slot >= 0; slot = orders.accountNext[slot]!) {
      count += 1;
      if (orders.isResting[slot] === 0 || (orders.flags[slot]! & OrderFlag.ReduceOnly) !== 0) continue;
      if (orders.side[slot] === 0) bids += orders.lots[slot]!;
      else asks += orders.lots[slot]!;
    }
    if (count !== positions.orderCount[row]) broken.push(`row ${row} counts ${positions.orderCount[row]} orders, its list ${count}`);
    if (bids !== positions.openBidLots[row] || asks !== positions.openAskLots[row]) broken.push(`row ${row} open lots differ from its orders`);
  }
}

/** INV-08: initial <= end <= maintenance health, for every account, but for the last bit of a double. */
function auditHealths(state: State, broken: string[]): void {
  const health = createHealth();
  for (let account = 0; account < state.accounts.used; account += 1) {
    computeHealth(state, account, HealthMode.Maintenance, null, health);
    const end = liquidationEnd(health.maintenanceMargin);
    if (health.initialMargin < end * (1 - 1e-12)) broken.push(`INV-08: account ${account} initial ${health.initialMargin} below end ${end}`);
  }
}
