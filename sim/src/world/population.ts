/** A crowd: accounts with log-normal equity, some of them with a position at some leverage. */
import type { Random } from '../random.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import type { House } from './house.ts';

/** What a crowd is like. */
export interface Crowd {
  readonly accounts: number;
  /** USD. */
  readonly medianEquity: number;
  readonly sigma: number;
  /** Nobody owns more, USD. */
  readonly equityMax: number;
  /** Share of accounts that hold a position; the others own what they own. */
  readonly holderShare: number;
  /** Share of positions that are long. */
  readonly longShare: number;
  /** Leverage is log-normal, up to the highest that anybody takes. */
  readonly leverageMedian: number;
  readonly leverageSigma: number;
  readonly leverageMax: number;
}

/** Some commands fit in a second: the replay table forgets by time. */
const COMMANDS_PER_SECOND = 100_000;

/**
 * Opens a crowd against the houses. Who wants more than the margin allows takes less.
 *
 * @param houses - one for each market the crowd trades, chosen with the weight of the same place.
 */
export function openCrowd(venue: SimVenue, random: Random, crowd: Crowd, houses: readonly House[], weights: readonly number[]): void {
  let begun = venue.state.seq;
  for (let at = 0; at < crowd.accounts; at += 1) {
    const equityUsd = Math.min(crowd.equityMax, Math.max(20, crowd.medianEquity * Math.exp(crowd.sigma * random.normal())));
    const person = venue.person();
    venue.deposit(person, venue.state.usdc, Math.floor(equityUsd * 1e6));
    if (random.next() < crowd.holderShare) {
      const house = houses[pick(random, weights)];
      if (house === undefined) throw new Error('a weight for each house');
      const leverage = Math.min(crowd.leverageMax, crowd.leverageMedian * Math.exp(crowd.leverageSigma * random.normal()));
      const isLong = random.next() < crowd.longShare;
      openPosition(venue, house, person, { usd: equityUsd * leverage, isLong });
    }
    if (venue.state.seq - begun > COMMANDS_PER_SECOND) {
      venue.pass();
      begun = venue.state.seq;
    }
  }
}

/** Opens a position of some USD, or the largest half, quarter ... of it that the margin allows. @returns signed lots. */
export function openPosition(venue: SimVenue, house: House, person: SimPerson, want: { usd: number; isLong: boolean }): number {
  const market = venue.state.markets[house.market];
  if (market === undefined) throw new Error(`there is no market ${house.market}`);
  const lotUsd = market.lotSize * market.price.markTicks * market.tickSize;
  for (let usd = want.usd; usd >= lotUsd; usd /= 2) {
    const lots = Math.min(market.listing.maxQuantityLots, Math.floor(usd / lotUsd));
    if (house.dealWith(person, want.isLong ? lots : -lots) === 0) return want.isLong ? lots : -lots;
  }
  return 0;
}

function pick(random: Random, weights: readonly number[]): number {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let at = 0; at < weights.length; at += 1) {
    left -= weights[at] ?? 0;
    if (left < 0) return at;
  }
  return weights.length - 1;
}
