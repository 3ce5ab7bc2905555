/** Live capacity of a posting: what it could take now. Public, and what takings are shared by. */
import { MarketType } from '@mochila/protocol';
import type { State } from '../../state.ts';
import { carriedOf } from './carried.ts';
import { offerOf } from './offer.ts';
import { takenInHour, takenInMinute } from './window.ts';

/** USDC atoms a carried amount is worth at the mark, rounded up. */
export function carriedNotional(state: State, row: number): number {
  const market = state.markets[state.backstop.market[row]!]!;
  const carried = Math.abs(carriedOf(state, row));
  if (carried === 0) return 0;
  if (market.type === MarketType.PERP) return carried * market.price.markTicks * market.k;
  const { unitAtoms, price } = state.assets[market.base]!;
  return Math.ceil((carried / unitAtoms) * price.mark * state.assets[state.usdc]!.unitAtoms);
}

/**
 * USDC atoms of notional the posting could take now: what is left of its capacity, of the minute and of the hour, and of
 * the multiple of its ring-fenced capital. Its provider's margin is asked beside this.
 */
export function freeCapacity(state: State, row: number): number {
  const offer = offerOf(state, row);
  const carried = carriedNotional(state, row);
  const byCapital = Math.floor(offer.capitalAtoms * state.genesis.liquidation.providerLeverageMax) - carried;
  const inMinute = offer.minuteAtoms - takenInMinute(state, row);
  const inHour = offer.hourAtoms - takenInHour(state, row);
  return Math.max(0, Math.min(offer.notionalAtoms - carried, byCapital, inMinute, inHour));
}
