/**
 * The guard of a slice (liquidation rules 2): no fill at which, fee included, the account's margin fraction would fall. The
 * fee gives way first, down to nothing; real equity bounds it too.
 */
import { feeRoom, tradeFee } from '@mochila/math';
import { MarketType, Side } from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import { roomForCredit } from '../../ledger/holding-rows.ts';
import type { Market } from '../../markets.ts';
import { projectFill } from '../../matching/project-fill.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import type { State } from '../../state.ts';
import type { SliceRules } from './slice-rules.ts';

/** What {@link guardSlice} answers when the fill may not happen. */
export const NO_FILL = -1;

/**
 * Judges a fill of the account on a side at a price.
 *
 * @param rules - rate of the fee at most, and whether it may give way.
 * @returns the fee in quote atoms, rounded in favour of the account where it gives way; {@link NO_FILL}.
 */
export function guardSlice(
  state: State,
  market: Market,
  account: number,
  side: number,
  lots: number,
  priceTicks: number,
  { feePpm, isTakerFee }: SliceRules,
): number {
  const { health, healthAfter, projection } = state.scratch;
  const notional = priceTicks * lots * market.k;
  if (market.type === MarketType.SPOT) {
    const isAsk = side === Side.Ask;
    const gets = isAsk ? notional : lots * market.lotAtoms;
    if (roomForCredit(state, account, isAsk ? market.quote : market.base) < gets) return NO_FILL;
  }
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  projectFill(state, market, side, lots, notional, 0, 0);
  computeHealth(state, account, HealthMode.Maintenance, projection, healthAfter);
  // A fill that brings exposure where there was none helps nobody.
  if (health.totalExposure === 0) return NO_FILL;
  const room = Math.min(feeRoom(health, healthAfter), healthAfter.realEquity);
  if (!(room >= 0)) return NO_FILL;
  const { unitAtoms, price } = state.assets[market.quote]!;
  const most = tradeFee(asAtoms(notional), asPpm(feePpm));
  const fee = Math.min(most, Math.floor((room / price.mark) * unitAtoms));
  return isTakerFee && fee < most ? NO_FILL : fee;
}
