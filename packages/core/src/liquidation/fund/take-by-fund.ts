/** Stage 3: the fund takes over what providers did not, within its limit (liquidation rules 2). */
import { LiquidationStage, MarketType } from '@mochila/protocol';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import type { Market } from '../../markets.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { findPosition } from '../../risk/position-rows.ts';
import { positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import type { Desk, Seat } from '../desk.ts';
import { netAsIfSettled } from '../exposed-parts.ts';
import { type TakingEnd, takeOver } from '../taking.ts';

const fund: Desk = { stage: LiquidationStage.Fund, seats, took: null };
const health = createHealth();

/** Lets the fund take from an account. @returns as {@link takeOver}. */
export function takeByFund(state: State, account: number): TakingEnd {
  return takeOver(state, account, fund);
}

function seats(state: State, market: Market, isBuying: boolean, exceptAccount: number): Seat[] {
  if (exceptAccount === FUND_ACCOUNT) return [];
  const roomAtoms = fundRoom(state, market, isBuying);
  return roomAtoms > 0 ? [{ account: FUND_ACCOUNT, posting: -1, roomAtoms }] : [];
}

/**
 * USDC atoms of notional the fund may add on one side of a market: up to its share of the fund's equity, what it has
 * there already counted, at the larger of mark and index.
 */
export function fundRoom(state: State, market: Market, isBuying: boolean): number {
  const limit = fundLimit(state);
  const held = fundExposure(state, market);
  return Math.max(0, Math.floor(limit - (isBuying ? held : -held)));
}

/** USDC atoms of notional the fund holds at most in one market: a share of its net equity at the mark. */
export function fundLimit(state: State): number {
  computeHealth(state, FUND_ACCOUNT, HealthMode.Maintenance, null, health);
  return Math.max(0, health.netEquity * state.genesis.liquidation.fundMarketShare * state.assets[state.usdc]!.unitAtoms);
}

/** USDC atoms of the fund's position in a market (a spot market: of its base), signed. */
export function fundExposure(state: State, market: Market): number {
  const { price, index } = { price: market.price.markTicks, index: state.assets[market.base]!.price.index };
  if (market.type === MarketType.PERP) {
    const row = findPosition(state, FUND_ACCOUNT, market.ix);
    const ticks = Math.max(price, index / market.tickSize);
    return row < 0 ? 0 : positionSizeLots(state.positions, row) * ticks * market.k;
  }
  const base = state.assets[market.base]!;
  const usd = (netAsIfSettled(state, FUND_ACCOUNT, market.base) / base.unitAtoms) * Math.max(base.price.mark, index);
  return usd * state.assets[state.usdc]!.unitAtoms;
}
