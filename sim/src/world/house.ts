/** The house: rich accounts that stand for everybody else in a market. One keeps a book around a price, as deep as told; the others take the other side of the crowd. */
import { CancelScope, commands, OrderKind, Side, TimeInForce } from '@mochila/protocol';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';

/** How deep a book stands. */
export interface BookShape {
  /** USD between the price and `reach` beyond it, each side. */
  readonly usd: number;
  /** Fraction of the price that the levels reach over. */
  readonly reach: number;
  readonly levels: number;
  readonly halfSpread: number;
  /** Only one side stands. */
  readonly only?: 'bids' | 'asks';
}

/** One market's house. */
export class House {
  readonly market: number;
  /** Who keeps the book. */
  readonly person: SimPerson;
  readonly #venue: SimVenue;
  readonly #dealers: readonly SimPerson[];
  #deals = 0;

  /**
   * @param usdc - what each of its accounts owns
   * @param base - coins that the keeper of the book owns, in units, for spot books
   * @param dealers - accounts that share the other side of the crowd: margins grow with the size of a position
   */
  constructor(venue: SimVenue, market: number, usdc: number, base = 0, dealers = 1) {
    this.#venue = venue;
    this.market = market;
    this.person = this.#open(usdc);
    this.#dealers = Array.from({ length: dealers }, () => this.#open(usdc));
    const { base: asset } = this.#entry();
    const coin = venue.state.assets[asset];
    if (base > 0 && coin !== undefined) venue.deposit(this.person, asset, Math.floor(base * coin.unitAtoms));
  }

  /** Its accounts, the keeper of the book first. */
  get people(): readonly SimPerson[] {
    return [this.person, ...this.#dealers];
  }

  /** Takes every order of the house off the book. */
  withdraw(): void {
    this.#venue.as(this.person, commands.cancelAllOrders, { market: this.market, scope: CancelScope.All });
  }

  /** Lays the book anew around a price. @param usd - the middle. */
  quote(usd: number, shape: BookShape): void {
    this.withdraw();
    const { lotSize } = this.#entry();
    for (let level = 0; level < shape.levels; level += 1) {
      const away = shape.halfSpread + (shape.reach * level) / shape.levels;
      const lots = Math.floor(shape.usd / shape.levels / usd / lotSize);
      if (lots < 1) continue;
      if (shape.only !== 'asks') this.rest(Side.Bid, usd * (1 - away), lots);
      if (shape.only !== 'bids') this.rest(Side.Ask, usd * (1 + away), lots);
    }
  }

  /** Rests an order. @returns the reject code, 0 when it stands or was filled. */
  rest(side: number, usd: number, lots: number): number {
    const { tickSize } = this.#entry();
    const priceTicks = Math.max(1, side === Side.Bid ? Math.floor(usd / tickSize) : Math.ceil(usd / tickSize));
    return this.#venue.as(this.person, commands.placeOrder, { market: this.market, side, priceTicks, quantityLots: lots }).rejectCode;
  }

  /**
   * Lets somebody buy (lots above 0) or sell from the house at the index: inside the spread of its book, wherever the mark is.
   *
   * @returns the reject code of his order.
   */
  dealWith(person: SimPerson, lots: number): number {
    const { base, tickSize } = this.#entry();
    const side = lots > 0 ? Side.Bid : Side.Ask;
    const quantityLots = Math.abs(lots);
    const other = side === Side.Bid ? Side.Ask : Side.Bid;
    const venue = this.#venue;
    const priceTicks = Math.round((venue.state.assets[base]?.price.index ?? 0) / tickSize);
    const dealer = this.#dealers[this.#deals % this.#dealers.length] ?? this.person;
    this.#deals += 1;
    const stood = venue.as(dealer, commands.placeOrder, { market: this.market, side: other, priceTicks, quantityLots }).rejectCode;
    if (stood !== 0) return stood;
    const order = { market: this.market, side, priceTicks, quantityLots, orderKind: OrderKind.Limit, timeInForce: TimeInForce.IOC };
    const { rejectCode } = venue.as(person, commands.placeOrder, order);
    if (rejectCode !== 0) venue.as(dealer, commands.cancelAllOrders, { market: this.market, scope: CancelScope.All });
    return rejectCode;
  }

  #open(usdc: number): SimPerson {
    const person = this.#venue.person();
    this.#venue.deposit(person, this.#venue.state.usdc, Math.floor(usdc * 1e6));
    return person;
  }

  #entry(): SimVenue['state']['markets'][number] {
    const market = this.#venue.state.markets[this.market];
    if (market === undefined) throw new Error(`there is no market ${this.market}`);
    return market;
  }
}

/** Somebody who trades a lot now and then, so that every book has a last trade. */
export class Tape {
  readonly #venue: SimVenue;
  readonly #person: SimPerson;

  constructor(venue: SimVenue, usdc: number) {
    this.#venue = venue;
    this.#person = venue.person();
    venue.deposit(this.#person, venue.state.usdc, Math.floor(usdc * 1e6));
  }

  /** Buys a lot at the best price, then sells it again. What finds nobody expires. */
  print(market: number): void {
    for (const side of [Side.Bid, Side.Ask]) {
      this.#venue.as(this.#person, commands.placeOrder, {
        market,
        side,
        orderKind: OrderKind.Market,
        timeInForce: TimeInForce.IOC,
        quantityLots: 1,
      });
    }
  }
}
