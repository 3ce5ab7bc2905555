/** The fund's balance added up from what its events say (ADR 0023), beside the balance it has. */
import { events, MarketType, Side } from '@mochila/protocol';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import { findPosition, lastMarkTicks } from '../risk/position-rows.ts';
import { positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { eventsOf } from './price-feed.ts';

/**
 * Atoms of each asset the fund owns less what it owes, and of a quote less its positions at the mark they were last settled
 * at: what has come in and gone out, the price of each perpetual fill included.
 */
export function fundWorth(state: State): number[] {
  const worth = state.assets.map(({ ix }) => {
    const row = findHolding(state, FUND_ACCOUNT, ix);
    return row < 0 ? 0 : netAtomsOf(state, row);
  });
  for (const { ix, type, quote, k } of state.markets) {
    const row = type === MarketType.PERP ? findPosition(state, FUND_ACCOUNT, ix) : -1;
    if (row >= 0) worth[quote]! -= positionSizeLots(state.positions, row) * lastMarkTicks(state, FUND_ACCOUNT, ix) * k;
  }
  return worth;
}

/** What the events of the last command say it changed by: moves, fills and their fees, funding. Interest is not among it. */
export function fundExplained(state: State): number[] {
  const changes = state.assets.map(() => 0);
  for (const { asset, amountAtoms } of eventsOf(state, events.fundMoved)) changes[asset]! += amountAtoms;
  for (const { account, market, amountAtoms } of eventsOf(state, events.fundingPaid))
    if (account === FUND_ACCOUNT) changes[state.markets[market]!.quote]! += amountAtoms;
  for (const fill of eventsOf(state, events.fill)) {
    const { type, base, quote, k, lotAtoms } = state.markets[fill.market]!;
    for (const isTaker of [true, false]) {
      if ((isTaker ? fill.takerAccount : fill.makerAccount) !== FUND_ACCOUNT) continue;
      const bought = (fill.takerSide === Side.Bid) === isTaker ? fill.quantityLots : -fill.quantityLots;
      changes[quote]! -= bought * fill.priceTicks * k + (isTaker ? fill.takerFeeAtoms : fill.makerFeeAtoms);
      if (type === MarketType.SPOT) changes[base]! += bought * lotAtoms;
    }
  }
  return changes;
}
