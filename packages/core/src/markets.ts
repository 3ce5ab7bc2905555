/** A market as the engine holds it: its listing in engine units, its book, its prices. */
import type { MarketListing } from '@mochila/protocol';
import type { Book } from './book/book.ts';
import type { MarketPrice } from './pricing/market-price.ts';

/** A listed market: what the genesis fixed, what operators may change, and what lives. */
export interface Market {
  readonly ix: number;
  readonly symbol: string;
  listing: MarketListing;
  /** MarketType. */
  readonly type: number;
  readonly base: number;
  readonly quote: number;
  /** Quote atoms of one tick times one lot: whole. */
  readonly k: number;
  /** Base atoms of one lot: whole. */
  readonly lotAtoms: number;
  /** USD price of one tick for one base unit: tick size as a double. */
  readonly tickSize: number;
  /** Base units of one lot as a double. */
  readonly lotSize: number;
  /** BookState. */
  bookState: number;
  /** Reduce-only because prices are stale (perpetuals.md 2.4). */
  isReduceOnly: boolean;
  /** LimitOnly because step and premium range conflict (perpetuals.md 2.3). */
  isStepLimited: boolean;
  readonly book: Book;
  readonly price: MarketPrice;
  /** Sum of positive sizes: open interest. */
  openInterestLots: number;
  nextTradeId: number;
  lastTicks: number;
}
