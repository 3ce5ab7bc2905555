/** Notional and margin fractions of a position, as its holder is told them. */
import { imf, mmf } from '@mochila/math';
import type { MarketListing } from '@mochila/protocol';

/** What a position is judged by. */
export interface PositionMargin {
  /** Notional of the worst size its orders can make it, in USD. */
  readonly exposureNotional: number;
  /** Fractions. */
  readonly imf: number;
  readonly mmf: number;
}

/**
 * Returns the margin of a position at a mark.
 *
 * @param size lots of the position and of the worst its orders can make it
 * @param markPrice USD
 * @param leverageLimit of the account, 1 or more
 */
export function positionMarginOf(
  listing: Pick<MarketListing, 'perp' | 'lotSize'>,
  size: { readonly sizeLots: number; readonly exposureLots: number },
  markPrice: number,
  leverageLimit: number,
): PositionMargin {
  const lotPrice = markPrice * Number(listing.lotSize);
  const exposureNotional = size.exposureLots * lotPrice;
  if (listing.perp === null) return { exposureNotional, imf: 0, mmf: 0 };
  const { imf: initial, mmf: maintenance } = listing.perp;
  return {
    exposureNotional,
    imf: imf(exposureNotional, initial.base, initial.factor, leverageLimit),
    mmf: mmf(Math.abs(size.sizeLots) * lotPrice, maintenance.base, maintenance.factor),
  };
}
