/** An exchange for the bots' tests: the real engine in this thread, spoken to in the public interface's words. */
import { createHash } from 'node:crypto';
import { smallGenesis } from '@mochila/core';
import {
  BorrowLendSide,
  type CommandFields,
  OrderKind,
  OrderStatus,
  type Outcome,
  readOrderView,
  rejectInfo,
  Side,
  TimeInForce,
  Tristate,
} from '@mochila/protocol';
import { createInlineLink } from '@mochila/runtime';
import { createSimulatedClock, requireDone, type TestPerson, TestVenue } from '@mochila/testkit';
import type { BackstopOffer, ExchangeClient, NewOrder, OrderResult, OrderUpdate } from '../exchange-client.ts';

/** A venue and clients of it. */
export interface EngineExchange {
  readonly venue: TestVenue;
  connect(secret: string): ExchangeClient;
  /** Called before a write of any client; what it throws is what the call ends with. */
  disturb: (call: DisturbedCall, symbol: string) => void;
  close(): void;
}

/** A write that a test may let fail. */
export type DisturbedCall = 'useFaucet' | 'cancelAll';

/** Starts a small sandbox venue with prices. */
export async function startEngineExchange(): Promise<EngineExchange> {
  const genesis = smallGenesis();
  const clock = createSimulatedClock(genesis.createdAtMicros);
  const link = createInlineLink({ genesis, clock });
  const venue = new TestVenue(link, clock, genesis);
  await venue.passSeconds(2);
  const exchange: EngineExchange = {
    venue,
    connect: (secret) => new EngineClient(exchange, createHash('sha256').update(secret).digest()),
    disturb: () => undefined,
    close: () => link.close(),
  };
  return exchange;
}

class EngineClient implements ExchangeClient {
  readonly #exchange: EngineExchange;
  readonly #venue: TestVenue;
  readonly #publicKey: Uint8Array;
  #person: Promise<TestPerson> | null = null;

  constructor(exchange: EngineExchange, publicKey: Uint8Array) {
    this.#exchange = exchange;
    this.#venue = exchange.venue;
    this.#publicKey = publicKey;
  }

  markets(): ReturnType<ExchangeClient['markets']> {
    const { markets } = this.#venue.genesis;
    return Promise.resolve(
      markets.map(({ symbol, type, base, tickSize, lotSize, minQuantityLots }) => ({
        symbol,
        marketType: type,
        baseSymbol: base,
        tickSize,
        stepSize: lotSize,
        minQuantity: String(minQuantityLots * Number(lotSize)),
      })),
    );
  }

  async markPrices(): ReturnType<ExchangeClient['markPrices']> {
    const { link, genesis } = this.#venue;
    const answers = await link.ask('markets', {});
    return answers.flatMap(({ market, markTicks, fundingPpb, indexPrice }) => {
      const { symbol, tickSize, type } = genesis.markets[market] ?? { symbol: '', tickSize: '0', type: 'SPOT' };
      const [markPrice, fundingRate] = [String(markTicks * Number(tickSize)), String(fundingPpb / 1e9)];
      return type === 'PERP' ? [{ symbol, markPrice, indexPrice: String(indexPrice), fundingRate }] : [];
    });
  }

  async bestPrices(symbol: string): ReturnType<ExchangeClient['bestPrices']> {
    const market = this.#venue.market(symbol);
    const { tickSize = '1' } = this.#venue.genesis.markets[market] ?? {};
    const { bids, asks } = await this.#venue.link.ask('depth', { market, levels: 1 });
    const text = (best: [number, number] | undefined): string | null => (best === undefined ? null : String(best[0] * Number(tickSize)));
    return { bid: text(bids[0]), ask: text(asks[0]) };
  }

  async borrowLendMarkets(): ReturnType<ExchangeClient['borrowLendMarkets']> {
    const { link, genesis } = this.#venue;
    const pools = await link.ask('pools', {});
    return pools.flatMap(({ asset, markPrice, lentAtoms, borrowedAtoms }) => {
      const listing = genesis.assets[asset];
      if (listing === undefined) return [];
      const unit = 10 ** listing.decimals;
      const [lentQuantity, borrowedQuantity] = [String(lentAtoms / unit), String(borrowedAtoms / unit)];
      return [{ symbol: listing.symbol, assetMarkPrice: String(markPrice), lentQuantity, borrowedQuantity }];
    });
  }

  async placeOrders(orders: readonly NewOrder[]): Promise<OrderResult[]> {
    const results: OrderResult[] = [];
    for (const order of orders) results.push(resultOf(await this.#place(order)));
    return results;
  }

  async cancelAll(symbol: string): Promise<void> {
    this.#exchange.disturb('cancelAll', symbol);
    requireDone(await this.#venue.as(await this.#me(), 'cancelAllOrders', { market: this.#venue.market(symbol) }));
  }

  async balances(): ReturnType<ExchangeClient['balances']> {
    const holdings = await this.#venue.link.ask('holdings', { account: (await this.#me()).account });
    return holdings.map(({ asset, freeAtoms, lentAtoms }) => ({
      symbol: this.#symbol(asset),
      total: String((freeAtoms + lentAtoms) / this.#unit(asset)),
    }));
  }

  async borrowLendPositions(): ReturnType<ExchangeClient['borrowLendPositions']> {
    const holdings = await this.#venue.link.ask('holdings', { account: (await this.#me()).account });
    return holdings.map(({ asset, lentAtoms, debtAtoms }) => ({
      symbol: this.#symbol(asset),
      netQuantity: String((lentAtoms - debtAtoms) / this.#unit(asset)),
    }));
  }

  async positions(): ReturnType<ExchangeClient['positions']> {
    const positions = await this.#venue.link.ask('positions', { account: (await this.#me()).account });
    return positions.map(({ market, sizeLots }) => {
      const { symbol = '', lotSize = '0' } = this.#venue.genesis.markets[market] ?? {};
      return { symbol, netQuantity: String(sizeLots * Number(lotSize)) };
    });
  }

  async borrowLend(act: { symbol: string; side: 'Borrow' | 'Lend'; quantity: string }): Promise<void> {
    const asset = this.#venue.asset(act.symbol);
    const fields = { asset, side: BorrowLendSide[act.side], quantityAtoms: Math.round(Number(act.quantity) * this.#unit(asset)) };
    requireDone(await this.#venue.as(await this.#me(), 'executeBorrowLend', fields));
  }

  async updateAccount(settings: { autoLend?: boolean; autoRepayBorrows?: boolean }): Promise<void> {
    const flag = (value: boolean | undefined): number => (value === undefined ? -1 : Number(value));
    const fields = { autoLend: flag(settings.autoLend), autoRepayBorrows: flag(settings.autoRepayBorrows) };
    requireDone(await this.#venue.as(await this.#me(), 'updateAccount', fields));
  }

  async updateBackstop({ symbol, capital, maxNotional, maxPerMinute, maxPerHour }: BackstopOffer): Promise<void> {
    const atoms = (usd: string): number => Math.round(Number(usd) * this.#unit(this.#venue.asset('USDC')));
    const fields = {
      market: this.#venue.market(symbol),
      capitalAtoms: atoms(capital),
      notionalAtoms: atoms(maxNotional),
      minuteAtoms: atoms(maxPerMinute),
      hourAtoms: atoms(maxPerHour),
    };
    requireDone(await this.#venue.as(await this.#me(), 'setBackstop', fields));
  }

  async useFaucet({ symbol, quantity }: { symbol: string; quantity: string }): Promise<void> {
    this.#exchange.disturb('useFaucet', symbol);
    const asset = this.#venue.asset(symbol);
    const quantityAtoms = Math.round(Number(quantity) * this.#unit(asset));
    requireDone(await this.#venue.as(await this.#me(), 'useFaucet', { asset, quantityAtoms }));
  }

  subscribeOrders(listener: (update: OrderUpdate) => void): () => void {
    let account = -1;
    this.#me().then(
      (person) => {
        account = person.account;
      },
      // Whoever asks next is told.
      () => undefined,
    );
    return this.#venue.link.follow(({ events }) => {
      for (const { name, fields } of events) {
        if (name !== 'fill' || (fields.makerAccount !== account && fields.takerAccount !== account)) continue;
        listener({ symbol: this.#venue.genesis.markets[fields.market]?.symbol ?? '', isFill: true });
      }
    });
  }

  #me(): Promise<TestPerson> {
    this.#person ??= this.#find();
    return this.#person;
  }

  /** The account of this key, opened when there is none yet, as the sandbox does. */
  async #find(): Promise<TestPerson> {
    const known = await this.#venue.link.ask('allKeys', {});
    const mine = known.find(({ publicKey }) => publicKey === Buffer.from(this.#publicKey).toString('hex'));
    return mine === undefined ? this.#venue.person(this.#publicKey) : { ...mine, keyGeneration: mine.generation };
  }

  async #place(order: NewOrder): Promise<Outcome> {
    const market = this.#venue.market(order.symbol);
    const { tickSize = '1', lotSize = '1' } = this.#venue.genesis.markets[market] ?? {};
    const fields: Partial<CommandFields<'placeOrder'>> = {
      market,
      side: Side[order.side],
      orderKind: OrderKind[order.orderType],
      timeInForce: TimeInForce[order.timeInForce ?? 'GTC'],
      isPostOnly: Number(order.postOnly === true),
      isReduceOnly: Number(order.reduceOnly === true),
      priceTicks: order.price === undefined ? 0 : Math.round(Number(order.price) / Number(tickSize)),
      quantityLots: Math.round(Number(order.quantity) / Number(lotSize)),
      autoBorrow: order.autoBorrow === true ? Tristate.Yes : Tristate.Absent,
    };
    return this.#venue.as(await this.#me(), 'placeOrder', fields);
  }

  #symbol(asset: number): string {
    return this.#venue.genesis.assets[asset]?.symbol ?? '';
  }

  #unit(asset: number): number {
    return 10 ** (this.#venue.genesis.assets[asset]?.decimals ?? 0);
  }
}

function isOver(result: readonly number[]): boolean {
  const { status } = readOrderView(Float64Array.from(result), 0);
  return status === OrderStatus.Filled || status === OrderStatus.Expired || status === OrderStatus.Cancelled;
}

function resultOf({ reject, result }: Outcome): OrderResult {
  return reject === null
    ? { isAccepted: true, isOver: isOver(result) }
    : { isAccepted: false, code: rejectInfo(reject.code).api, message: rejectInfo(reject.code).text };
}
