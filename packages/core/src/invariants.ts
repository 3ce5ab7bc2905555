/**
 * The invariants of accounts.md 7 over the whole state, from the rows up; `docs/invariants.md` lists them and where each
 * is asserted on the way. For tests, simulation and the audit query; linear in everything.
 */
import { liquidationEnd } from '@mochila/math';
import { assertBook } from './book/book.ts';
import { OrderFlag } from './book/order-flags.ts';
import { accountHoldingHead, accountLimitOrders, accountTriggerOrders } from './ledger/accounts.ts';
import { auditLedger } from './ledger/audit.ts';
import { ownedAtomsOf } from './ledger/holding-rows.ts';
import { holdingAccount, holdingAsset, nextHolding } from './ledger/holdings.ts';
import { auditForced } from './liquidation/audit-forced.ts';
import { auditSales } from './liquidation/settlement-sales/run-sales.ts';
import { isPendingTrigger, payAssetOf } from './matching/open-orders.ts';
import { closableLots } from './matching/reduce-only.ts';
import { computeHealth, HealthMode } from './risk/compute-health.ts';
import { createHealth } from './risk/health.ts';
import {
  positionAccount,
  positionMarket,
  positionOpenAskLots,
  positionOpenBidLots,
  positionOrderCount,
  positionOrderHead,
  positionReduceOnlyCount,
  positionSizeLots,
  positionTriggerCount,
} from './risk/positions.ts';
import type { State } from './state.ts';

/** @returns one sentence for each broken rule, beginning with its number; empty when all hold. */
export function auditState(state: State): string[] {
  const held = holdsByHolding(state, false);
  const broken = auditLedger(state, (row) => held[row]!);
  auditCover(state, broken);
  for (const market of state.markets) {
    auditSizes(state, market.ix, broken);
    assertBook(market.book, state.orders);
  }
  auditRows(state, broken);
  auditHealths(state, broken);
  auditForced(state, broken);
  auditSales(state, broken);
  return broken;
}

/** INV-05: holds are covered by free + lent, but for those of orders that may borrow. */
function auditCover(state: State, broken: string[]): void {
  const covered = holdsByHolding(state, true);
  for (let row = 0; row < state.holdings.used; row += 1) {
    const owned = ownedAtomsOf(state, row);
    if (covered[row]! <= owned) continue;
    const { holdings } = state;
    broken.push(
      `INV-05: account ${holdingAccount(holdings, row)} asset ${holdingAsset(holdings, row)} holds ${covered[row]!} by orders that may not borrow, owns ${owned}`,
    );
  }
}

/** What the open spot orders of each holding hold together. @param isOwnOnly - leaves out orders that may borrow. */
function holdsByHolding(state: State, isOwnOnly: boolean): Float64Array {
  const { orders, holdings, accounts } = state;
  const held = new Float64Array(holdings.used);
  for (let slot = 0; slot < orders.used; slot += 1) {
    if (orders.account[slot]! < 0 || orders.holdAtoms[slot] === 0) continue;
    if (isOwnOnly && (orders.flags[slot]! & OrderFlag.AutoBorrow) !== 0) continue;
    const asset = payAssetOf(state.markets[orders.market[slot]!]!, orders.side[slot]!);
    let row = accountHoldingHead(accounts, orders.account[slot]!);
    while (row >= 0 && holdingAsset(holdings, row) !== asset) row = nextHolding(holdings, row);
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
    if (positionMarket(positions, row) !== market) continue;
    sum += positionSizeLots(positions, row);
    long += Math.max(0, positionSizeLots(positions, row));
  }
  const { symbol, openInterestLots } = state.markets[market]!;
  if (sum !== 0) broken.push(`INV-03: sizes of ${symbol} sum to ${sum}`);
  if (long !== openInterestLots) broken.push(`INV-03: open interest of ${symbol} is ${openInterestLots}, its longs ${long}`);
}

/** Position rows and accounts agree with the orders that point to them. */
function auditRows(state: State, broken: string[]): void {
  const { positions, orders, accounts } = state;
  const live = new Float64Array(accounts.used);
  const pending = new Float64Array(accounts.used);
  for (let row = 0; row < positions.used; row += 1) {
    const account = positionAccount(positions, row);
    const counts = countRow(state, row);
    pending[account]! += counts.triggers;
    live[account]! += counts.orders - counts.triggers;
    const says = [
      positionOrderCount(positions, row),
      positionTriggerCount(positions, row),
      positionReduceOnlyCount(positions, row),
      positionOpenBidLots(positions, row),
      positionOpenAskLots(positions, row),
    ];
    const has = [counts.orders, counts.triggers, counts.reduceOnly, counts.bids, counts.asks];
    if (says.join() !== has.join())
      broken.push(`row ${row} says ${says.join(' ')} (orders, triggers, reduce-only, bids, asks), its orders ${has.join(' ')}`);
    if (counts.excess > 0) broken.push(`row ${row} has a reduce-only order ${counts.excess} lots larger than its position`);
  }
  for (let account = 0; account < accounts.used; account += 1) {
    if (accountLimitOrders(accounts, account) !== live[account])
      broken.push(`account ${account} counts ${accountLimitOrders(accounts, account)} live orders, has ${live[account]!}`);
    if (accountTriggerOrders(accounts, account) !== pending[account])
      broken.push(`account ${account} counts ${accountTriggerOrders(accounts, account)} triggers, has ${pending[account]!}`);
  }
  if (orders.live !== live.reduce((sum, one) => sum + one, 0) + pending.reduce((sum, one) => sum + one, 0))
    broken.push(`${orders.live} orders are open, accounts have others`);
}

/** What the orders of a position row come to. */
function countRow(
  state: State,
  row: number,
): { orders: number; triggers: number; reduceOnly: number; bids: number; asks: number; excess: number } {
  const { positions, orders } = state;
  const counts = { orders: 0, triggers: 0, reduceOnly: 0, bids: 0, asks: 0, excess: 0 };
  for (let slot = positionOrderHead(positions, row); slot >= 0; slot = orders.accountNext[slot]!) {
    counts.orders += 1;
    if (isPendingTrigger(state, slot)) counts.triggers += 1;
    if (orders.isResting[slot] === 0) continue;
    const lots = orders.lots[slot]!;
    if ((orders.flags[slot]! & OrderFlag.ReduceOnly) !== 0) {
      counts.reduceOnly += 1;
      counts.excess = Math.max(counts.excess, lots - closableLots(positionSizeLots(positions, row), orders.side[slot]!));
    } else if (orders.side[slot] === 0) counts.bids += lots;
    else counts.asks += lots;
  }
  return counts;
}

/** INV-08: initial <= end <= maintenance health, for every account, but for the last bit of a double. */
function auditHealths(state: State, broken: string[]): void {
  const health = createHealth();
  for (let account = 0; account < state.accounts.used; account += 1) {
    computeHealth(state, account, HealthMode.Maintenance, null, health);
    const end = liquidationEnd(health.maintenanceMargin);
    if (health.initialMargin < end * (1 - 1e-12))
      broken.push(`INV-08: account ${account} initial ${health.initialMargin} below end ${end}`);
  }
}
