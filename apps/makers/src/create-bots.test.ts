import { OrderKind, Side } from '@mochila/protocol';
import { requireDone } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bot } from './bot.ts';
import { createBots } from './create-bots.ts';
import { createRandom } from './random.ts';
import { type EngineExchange, startEngineExchange } from './testing/engine-exchange.ts';

const SEED = 'five';
const IMPACT_USD = 10_000;

/** What a client throws when the exchange does not answer. */
class Outage extends Error {}

describe('the bots over the engine', () => {
  let exchange: EngineExchange;
  let bots: Bot[];
  let reports: string[];
  let seconds = 0;
  let accepted = 0;

  beforeEach(async () => {
    exchange = await startEngineExchange();
    reports = [];
    seconds = 0;
    accepted = 0;
    const connect = exchange.connect.bind(exchange);
    bots = await createBots({ seed: SEED, speed: 1, connect, report: (message) => reports.push(message), nowMs: () => seconds * 1000 });
    exchange.venue.link.follow(({ events }) => {
      for (const { name } of events) if (name === 'orderAccepted') accepted += 1;
    });
  });

  afterEach(() => {
    for (const bot of bots) bot.stop();
    exchange.close();
  });

  /** A step that fails is tried again, as those who run bots do. */
  const step = async (bot: Bot): Promise<void> => {
    try {
      await bot.step();
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
    }
  };
  /** Lets venue and bots live for some seconds, prices wandering. */
  const live = async (duration: number): Promise<void> => {
    const random = createRandom(SEED, 'prices');
    const { venue } = exchange;
    for (let second = 0; second < duration; second += 1) {
      for (const [symbol, price] of venue.usd) if (symbol.length === 3) venue.usd.set(symbol, price * (1 + 0.0001 * random.gaussian()));
      await venue.passSeconds(1);
      seconds += 1;
      for (const bot of bots) if (Math.floor(seconds / bot.everySeconds) > Math.floor((seconds - 1) / bot.everySeconds)) await step(bot);
    }
  };
  const depthOf = async (market: number): Promise<{ bids: number; asks: number; spread: number }> => {
    const { tickSize = '1', lotSize = '1' } = exchange.venue.genesis.markets[market] ?? {};
    const { bids, asks } = await exchange.venue.link.ask('depth', { market, levels: 100 });
    const [best, worst] = [bids[0]?.[0] ?? 0, asks[0]?.[0] ?? Number.POSITIVE_INFINITY];
    const usd = (levels: [number, number][]): number => {
      const near = levels.filter(([ticks]) => ticks >= best * 0.99 && ticks <= worst * 1.01);
      return near.reduce((sum, [ticks, lots]) => sum + ticks * Number(tickSize) * lots * Number(lotSize), 0);
    };
    return { bids: usd(bids), asks: usd(asks), spread: worst / best - 1 };
  };

  it.each([
    ['an ask below the price', Side.Ask, 0.97],
    ['a bid above the price', Side.Bid, 1.03],
  ])('keep a book two-sided behind %s that nobody takes whole', async (_what, side, share) => {
    const { venue } = exchange;
    const market = venue.market('SOL_USDC_PERP');
    const whale = await venue.person();
    await live(10);
    const { tickSize = '1' } = venue.genesis.markets[market] ?? {};
    const priceTicks = Math.round(((venue.usd.get('SOL') ?? 0) * share) / Number(tickSize));
    requireDone(await venue.as(whale, 'placeOrder', { market, side, orderKind: OrderKind.Limit, priceTicks, quantityLots: 900_000 }));
    await live(30);
    const depth = await depthOf(market);
    expect(depth.bids).toBeGreaterThan(IMPACT_USD);
    expect(depth.asks).toBeGreaterThan(IMPACT_USD);
    expect((await venue.link.ask('depth', { market, levels: 1 }))[side === Side.Ask ? 'asks' : 'bids'][0]?.[0]).toBe(priceTicks);
  });

  it('make every book two-sided and deep within ten seconds', async () => {
    await live(10);
    for (const [market, { symbol }] of exchange.venue.genesis.markets.entries()) {
      const { bids, asks, spread } = await depthOf(market);
      expect(bids, `${symbol} bids`).toBeGreaterThan(IMPACT_USD);
      expect(asks, `${symbol} asks`).toBeGreaterThan(IMPACT_USD);
      expect(spread, `${symbol} spread`).toBeGreaterThan(0);
      expect(spread, `${symbol} spread`).toBeLessThan(0.01);
    }
  });

  it('make every book two-sided after an exchange that did not answer them, whatever they were about', async () => {
    exchange.disturb = (call) => {
      if (call === 'useFaucet' || seconds % 3 !== 0) throw new Outage('no answer');
    };
    await live(8);
    exchange.disturb = () => undefined;
    await live(30);
    for (const [market, { symbol }] of exchange.venue.genesis.markets.entries()) {
      const { bids, asks } = await depthOf(market);
      expect(Math.min(bids, asks), `${symbol} depth`).toBeGreaterThan(IMPACT_USD);
    }
  });

  it('quote all other markets when one fails again and again', async () => {
    const { markets } = exchange.venue.genesis;
    const failing = markets[0]?.symbol ?? '';
    exchange.disturb = (call, symbol) => {
      if (call === 'cancelAll' && symbol === failing) throw new Outage('no answer');
    };
    await live(15);
    for (const [market, { symbol }] of markets.entries()) {
      const { bids, asks } = await depthOf(market);
      if (symbol === failing) expect(bids + asks).toBeLessThan(IMPACT_USD);
      else expect(Math.min(bids, asks), `${symbol} depth`).toBeGreaterThan(IMPACT_USD);
    }
  });

  it('trade, borrow and keep within their budget for a quarter of an hour, and the books stay deep', async () => {
    const trades = new Map<number, number>();
    exchange.venue.link.follow(({ events }) => {
      for (const { name, fields } of events) if (name === 'fill') trades.set(fields.market, (trades.get(fields.market) ?? 0) + 1);
    });
    await live(900);
    const { link, genesis } = exchange.venue;
    for (const [market, { symbol }] of genesis.markets.entries()) {
      const { bids, asks } = await depthOf(market);
      expect(Math.min(bids, asks), `${symbol} depth`).toBeGreaterThan(IMPACT_USD);
      expect(trades.get(market) ?? 0, `${symbol} trades`).toBeGreaterThan(5);
    }
    const pools = await link.ask('pools', {});
    const used = pools.filter(({ utilization }) => utilization > 0.15 && utilization < 0.7);
    expect(used.length, `utilisations ${pools.map(({ utilization }) => utilization)}`).toBeGreaterThanOrEqual(3);
    expect(accepted / 900).toBeLessThan(30);
    expect(await link.ask('audit', {})).toEqual([]);
    expect(reports.slice(0, 20)).toEqual([]);
  });

  it('find their accounts again and clear what they left when they start anew', async () => {
    await live(12);
    const open = async (): Promise<number> => (await exchange.venue.link.ask('status', { withHash: false })).openOrders;
    const before = await open();
    for (const bot of bots) bot.stop();
    const connect = exchange.connect.bind(exchange);
    bots = await createBots({ seed: SEED, speed: 1, connect, report: (message) => reports.push(message), nowMs: () => seconds * 1000 });
    await live(12);
    expect(await open()).toBeLessThan(before * 1.3);
  });
});
