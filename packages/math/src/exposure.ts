import { absLots, addLots, type Lots, maxLots, subLots } from '@mochila/units';

/**
 * Returns the larger of what a position may become if all open bids, or all open asks, fill:
 * `max(abs(position + bids), abs(position - asks))`. Source: accounts rules 5; reduce-only orders are left out by the caller.
 *
 * @param position signed lots, long positive
 * @param openBids lots, 0 or more
 * @param openAsks lots, 0 or more
 * @returns lots, 0 or more
 * @example netExposureLots(signedLots(2000), lots(100), lots(0)) // 2100
 */
export function netExposureLots(position: Lots, openBids: Lots, openAsks: Lots): Lots {
  return maxLots(absLots(addLots(position, openBids)), absLots(subLots(position, openAsks)));
}
