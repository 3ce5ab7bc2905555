/** A crowd: accounts with log-normal equity, each with a position or two at some leverage. */
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
  /** Share of positions that are long. */
  readonly longShare: number;
  /** Highest leverage anybody takes; most take less. */
  readonly leverageMax: number;
}

/** A member of a crowd. */
export interface Trader {
  readonly person: SimPerson;
  readonly equityUsd: number;
  readonly leverage: number;
  /** MarketIx and signed lots that it opened. */
  readonly market: number;
  readonly lots: number;
}

/** Some commands fit in a second: the replay table forgets by time. */
const COMMANDS_PER_SECOND = 100_000;

/**
 * Opens a crowd against the houses. Who wants more than the margin allows takes less.
 *
 * @param houses - one for each market the crowd trades, chosen with the weight of the same place.
 */
export function openCrowd(venue: SimVenue, random: Random, crowd: Crowd, houses: readonly House[], weights: readonly number[]): Trader[] {
  const traders: Trader[] = [];
  let begun = venue.state.seq;
  for (let at = 0; at < crowd.accounts; at += 1) {
    const equityUsd = Math.min(crowd.equityMax, Math.max(20, crowd.medianEquity * Math.exp(crowd.sigma * random.normal())));
    const house = houses[pick(random, weights)];
    if (house === undefined) throw new Error('a weight for each house');
    const person = venue.person();
    venue.deposit(person, venue.state.usdc, Math.floor(equityUsd * 1e6));
    // Squared: most take little, some all they can.
    const leverage = 1 + (crowd.leverageMax - 1) * random.next() ** 2;
    const isLong = random.next() < crowd.longShare;
    const lots = openPosition(venue, house, person, { usd: equityUsd * leverage, isLong });
    traders.push({ person, equityUsd, leverage, market: house.market, lots });
    if (venue.state.seq - begun > COMMANDS_PER_SECOND) {
      venue.pass();
      begun = venue.state.seq;
    }
  }
  return traders;
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
