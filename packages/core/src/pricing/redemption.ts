/**
 * Wrapped and yield-bearing assets (perpetuals rules 1): worth their redemption rate times the underlying's index. Their own
 * book never moves the index; a discount there slowly raises the haircut of new risk, never of maintenance (ADR 0018).
 */
import { clamp, ewmaNext, ewmaWeightHour, followRedemptionRate, isRedemptionTrusted } from '@mochila/math';
import { BookState, MarketType, PriceGrade, Side } from '@mochila/protocol';
import { assert, MICROS_PER_SECOND } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { bestTicks, coveredNotional } from '../book/book.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';

/** What both sides of the asset's own book hold when its mid is evidence of a discount, USD. */
const OWN_BOOK_NOTIONAL_USD = 10_000;

interface Redemption {
  readonly underlying: string;
  readonly rate: string;
}

/** Computes the index of a redeemable asset from its underlying's, which has been computed in this second. */
export function computeFromRedemption(state: State, asset: Asset, redemption: Redemption): void {
  const underlying = underlyingOf(state, redemption);
  const { price } = asset;
  const isBelieved = followRate(state, asset, Number(redemption.rate));
  price.index = underlying.price.index * price.redemptionRate;
  price.grade = isBelieved ? underlying.price.grade : Math.max(underlying.price.grade, PriceGrade.Degraded);
  price.freshSources = underlying.price.freshSources;
  price.goodAtMicros = underlying.price.goodAtMicros;
}

/** Largest move of an asset's mark a second, a fraction: its underlying's when it is redeemed, so that a hedge is never valued at two speeds. */
export function stepPerSecondOf(state: State, { listing }: Asset): number {
  if (listing.redemption === null) return listing.stepPerSecond;
  return underlyingOf(state, listing.redemption).listing.stepPerSecond;
}

function underlyingOf(state: State, redemption: Redemption): Asset {
  const underlying = state.assets.find(({ symbol }) => symbol === redemption.underlying);
  assert(underlying !== undefined, 'the underlying of a redeemable asset is listed');
  return underlying;
}

/** Moves the rate towards the listed one at a bounded speed. @returns whether it is near enough to lend on. */
function followRate(state: State, { price }: Asset, listed: number): boolean {
  const seconds = (state.timeMicros - price.rateAtMicros) / MICROS_PER_SECOND;
  price.redemptionRate = price.redemptionRate === 0 ? listed : followRedemptionRate(price.redemptionRate, listed, seconds);
  price.rateAtMicros = state.timeMicros;
  return isRedemptionTrusted(price.redemptionRate, listed);
}

/**
 * Follows the discount at which a redeemable asset trades on its own spot book, an average over an hour: none is read
 * while the book is thin or not trading, so that the haircut falls back.
 *
 * @param seconds - whole seconds since the last tick, 1 or more.
 */
export function stepBookDiscount(state: State, asset: Asset, seconds: number): void {
  const { price } = asset;
  price.bookPrice = ownBookPrice(state, asset);
  const discount = price.bookPrice > 0 ? clamp(1 - price.bookPrice / price.index, 0, 1) : 0;
  price.bookDiscount = ewmaNext(price.bookDiscount, discount, ewmaWeightHour(seconds));
}

/** Middle of the asset's own spot book in USD, 0 when both sides do not hold enough of it. */
function ownBookPrice(state: State, asset: Asset): number {
  for (const market of state.markets) {
    if (market.type !== MarketType.SPOT || market.base !== asset.ix || !isDeep(state, market)) continue;
    const middleTicks = (bestTicks(market.book, Side.Bid) + bestTicks(market.book, Side.Ask)) / 2;
    return middleTicks * market.tickSize * state.assets[market.quote]!.price.index;
  }
  return 0;
}

function isDeep(state: State, { book, bookState, quote, k }: Market): boolean {
  if (bookState !== BookState.Open && bookState !== BookState.LimitOnly) return false;
  const want = OWN_BOOK_NOTIONAL_USD * state.assets[quote]!.unitAtoms;
  return coveredNotional(book, Side.Bid, k, want) && coveredNotional(book, Side.Ask, k, want);
}
