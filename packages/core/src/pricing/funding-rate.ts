/** The funding rate of an hour (perpetuals rules 3): its estimate while it runs, its value at the end. */
import { fundingRate, meanPremiumE12 } from '@mochila/math';
import { events, MarketType } from '@mochila/protocol';
import { asPpb, assert, MICROS_PER_HOUR } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';

/** An hour has one sample a second; with fewer than half of them it has no funding. */
const SAMPLES_MIN = 1_800;

/** Sets the estimate of the running hour from its samples so far. */
export function estimateFunding(market: Market): void {
  market.price.fundingPpb = rateOf(market);
}

/**
 * Ends an hour: fixes every perpetual's rate, marks it as due when the hour had enough samples, and starts anew.
 *
 * @param hour - number of the hour that ended, since 1970.
 */
export function closeFundingHour(state: State, hour: number): void {
  assert(state.settlement.fundingDueHour < 0, 'the funding of an hour is paid before the next is due');
  for (const market of state.markets) {
    const { price } = market;
    if (market.type !== MarketType.PERP || price.markTicks === 0) continue;
    const isPaid = price.premiumSamples >= SAMPLES_MIN;
    const ratePpb = isPaid ? rateOf(market) : 0;
    price.fundingDuePpb = ratePpb;
    price.isFundingDue = ratePpb !== 0;
    if (price.isFundingDue) state.settlement.fundingDueHour = hour;
    price.fundedHour = hour;
    price.premiumSum = 0;
    price.premiumSamples = 0;
    emit(state.out, events.fundingRateSet, {
      market: market.ix,
      ratePpb,
      isPaid: isPaid ? 1 : 0,
      hourEndMicros: (hour + 1) * MICROS_PER_HOUR,
    });
  }
}

function rateOf(market: Market): number {
  const { perp } = market.listing;
  const { premiumSum, premiumSamples } = market.price;
  assert(perp !== null, 'a perpetual has its parameters');
  if (premiumSamples === 0) return 0;
  return fundingRate(meanPremiumE12(premiumSum, premiumSamples), ppbOf(perp.fundingFloor), ppbOf(perp.fundingCap));
}

/** A configured fraction, a decimal of at most nine digits, in billionths. */
function ppbOf(fraction: number): ReturnType<typeof asPpb> {
  return asPpb(Math.round(fraction * 1e9));
}
