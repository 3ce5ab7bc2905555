/** A venue behind its port, with small calls for what people and sources do; for tests and simulations. */

import type { EngineLink, SubmitOptions } from '@mochila/ports';
import {
  type Command,
  type CommandFields,
  type CommandName,
  commands,
  type Fields,
  type Genesis,
  OrderKind,
  type Outcome,
  type PlaceOrder,
  type RecordSchema,
  rejectInfo,
  type UserHeader,
} from '@mochila/protocol';
import type { SimulatedClock } from './simulated-clock.ts';

/** A link whose venue lives only when told, such as the runtime's inline link. */
export interface DrivenLink extends EngineLink {
  /** Does what the clock says is due. */
  runDue(): Promise<void>;
}

/** A person with one account and an all-permission key. */
export interface TestPerson {
  readonly user: number;
  readonly account: number;
  readonly key: number;
  readonly keyGeneration: number;
}

/** Commands that somebody signs. */
export type UserCommandName = { [N in CommandName]: CommandFields<N> extends UserHeader ? N : never }[CommandName];

const NO_ENVELOPE = new Uint8Array(0);
const WINDOW_MS = 60_000;

/** USD prices that the sources say unless told. */
const USD_PRICES: { readonly [symbol: string]: number } = { BTC: 60_000, ETH: 3_000, SOL: 150 };

/** Drives a sandbox venue. Its clock moves in `passSeconds` only. */
export class TestVenue {
  readonly link: DrivenLink;
  readonly clock: SimulatedClock;
  readonly genesis: Genesis;
  /** USD price of each asset, by symbol, that every source repeats each second; change it at will. */
  readonly usd: Map<string, number>;
  #signed = 0;
  #people = 0;

  /** @param link over a venue of this genesis that follows this clock */
  constructor(link: DrivenLink, clock: SimulatedClock, genesis: Genesis) {
    this.link = link;
    this.clock = clock;
    this.genesis = genesis;
    this.usd = new Map(genesis.assets.map(({ symbol }) => [symbol, USD_PRICES[symbol] ?? 1]));
  }

  /** AssetIx of a listed asset. */
  asset(symbol: string): number {
    return indexOf(this.genesis.assets, symbol);
  }

  /** MarketIx of a listed market. */
  market(symbol: string): number {
    return indexOf(this.genesis.markets, symbol);
  }

  /** Registers a sandbox user with the faucet's grants, under a public key of its own. */
  async person(publicKey: Uint8Array = this.#nextPublicKey()): Promise<TestPerson> {
    const fields = { ...commands.registerUser.defaults, isSandbox: 1, publicKey };
    const { result } = requireDone(await this.link.submit({ name: 'registerUser', fields }, NO_ENVELOPE));
    const [user = -1, account = -1, key = -1, keyGeneration = -1] = result;
    return { user, account, key, keyGeneration };
  }

  /** Sends a command of a person, its signature unique. */
  as<N extends UserCommandName>(person: TestPerson, name: N, fields: Partial<CommandFields<N>>, options?: SubmitOptions): Promise<Outcome> {
    return this.link.submit(this.signed(person, name, fields), NO_ENVELOPE, options);
  }

  /** Makes a command of a person with a fresh signature, to be sent later or more than once. */
  signed<N extends UserCommandName>(person: TestPerson, name: N, fields: Partial<CommandFields<N>>): Command {
    const { account, key, keyGeneration } = person;
    this.#signed += 1;
    const signedAtMs = Math.floor(this.clock.nowMicros() / 1000);
    return commandOf(name, { account, key, keyGeneration, signedAtMs, windowMs: WINDOW_MS, signHi: 1, signLo: this.#signed, ...fields });
  }

  /** Places a limit order, or a market order at 0 ticks. */
  place(
    person: TestPerson,
    order: { market: string; side: number; lots: number; ticks: number },
    more: Partial<PlaceOrder> = {},
  ): Promise<Outcome> {
    const orderKind = order.ticks > 0 ? OrderKind.Limit : OrderKind.Market;
    const { side, lots: quantityLots, ticks: priceTicks } = order;
    return this.as(person, 'placeOrder', { market: this.market(order.market), side, orderKind, quantityLots, priceTicks, ...more });
  }

  cancel(person: TestPerson, market: string, orderId: number, options?: SubmitOptions): Promise<Outcome> {
    return this.as(person, 'cancelOrder', { market: this.market(market), orderId }, options);
  }

  /** Credits a deposit under a reference of the custodian. */
  deposit(person: TestPerson, symbol: string, amountAtoms: number, reference: string): Promise<Outcome> {
    const fields = { account: person.account, asset: this.asset(symbol), amountAtoms, reference: new TextEncoder().encode(reference) };
    return this.link.submit({ name: 'creditDeposit', fields: { ...commands.creditDeposit.defaults, ...fields } }, NO_ENVELOPE);
  }

  /** Makes every source say the price of every asset, now. */
  sayPrices(): Promise<Outcome> {
    return this.link.submit(pricesCommand(this.genesis, this.usd, this.clock.nowMicros()), NO_ENVELOPE);
  }

  /** Lets seconds pass one by one, every source repeating its prices. */
  async passSeconds(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left--) {
      await this.sayPrices();
      this.clock.advance(1_000_000 - (this.clock.nowMicros() % 1_000_000));
      await this.link.runDue();
    }
  }

  #nextPublicKey(): Uint8Array {
    this.#people += 1;
    const publicKey = new Uint8Array(32).fill(7);
    new DataView(publicKey.buffer).setUint32(0, this.#people);
    return publicKey;
  }
}

/** What all sources say of all assets: the same, in the quote unit of each. */
export function pricesCommand(genesis: Genesis, usd: ReadonlyMap<string, number>, sourceSeq: number): Command {
  const priceOf = (symbol: string): number => (symbol === 'USD' ? 1 : (usd.get(symbol) ?? 1));
  const rows = genesis.assets.flatMap(({ symbol }, asset) =>
    genesis.prices.sources.map(({ quote }, source) => {
      const price = priceOf(symbol) / priceOf(quote);
      return [source, asset, price, price, price, sourceSeq];
    }),
  );
  return { name: 'prices', fields: { quotes: new Uint8Array(Float64Array.from(rows.flat()).buffer) } };
}

/** Returns the outcome of a command that was carried out. @throws Error naming the reject otherwise */
export function requireDone(outcome: Outcome): Outcome {
  if (outcome.reject === null) return outcome;
  const { code, value, limit } = outcome.reject;
  throw new Error(`rejected: ${rejectInfo(code).text} (value ${value}, limit ${limit})`);
}

/** Makes a command of its name and some of its fields; the others have their defaults. */
export function commandOf<N extends CommandName>(name: N, fields: Partial<CommandFields<N>>): Command {
  const schema: RecordSchema<Fields> = commands[name];
  const command = { name, fields: { ...schema.defaults, ...fields } };
  if (!isCommand(command)) throw new TypeError(`${name} is no command`);
  return command;
}

// True by construction: the fields are those of the schema of that name.
function isCommand(command: { name: CommandName; fields: Fields }): command is Command {
  return Object.hasOwn(commands, command.name);
}

function indexOf(listings: readonly { symbol: string }[], symbol: string): number {
  const ix = listings.findIndex((listing) => listing.symbol === symbol);
  if (ix < 0) throw new RangeError(`${symbol} is not listed; there are ${listings.map((listing) => listing.symbol).join(', ')}`);
  return ix;
}
