/** Colluders who lead the book of a market away from what the coin is worth. */
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { House } from './house.ts';
import type { SimMarket } from './lookup.ts';
import { tradeBetween } from './trade-between.ts';

/** Two people who hold opposite positions. */
export interface Pair {
  readonly long: SimPerson;
  readonly short: SimPerson;
}

/** Opens two users. @param usd - USDC that each owns. */
export function openPair(venue: SimVenue, usd: number): Pair {
  const [long, short] = [venue.person(), venue.person()];
  for (const person of [long, short]) venue.deposit(person, venue.state.usdc, Math.floor(usd * 1e6));
  return { long, short };
}

/** Leads a thin book: new orders stand before the old ones go, so that each is judged by the price of the one before. */
export class Push {
  readonly #venue: SimVenue;
  readonly #market: SimMarket;
  readonly #houses: readonly [House, House];
  #turn = 0;

  constructor(venue: SimVenue, market: SimMarket) {
    this.#venue = venue;
    this.#market = market;
    this.#houses = [new House(venue, market.ix, 3e6), new House(venue, market.ix, 3e6)];
  }

  /**
   * Moves the book.
   *
   * @param usd - middle of the new book
   * @param depthUsd - what stands on each side
   * @param pair - closes a lot with itself at that price, which no limit on open interest refuses: a last trade is made
   */
  to(usd: number, depthUsd: number, pair: Pair): void {
    const [next, last] = this.#turn % 2 === 0 ? this.#houses : [this.#houses[1], this.#houses[0]];
    this.#turn += 1;
    next.quote(usd, { usd: depthUsd, reach: 0.01, levels: 2, halfSpread: 0.01 });
    last.withdraw();
    const { ix, tickSize } = this.#market;
    tradeBetween(this.#venue, { market: ix, buyer: pair.short, seller: pair.long, lots: 1, priceTicks: Math.round(usd / tickSize) });
  }

  /** Leaves the book. */
  end(): void {
    for (const house of this.#houses) house.withdraw();
  }
}
