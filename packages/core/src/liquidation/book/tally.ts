/** What a turn offered to books and what they took, USD at the mark: how one knows that a book takes too little. */
import type { Market } from '../../markets.ts';

/** Sums of one turn. */
export interface BookTally {
  offeredUsd: number;
  takenUsd: number;
}

/** Adds a slice. */
export function tally(market: Market, counted: BookTally, offeredLots: number, takenLots: number): void {
  const lotUsd = market.price.markTicks * market.tickSize * market.lotSize;
  counted.offeredUsd += offeredLots * lotUsd;
  counted.takenUsd += takenLots * lotUsd;
}
