/** Live prices in a whole venue: three exchanges on this machine, read by the real program, with its makers behind them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExchangeName } from '@mochila/prices-exchanges';
import { framesOf, StreamServer, saidPrice } from '@mochila/prices-exchanges/conformance';
import { type Client, createClient, depth, explainMark, markPrices } from '@mochila/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLive } from '../configuration/default-live.ts';
import { endAll, eventually, newDirectory, PATIENCE_MS, runToFailure, runVenue } from '../testing/venue-run.ts';

const SYMBOL = 'BTC_USDC_PERP';
const EXCHANGES = ['okx', 'kraken', 'bybit'] as const;
const START_PRICE = 95_000;
const SAY_EVERY_MS = 400;

let servers: Map<ExchangeName, StreamServer>;
let usd: number;
let silent: Set<ExchangeName>;
let timer: NodeJS.Timeout;

/** What each exchange has to be asked for, by asset; tether is priced in dollars by two and turned over by the third. */
function symbolsOf(exchange: ExchangeName): Record<string, string> {
  const { sources } = defaultLive();
  return { USDT: '1/USDC-USDT', ...sources[exchange]?.symbols };
}

beforeEach(async () => {
  servers = new Map();
  usd = START_PRICE;
  silent = new Set();
  for (const exchange of EXCHANGES) servers.set(exchange, await StreamServer.listen());
  let seq = 0;
  timer = setInterval(() => {
    seq += 1;
    for (const [exchange, server] of servers) {
      if (silent.has(exchange)) continue;
      for (const [asset, text] of Object.entries(symbolsOf(exchange))) {
        const price = asset === 'BTC' ? usd * (1 + (seq % 3) / 1e5) : asset === 'USDT' ? 1 : 10 + (seq % 3) / 1e4;
        server.say(...framesOf(exchange, saidPrice(text.replace('1/', ''), price, seq, Date.now())));
      }
    }
  }, SAY_EVERY_MS);
});

afterEach(async () => {
  clearInterval(timer);
  await endAll();
  for (const server of servers.values()) await server.close();
});

/** A configuration of three exchanges, all quoting in dollars so that each prices tether too. */
function configurationFile(changes: object = {}): string {
  const sources = EXCHANGES.map((exchange) => [exchange, { exchange, quote: 'USD', weight: 1, symbols: symbolsOf(exchange) }]);
  const gone = ['binance', 'coinbase', 'binance-usdc', 'okx-usdc', 'bybit-usdc'].map((name) => [name, null]);
  const endpoints = Object.fromEntries([...servers].map(([exchange, { url }]) => [exchange, url]));
  const file = join(newDirectory(), 'live.json');
  writeFileSync(file, JSON.stringify({ live: { sources: Object.fromEntries([...sources, ...gone]), endpoints, ...changes } }));
  return file;
}

async function bestOf(client: Client): Promise<{ bid: number; ask: number }> {
  const { bids, asks } = await depth(client, { symbol: SYMBOL });
  return { bid: Math.max(0, ...bids.map(([price]) => Number(price))), ask: Math.min(...asks.map(([price]) => Number(price))) };
}

async function metricOf(url: string, line: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
  return Number(found?.slice(line.length) ?? Number.NaN);
}

describe('a venue with live prices', () => {
  it('follows what the exchanges say, with its makers, tells what it reads, degrades while one too few is heard, and recovers', async () => {
    const flags = ['--prices', 'live', '--config', configurationFile()];
    const venue = await runVenue({ dataDirectory: newDirectory(), flags });
    expect(venue.stdout()).toContain(`kraken, weight 1: 18 symbols in USD from ${servers.get('kraken')?.url}`);
    const client = createClient({ url: venue.url });
    const isNear = (price: number): boolean => price > usd * 0.99 && price < usd * 1.01;
    await eventually(
      PATIENCE_MS,
      () => markPrices(client, { symbol: SYMBOL }),
      ([row]) => isNear(Number(row?.indexPrice ?? 0)),
    );
    const quoted = await eventually(
      PATIENCE_MS,
      () => bestOf(client),
      ({ bid, ask }) => isNear(bid) && isNear(ask),
    );
    expect(quoted.bid).toBeLessThan(quoted.ask);
    usd = START_PRICE * 1.03;
    await eventually(
      PATIENCE_MS,
      () => bestOf(client),
      ({ bid, ask }) => isNear(bid) && isNear(ask),
    );
    const { sources, grade } = await explainMark(client, { symbol: SYMBOL });
    expect(sources.map(({ source }) => source).sort()).toEqual(['bybit', 'kraken', 'okx']);
    expect(grade).toBe('Good');
    expect(await metricOf(venue.url, 'mochila_prices_connected{exchange="kraken"}')).toBe(1);
    expect(await metricOf(venue.url, 'mochila_prices_taken_total{exchange="kraken"}')).toBeGreaterThan(18);
    silent.add('kraken');
    await eventually(
      PATIENCE_MS,
      () => explainMark(client, { symbol: SYMBOL }),
      (explained) => explained.grade !== 'Good',
    );
    servers.get('kraken')?.cut();
    silent.clear();
    await eventually(
      PATIENCE_MS,
      () => explainMark(client, { symbol: SYMBOL }),
      (explained) => explained.grade === 'Good' && explained.freshSources === 3,
    );
    expect(await metricOf(venue.url, 'mochila_prices_connects_total{exchange="kraken"}')).toBeGreaterThanOrEqual(2);
    expect(await venue.end()).toBe(0);
    expect(venue.stderr()).not.toMatch(/"level":"(error|fatal)"/);
  });

  it('begins only when every asset has sources enough, and is not gone on with by another source of prices', async () => {
    const gone = ['binance', 'coinbase', 'kraken', 'bybit', 'binance-usdc', 'bybit-usdc'].map((name) => [name, null]);
    const config = configurationFile({ sources: Object.fromEntries(gone) });
    const few = await runToFailure({ dataDirectory: newDirectory(), flags: ['--no-makers', '--prices', 'live', '--config', config] });
    expect(few).toMatchObject({ code: 1, stdout: '' });
    expect(few.stderr).toMatch(
      /^Mochila did not start: USDT has 1 of the 3 .* \(okx-usdc\); BTC has 1 of the 3 live sources that it needs \(okx\)/,
    );
    const dataDirectory = newDirectory();
    const first = await runVenue({ dataDirectory, flags: ['--no-makers'] });
    expect(await first.end()).toBe(0);
    const other = await runToFailure({ dataDirectory, flags: ['--no-makers', '--prices', 'live', '--config', configurationFile()] });
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/this venue was begun with other sources: begin one with --prices live in another directory/);
  });

  it('never leaves this machine in a test', async () => {
    const failed = await runToFailure({ dataDirectory: newDirectory(), flags: ['--no-makers', '--prices', 'live'] });
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(
      /^Mochila did not start: MOCHILA_LOOPBACK_ONLY is set: binance, okx, coinbase, kraken, bybit would be reached/,
    );
  });
});
