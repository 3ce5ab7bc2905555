/** The price at which stages 2 and 3 take a position: the worse for its account of mark and index (liquidation rules 2). */
import { takingTicks as ticksOfTaking } from '@mochila/math';
import { PriceGrade } from '@mochila/protocol';
import { accountHoldingHead, accountPositionHead } from '../ledger/accounts.ts';
import { netAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import type { Market } from '../markets.ts';
import { marketIndex } from '../pricing/market-index.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth } from '../risk/health.ts';
import { nextPosition, positionMarket, positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';

/** Whole ticks, the index rounded against the account: down for a long position, up for a short one. At least 1. */
export function takingTicks(state: State, market: Market, isLong: boolean): number {
  return ticksOfTaking(market.price.markTicks, marketIndex(state, market), market.tickSize, isLong);
}

const health = createHealth();

/** USD: real equity of an account with every position, and what pays its debts, at its taking price. Neither providers nor fund take below zero. */
export function realEquityAtTaking(state: State, account: number): number {
  const { positions } = state;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  let equity = health.realEquity;
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const size = positionSizeLots(positions, row);
    const market = state.markets[positionMarket(positions, row)]!;
    if (size === 0 || market.price.grade === PriceGrade.Stale) continue;
    const ticks = Math.abs(takingTicks(state, market, size > 0) - market.price.markTicks);
    equity -= Math.abs(size) * market.lotSize * ticks * market.tickSize;
  }
  return health.borrowLiability > 0 ? equity - lostByExchange(state, account) : equity;
}

/** USD by which assets at the lower, and debts at the higher, of mark and index are worth less than at the mark. */
function lostByExchange(state: State, account: number): number {
  const { holdings } = state;
  let lost = 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = state.assets[holdingAsset(holdings, row)]!;
    const { mark, index, grade } = asset.price;
    if (index <= 0 || grade === PriceGrade.Stale) continue;
    const units = netAtomsOf(state, row) / asset.unitAtoms;
    lost += units > 0 ? units * Math.max(0, mark - index) : units * Math.min(0, mark - index);
  }
  return lost;
}
