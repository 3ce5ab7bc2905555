import type { PriceSource, Quote, QuoteSink } from '@mochila/ports';
import { describePriceSource } from '@mochila/ports/conformance';
import { describe, expect, it } from 'vitest';
import { ExchangePrices } from './exchange-prices.ts';
import { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';
import type { LiveSource } from './live-source.ts';
import { framesOf, saidPrice } from './testing/make-frame.ts';
import { StreamServer, until } from './testing/stream-server.ts';

const SYMBOLS: Readonly<Record<ExchangeName, readonly [btc: string, usdt: string]>> = {
  binance: ['BTCUSDT', '1/USDCUSDT'],
  okx: ['BTC-USDT', '1/USDC-USDT'],
  coinbase: ['BTC-USD', 'USDT-USD'],
  kraken: ['BTC/USD', 'USDT/USD'],
  bybit: ['BTCUSDT', '1/USDCUSDT'],
};
const CLOCK = { nowMicros: () => Date.now() * 1_000, millisUntil: (micros: number) => micros / 1_000 - Date.now() };

/** The world's clock, twenty times as fast where the feed waits for it. */
function hastyClock(): typeof CLOCK {
  return { ...CLOCK, millisUntil: () => 20 };
}

function sourcesOf(exchange: ExchangeName): LiveSource[] {
  const [btc, usdt] = SYMBOLS[exchange];
  return [{ name: exchange, exchange, symbols: { BTC: btc, USDT: usdt } }];
}

/** A source that shows whether it runs and how much it gave. */
class WatchedSource implements PriceSource {
  readonly prices: ExchangePrices;
  isRunning = false;
  given = 0;

  constructor(prices: ExchangePrices) {
    this.prices = prices;
  }

  get isConnected(): boolean {
    return this.prices.figures().every(({ isConnected }) => isConnected);
  }

  async start(sink: QuoteSink): Promise<void> {
    this.isRunning = true;
    await this.prices.start((quotes) => {
      this.given += quotes.length;
      sink(quotes);
    });
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await this.prices.stop();
  }
}

describe.each(EXCHANGE_NAMES)('%s', (exchange) => {
  describePriceSource(`ExchangePrices of ${exchange}`, async () => {
    const server = await StreamServer.listen();
    const prices = new ExchangePrices({ sources: sourcesOf(exchange), endpoints: { [exchange]: server.url }, clock: hastyClock() });
    const source = new WatchedSource(prices);
    const symbols = SYMBOLS[exchange].map((text) => text.replace('1/', ''));
    let seq = 0;
    return {
      source,
      passSecond: async () => {
        seq += 1;
        const frames = symbols.flatMap((symbol) => framesOf(exchange, saidPrice(symbol, 1 + seq / 1_000, seq, Date.now())));
        if (source.isRunning) await until(() => source.isConnected, 'the source is connected');
        const expected = source.given + symbols.length;
        server.say(...frames);
        if (source.isRunning) await until(() => source.given >= expected, 'what was said is given');
        else await new Promise((resolve) => setTimeout(resolve, 50));
      },
      cleanUp: () => server.close(),
    };
  });
});

describe('the sources of one venue', () => {
  it('give each what it said, the ones quoted in the asset turned over, over one connection each', async () => {
    const servers = new Map<ExchangeName, StreamServer>();
    for (const exchange of EXCHANGE_NAMES) servers.set(exchange, await StreamServer.listen());
    const endpoints = Object.fromEntries([...servers].map(([exchange, { url }]) => [exchange, url]));
    const prices = new ExchangePrices({ sources: EXCHANGE_NAMES.flatMap(sourcesOf), endpoints, clock: hastyClock() });
    const latest = new Map<string, Quote>();
    await prices.start((quotes) => {
      for (const quote of quotes) latest.set(`${quote.source} ${quote.asset}`, quote);
    });
    await until(() => prices.figures().every(({ isConnected }) => isConnected), 'all are connected');
    for (const [exchange, server] of servers) {
      const [btc, usdt] = SYMBOLS[exchange].map((text) => text.replace('1/', ''));
      server.say(...framesOf(exchange, saidPrice(btc ?? '', 95_000, 1, Date.now())));
      server.say(...framesOf(exchange, saidPrice(usdt ?? '', 0.9998, 1, Date.now())));
    }
    await until(() => latest.size === 10, 'every source spoke of both');
    await prices.stop();
    expect([...servers.values()].map(({ connections }) => connections)).toEqual([1, 1, 1, 1, 1]);
    for (const exchange of EXCHANGE_NAMES) {
      expect(latest.get(`${exchange} BTC`)).toMatchObject({ bid: 94_999.05, ask: 95_000.95, last: 95_000 });
      const isInverted = SYMBOLS[exchange][1].startsWith('1/');
      const tether = latest.get(`${exchange} USDT`);
      expect(tether?.last).toBeCloseTo(isInverted ? 1 / 0.9998 : 0.9998, 9);
      expect(tether?.bid).toBeLessThan(tether?.ask ?? 0);
    }
    for (const server of servers.values()) await server.close();
  });

  it('reach nothing that has no endpoint', () => {
    expect(() => new ExchangePrices({ sources: sourcesOf('okx'), endpoints: {}, clock: CLOCK })).toThrow('there is no endpoint for okx');
  });

  it('are started once', async () => {
    const server = await StreamServer.listen();
    const prices = new ExchangePrices({ sources: sourcesOf('okx'), endpoints: { okx: server.url }, clock: CLOCK });
    await prices.start(() => undefined);
    await expect(prices.start(() => undefined)).rejects.toThrow('started already');
    await prices.stop();
    await server.close();
  });
});
