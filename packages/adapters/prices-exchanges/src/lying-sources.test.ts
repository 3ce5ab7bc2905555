/** Sources that lie, seen by the engine: five streams on this machine, read as they are in a venue, one command a second. */
import { smallGenesis } from '@mochila/core';
import { PriceGrade } from '@mochila/protocol';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock, TestVenue } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExchangePrices } from './exchange-prices.ts';
import { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';
import { createHandWall, type HandWall } from './testing/hand-wall.ts';
import { framesOf, saidPrice } from './testing/make-frame.ts';
import { StreamServer, until } from './testing/stream-server.ts';

const TRUE_PRICE = 60_000;
const genesis = smallGenesis();
genesis.prices.sources = EXCHANGE_NAMES.map((name) => ({ name, weight: 1, quote: 'USD' }));

let servers: Map<ExchangeName, StreamServer>;
let prices: ExchangePrices;
let venue: TestVenue;
let link: InlineLink;
let wall: HandWall;
let seq: number;

beforeEach(async () => {
  servers = new Map();
  for (const exchange of EXCHANGE_NAMES) servers.set(exchange, await StreamServer.listen());
  const clock = createSimulatedClock(genesis.createdAtMicros);
  wall = createHandWall(genesis.createdAtMicros / 1_000);
  link = createInlineLink({ genesis, clock });
  venue = new TestVenue(link, clock, genesis);
  seq = 0;
  const endpoints = Object.fromEntries([...servers].map(([exchange, { url }]) => [exchange, url]));
  const sources = EXCHANGE_NAMES.map((exchange) => ({ name: exchange, exchange, symbols: { BTC: 'BTC' } }));
  prices = new ExchangePrices({ sources, endpoints, clock, wall });
  await prices.start((quotes) => {
    const rows = quotes.map((quote) => [indexOf(quote.source), venue.asset('BTC'), quote.bid, quote.ask, quote.last, quote.seq]);
    const bytes = new Uint8Array(Float64Array.from(rows.flat()).buffer);
    link.submit({ name: 'prices', fields: { quotes: bytes } }, new Uint8Array(0)).catch((error: unknown) => expect.fail(String(error)));
  });
  await until(() => prices.figures().every(({ isConnected }) => isConnected), 'all are connected');
});

afterEach(async () => {
  await prices.stop();
  link.close();
  for (const server of servers.values()) await server.close();
});

function indexOf(source: string): number {
  return genesis.prices.sources.findIndex(({ name }) => name === source);
}

/** One second: every exchange says the price that it is given, or repeats its last frame under the present time. */
async function second(priceOf: (exchange: ExchangeName) => number | 'repeat' | 'silence'): Promise<void> {
  seq += 1;
  for (const [at, exchange] of EXCHANGE_NAMES.entries()) {
    const said = priceOf(exchange);
    if (said === 'silence') continue;
    const price = said === 'repeat' ? TRUE_PRICE : said;
    const frames = framesOf(exchange, saidPrice('BTC', price, said === 'repeat' ? 1 : seq, wall.nowMs()));
    const before = prices.figures()[at]?.frames ?? 0;
    servers.get(exchange)?.say(...frames);
    await until(() => (prices.figures()[at]?.frames ?? 0) >= before + frames.length, `what ${exchange} said has come`);
  }
  wall.pass(1_000);
  venue.clock.advance(1_000_000);
  await link.runDue();
}

async function seconds(count: number, priceOf: Parameters<typeof second>[0]): Promise<void> {
  for (let at = 0; at < count; at += 1) await second(priceOf);
}

async function index(): Promise<{ index: number; grade: number; freshSources: number }> {
  const { indexPrice, grade, freshSources } = await link.ask('explainMark', { market: venue.market('BTC_USDC_PERP') });
  return { index: indexPrice, grade, freshSources };
}

describe('the index of five exchanges', () => {
  it('is not moved by one that is off by 40 % at once: its jump waits, and then counts for a hundredth of its weight', async () => {
    await seconds(3, () => TRUE_PRICE);
    expect((await index()).index).toBeCloseTo(TRUE_PRICE, 4);
    await seconds(2, (exchange) => (exchange === 'okx' ? TRUE_PRICE * 1.4 : TRUE_PRICE));
    expect((await index()).index).toBeCloseTo(TRUE_PRICE, 4);
    await seconds(5, (exchange) => (exchange === 'okx' ? TRUE_PRICE * 1.4 : TRUE_PRICE));
    expect((await index()).index).toBeCloseTo(TRUE_PRICE * 1.002, 4);
  });

  it('is moved by less than half of a hundredth when two lie together', async () => {
    await seconds(3, () => TRUE_PRICE);
    await seconds(10, (exchange) => (exchange === 'okx' || exchange === 'bybit' ? TRUE_PRICE * 0.6 : TRUE_PRICE));
    const { index: value, grade } = await index();
    expect(value).toBeCloseTo(TRUE_PRICE * 0.996, 4);
    expect(grade).toBe(PriceGrade.Good);
  });

  it('is held to the same by one and by two that drift away slowly, below what is a jump', async () => {
    await seconds(1, () => TRUE_PRICE);
    for (let drift = 1; drift <= 20; drift += 1) {
      await second((exchange) => (exchange === 'okx' || exchange === 'kraken' ? TRUE_PRICE * 0.98 ** drift : TRUE_PRICE));
      const { index: value } = await index();
      expect(value).toBeLessThanOrEqual(TRUE_PRICE * 1.000001);
      expect(value).toBeGreaterThan(TRUE_PRICE * 0.99599);
    }
  });

  it('follows when all of them move', async () => {
    await seconds(2, () => TRUE_PRICE);
    for (let step = 1; step <= 10; step += 1) await second(() => TRUE_PRICE * 0.96 ** step);
    expect((await index()).index).toBeCloseTo(TRUE_PRICE * 0.96 ** 10, 1);
  });

  it('ages what is repeated under a new time: three that do so leave two, and the index holds, degraded and then stale', async () => {
    const isRepeating = (exchange: ExchangeName): boolean => exchange === 'binance' || exchange === 'coinbase' || exchange === 'kraken';
    await second(() => TRUE_PRICE);
    await seconds(8, (exchange) => (isRepeating(exchange) ? 'repeat' : TRUE_PRICE + seq));
    expect(await index()).toMatchObject({ grade: PriceGrade.Good, freshSources: 5 });
    await seconds(3, (exchange) => (isRepeating(exchange) ? 'repeat' : TRUE_PRICE + seq));
    const held = await index();
    expect(held).toMatchObject({ grade: PriceGrade.Degraded, freshSources: 2 });
    await seconds(30, (exchange) => (isRepeating(exchange) ? 'repeat' : TRUE_PRICE * 0.95 + seq));
    expect(await index()).toEqual({ ...held, grade: PriceGrade.Stale });
    const repeated = prices.figures().map(({ refused }) => refused.repeated > 0);
    expect(repeated).toEqual([true, false, true, true, false]);
    await seconds(2, () => TRUE_PRICE + seq);
    expect((await index()).grade).toBe(PriceGrade.Good);
  });

  it.each(EXCHANGE_NAMES)('ages what %s repeats under a new time', async (liar) => {
    await second(() => TRUE_PRICE);
    await seconds(11, (exchange) => (exchange === liar ? 'repeat' : TRUE_PRICE + seq));
    expect(await index()).toMatchObject({ grade: PriceGrade.Good, freshSources: 4 });
    expect(prices.figures().map(({ exchange, refused }) => [exchange, refused.repeated > 0])).toEqual(
      EXCHANGE_NAMES.map((exchange) => [exchange, exchange === liar]),
    );
  });

  it('goes on without two that say zero and less than zero', async () => {
    await seconds(2, () => TRUE_PRICE);
    await seconds(12, (exchange) => (exchange === 'okx' ? 0 : exchange === 'bybit' ? -TRUE_PRICE : TRUE_PRICE + seq));
    expect(await index()).toMatchObject({ grade: PriceGrade.Good, freshSources: 3 });
  });
});
