/**
 * A running venue whose prices a test sets, with little in the fund, nobody on its books but whom the test puts there, and
 * short waits: every stage of the waterfall can be reached at once.
 */
import {
  type BalanceUpdateEvent,
  borrowLend,
  type Client,
  createClient,
  createKey,
  createKeyPair,
  createSubaccount,
  type DeleveragingEvent,
  type FundMoveEvent,
  faucet,
  getBalances,
  type LiquidationEvent,
  listPositions,
  markPrices,
  type OrderUpdateEvent,
  openStreams,
  type PositionUpdateEvent,
  placeOrder,
  type ReceiptUpdateEvent,
  type StreamEvent,
  type StreamName,
  type Streams,
  transfer,
} from '@mochila/sdk';
import { defaultConfiguration } from '../configuration/configuration.ts';
import { SpokenPrices, writeConfiguration } from './spoken-prices.ts';
import { eventually, newDirectory, PATIENCE_MS, runVenue, type VenueRun } from './venue-run.ts';

/** Prices at the beginning, USD. */
export const START_USD = { BTC: 100_000, ETH: 4_000, SOL: 200, LTC: 100, XRP: 2, ADA: 1 } as const;
/** Seconds of a book that takes too little after which providers are asked. */
const BOOK_SECONDS = 3;
/** Largest move of a mark in a second that a venue may be told. */
const STEP_PER_SECOND = 0.1;
const FUND_GRANT = '20000';
/** A market of high leverage whose winners bear next to nothing: what a gap leaves is left to fund and lenders. */
const STEEP = 'ADA_USDC_PERP';
const STEEP_PERP = { imf: { base: 0.05, factor: 0 }, mmf: { base: 0.0125, factor: 0 }, premiumBound: 0.001 };
const FAUCET_DAILY = '10000000';
/** A machine that stands still for seconds makes no request of a test fail. */
const PATIENT = { windowMs: 60_000, timeoutMs: 60_000 };

/** A user: the client of his main account, and of one beside it with only what a test puts there. */
export type Person = { readonly main: Client; readonly own: Client; readonly subaccountId: number; readonly secret: string };

/** What an account's streams said. */
export type Heard = {
  readonly orders: OrderUpdateEvent[];
  readonly positions: PositionUpdateEvent[];
  readonly balances: BalanceUpdateEvent[];
  readonly receipts: ReceiptUpdateEvent[];
};

/** What everybody was told. */
export type HeardInPublic = {
  readonly liquidations: LiquidationEvent[];
  readonly deleveragings: DeleveragingEvent[];
  readonly fundMoves: FundMoveEvent[];
};

/** A frame as it was sent. */
export type Frame = { readonly stream: string; readonly data: object };

/** The venue with its prices. */
export class WaterfallWorld {
  readonly prices: SpokenPrices;
  readonly venue: VenueRun;
  /** All that any stream said. */
  readonly frames: Frame[] = [];
  readonly #streams: Streams[] = [];

  private constructor(prices: SpokenPrices, venue: VenueRun) {
    this.prices = prices;
    this.venue = venue;
  }

  /** Starts a venue that lists few assets, and waits for its marks. */
  static async start(): Promise<WaterfallWorld> {
    const prices = await SpokenPrices.start(START_USD);
    const config = writeConfiguration({ live: prices.live(), ...rules() });
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--no-makers', '--prices', 'live', '--config', config] });
    const world = new WaterfallWorld(prices, venue);
    for (const [asset, usd] of Object.entries(START_USD)) await world.awaitMark(asset, usd);
    return world;
  }

  /** Sets a price and does not wait. */
  say(asset: keyof typeof START_USD, usd: number): void {
    this.prices.usd.set(asset, usd);
  }

  /** Waits until a mark is where its price was set. */
  async awaitMark(asset: string, usd: number): Promise<void> {
    const client = createClient({ url: this.venue.url, ...PATIENT });
    await eventually(
      PATIENCE_MS,
      () => markPrices(client, { symbol: `${asset}_USDC_PERP` }),
      ([row]) => Math.abs(Number(row?.markPrice ?? 0) / usd - 1) < 0.001,
    );
  }

  /** A user with money of the sandbox, of other assets as much as is asked for. */
  async user(assets: Readonly<Record<string, string>> = {}): Promise<Client> {
    const client = createClient({ url: this.venue.url, secret: createKeyPair().secret, ...PATIENT });
    await getBalances(client);
    for (const [symbol, quantity] of Object.entries(assets)) await faucet(client, { symbol, quantity });
    return client;
  }

  /** A user with an account beside the main one that has these assets and nothing else. */
  async person(assets: Readonly<Record<string, string>>): Promise<Person> {
    const main = await this.user(assets);
    const { subaccountId } = await createSubaccount(main);
    const { secret, publicKey } = createKeyPair();
    await createKey(main, { publicKey, permissions: ['read', 'trade', 'withdraw'], subaccountId });
    for (const [symbol, quantity] of Object.entries(assets)) await transfer(main, { symbol, quantity, toSubaccountId: subaccountId });
    return { main, own: createClient({ url: this.venue.url, secret, ...PATIENT }), subaccountId, secret };
  }

  /** Listens to all that an account is told. */
  async hear(client: Client): Promise<Heard> {
    const heard: Heard = { orders: [], positions: [], balances: [], receipts: [] };
    const streams = this.#open(client);
    await Promise.all([
      this.#keep(streams, 'account.orderUpdate', heard.orders),
      this.#keep(streams, 'account.positionUpdate', heard.positions),
      this.#keep(streams, 'account.balanceUpdate', heard.balances),
      this.#keep(streams, 'account.receiptUpdate', heard.receipts),
    ]);
    return heard;
  }

  /** Listens to all of liquidation that everybody is told. */
  async hearInPublic(): Promise<HeardInPublic> {
    const heard: HeardInPublic = { liquidations: [], deleveragings: [], fundMoves: [] };
    const streams = this.#open(createClient({ url: this.venue.url, ...PATIENT }));
    await Promise.all([
      this.#keep(streams, 'liquidation', heard.liquidations),
      this.#keep(streams, 'deleveraging', heard.deleveragings),
      this.#keep(streams, 'fundMove', heard.fundMoves),
    ]);
    return heard;
  }

  #open(client: Client): Streams {
    const streams = openStreams(client);
    this.#streams.push(streams);
    return streams;
  }

  #keep<Name extends StreamName>(streams: Streams, name: Name, events: StreamEvent<Name>[]): Promise<void> {
    const listener = (data: StreamEvent<Name>): void => {
      events.push(data);
      this.frames.push({ stream: name, data });
    };
    return streams.subscribe(name, listener).ready;
  }

  /** Buys from a seller at a price: a long for the buyer, a short for the seller. */
  async trade(symbol: string, buyer: Client, seller: Client, quantity: string, price: string): Promise<void> {
    const order = { symbol, orderType: 'Limit', quantity, price } as const;
    await placeOrder(seller, { ...order, side: 'Ask', postOnly: true });
    await placeOrder(buyer, { ...order, side: 'Bid', timeInForce: 'IOC' });
  }

  /** A person who is long eighteen times a margin of 200 USDC, and what his streams said. */
  async openLong(symbol: string, quantity: string, price: string, seller: Client): Promise<{ person: Person; heard: Heard }> {
    const person = await this.person({ USDC: '200' });
    const heard = await this.hear(person.own);
    await this.trade(symbol, person.own, seller, quantity, price);
    const [position] = await listPositions(person.own);
    if (position?.netQuantity !== quantity) throw new Error(`the long of ${quantity} ${symbol} was not opened`);
    return { person, heard };
  }

  /** Borrows, and moves what was borrowed to the main account of the person: what is left stands against a debt. */
  async oweAway({ own }: Person, symbol: string, quantity: string): Promise<void> {
    await borrowLend(own, { symbol, side: 'Borrow', quantity });
    await transfer(own, { symbol, quantity, toSubaccountId: 0 });
  }

  /** Ends streams and venue. @returns the exit code of the venue */
  endVenue(): Promise<number | null> {
    for (const streams of this.#streams) streams.close();
    return this.venue.end();
  }
}

/** What differs from the default configuration. */
function rules(): object {
  const { venue } = defaultConfiguration();
  const listed = new Set<string>(['USDC', 'USDT', ...Object.keys(START_USD)]);
  const assets = Object.keys(venue.assets).map((symbol) => [
    symbol,
    listed.has(symbol) ? { stepPerSecond: STEP_PER_SECOND, faucetGrant: '0', faucetDaily: FAUCET_DAILY } : null,
  ]);
  const unlisted = Object.entries(venue.markets).flatMap(([symbol, { base }]) => (listed.has(base) ? [] : [[symbol, null]]));
  const simulated = Object.keys(venue.assets).flatMap((symbol) => (listed.has(symbol) ? [] : [[symbol, null]]));
  return {
    venue: {
      assets: Object.fromEntries(assets),
      markets: { ...Object.fromEntries(unlisted), [STEEP]: { perp: STEEP_PERP } },
      liquidation: { bookSeconds: BOOK_SECONDS },
      fundGrant: FUND_GRANT,
    },
    simulation: { assets: Object.fromEntries(simulated) },
  };
}
