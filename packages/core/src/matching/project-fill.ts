/** The fill guard's question: what would this fill, with its fee, do to one side? Written into the one projection. */
import { tradeFee } from '@mochila/math';
import { MarketType, Side } from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import type { Market } from '../markets.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';

/**
 * Fills `state.scratch.projection` with a fill of `lots`, or several, for the side it buys or sells on.
 *
 * A perp fill books `q * mark - notional` against the mark the position is valued at, so the projected equity is that of
 * the account as if settled now.
 *
 * @param notional - quote atoms of all of it.
 * @param fee - quote atoms of this side; negative is a rebate.
 * @param fromBookLots - how many of the lots leave the side's own resting orders (a maker's), 0 for a taker.
 */
export function projectFill(
  state: State,
  market: Market,
  side: number,
  lots: number,
  notional: number,
  fee: number,
  fromBookLots: number,
): void {
  const { projection } = state.scratch;
  clearProjection(projection);
  const bought = side === Side.Bid ? lots : -lots;
  const paid = side === Side.Bid ? notional : -notional;
  projection.assetB = market.quote;
  if (market.type === MarketType.SPOT) {
    projection.assetA = market.base;
    projection.atomsA = bought * market.lotAtoms;
    projection.atomsB = -paid - fee;
    return;
  }
  projection.market = market.ix;
  projection.sizeLots = bought;
  projection.atomsB = bought * market.price.markTicks * market.k - paid - fee;
  if (side === Side.Bid) projection.openBidLots = -fromBookLots;
  else projection.openAskLots = -fromBookLots;
}

/** Fills the projection with an order standing on the book at its limit, its taker fee paid: accounts.md 5, Placing. */
export function projectOrder(state: State, market: Market, side: number, lots: number, priceTicks: number, feePpm: number): void {
  const { projection } = state.scratch;
  clearProjection(projection);
  const fee = tradeFee(asAtoms(priceTicks * lots * market.k), asPpm(feePpm));
  projection.market = market.ix;
  projection.assetB = market.quote;
  projection.atomsB = -Math.max(0, fee);
  projection.orderSide = side;
  projection.orderLots = lots;
  projection.orderTicks = priceTicks;
  if (market.type === MarketType.SPOT) return;
  if (side === Side.Bid) projection.openBidLots = lots;
  else projection.openAskLots = lots;
}
