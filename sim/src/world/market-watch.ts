/** What an attack on one market may not break: the premium range, the open-interest limit, and what providers posted. */
import type { Play } from '../scenario.ts';
import type { SimVenue } from '../venue/sim-venue.ts';
import { equityAtIndex, postedIn } from './equity.ts';
import type { SimMarket } from './lookup.ts';

/** A quotient of doubles may be off by this. */
const NOISE = 1e-9;

/** Looks at a market every second and judges at the end. */
export class MarketWatch {
  readonly #venue: SimVenue;
  readonly #market: SimMarket;
  readonly #providers: readonly number[];
  readonly #before: number;
  readonly #bound: number;
  readonly #limitUsd: number;
  #lots: number;
  #markUsd: number;
  /** Fractions of the index; lots times mark in USD after a second in which they grew. */
  #worstPremium = 0;
  #worstBook = 0;
  #mostAfterGrowth = 0;
  #lostAtWorst = 0;

  /** @param providers - accounts of those who posted. */
  constructor(venue: SimVenue, market: SimMarket, providers: readonly number[]) {
    const { perp } = market.listing;
    if (perp === null) throw new Error(`${market.symbol} is no perpetual`);
    this.#venue = venue;
    this.#market = market;
    this.#providers = providers;
    this.#before = equityAtIndex(venue, providers);
    this.#bound = perp.premiumBound;
    this.#limitUsd = perp.openInterestLimitUsd;
    this.#lots = market.openInterestLots;
    this.#markUsd = market.price.markTicks * market.tickSize;
  }

  /** Once a second, after it. */
  look(): void {
    const { price, tickSize, lotSize, openInterestLots, base } = this.#market;
    const index = this.#venue.state.assets[base]?.price.index ?? 0;
    const markUsd = price.markTicks * tickSize;
    // The mark is a whole tick: up to half of one beyond the range is rounding.
    this.#worstPremium = Math.max(this.#worstPremium, (Math.abs(markUsd - index) - tickSize / 2) / index);
    if (price.mid > 0) this.#worstBook = Math.max(this.#worstBook, Math.abs(price.mid - index) / index);
    if (openInterestLots > this.#lots)
      this.#mostAfterGrowth = Math.max(this.#mostAfterGrowth, openInterestLots * lotSize * Math.min(markUsd, this.#markUsd));
    this.#lots = openInterestLots;
    this.#markUsd = markUsd;
    this.#lostAtWorst = Math.max(this.#lostAtWorst, this.#before - equityAtIndex(this.#venue, this.#providers));
  }

  /** States the checks and the figures of the providers. */
  judge(play: Play): void {
    const { notionalUsd, capitalUsd } = postedIn(this.#venue, this.#market.ix);
    const lost = this.#before - equityAtIndex(this.#venue, this.#providers);
    play.check(
      'the premium range holds',
      this.#worstPremium <= this.#bound + NOISE,
      `the mark was never more than ${percent(this.#worstPremium)} away from the index, the bound is ${percent(this.#bound)}; the book was ${percent(this.#worstBook)} away`,
    );
    play.check(
      'the open-interest limit holds',
      this.#mostAfterGrowth <= this.#limitUsd,
      `it grew to ${dollars(this.#mostAfterGrowth)} at most, the limit is ${dollars(this.#limitUsd)}`,
    );
    play.check(
      'the backstop inherits',
      play.recorder.tally.closedUsd.backstop > 0,
      `providers took ${dollars(play.recorder.tally.closedUsd.backstop)}`,
    );
    play.check(
      'the backstop loses no more than the capacity it posted',
      this.#lostAtWorst <= notionalUsd,
      `at the index its providers lost ${dollars(this.#lostAtWorst)} at worst, ${dollars(lost)} in the end; their capacity was ${dollars(notionalUsd)} of notional, on ${dollars(capitalUsd)} of ring-fenced capital${this.#lostAtWorst > capitalUsd ? ', which they lost and more: margin is that of the whole account' : ''}`,
    );
    play.figure('providers lost at the index, at worst', dollars(this.#lostAtWorst));
    play.figure('providers lost at the index, in the end', dollars(lost));
    play.figure('mark away from the index, at worst', percent(this.#worstPremium));
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function dollars(usd: number): string {
  return `${Math.round(usd).toLocaleString('en')} USD`;
}
