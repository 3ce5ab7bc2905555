/** Live prices in a whole venue: three exchanges on this machine, read by the real program, with its makers behind them. */
import { type Client, createClient, depth, explainMark, markPrices } from '@mochila/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpokenPrices, writeConfiguration } from '../testing/spoken-prices.ts';
import { endAll, eventually, newDirectory, PATIENCE_MS, runToFailure, runVenue } from '../testing/venue-run.ts';

const SYMBOL = 'BTC_USDC_PERP';
const START_PRICE = 95_000;

let prices: SpokenPrices;
beforeEach(async () => {
  prices = await SpokenPrices.start({ BTC: START_PRICE });
});
afterEach(async (context) => {
  await endAll(context);
  await prices.close();
});

const configurationFile = (changes: object = {}): string => writeConfiguration({ live: prices.live(changes) });

async function bestOf(client: Client): Promise<{ bid: number; ask: number }> {
  const { bids, asks } = await depth(client, { symbol: SYMBOL });
  return { bid: Math.max(0, ...bids.map(([price]) => Number(price))), ask: Math.min(...asks.map(([price]) => Number(price))) };
}

async function metricOf(url: string, line: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
  return Number(found?.slice(line.length) ?? Number.NaN);
}

/** The readers' figures reach the gateway once a second: what the engine has heard may be counted there a moment later. */
async function awaitMetric(url: string, line: string, holds: (value: number) => boolean): Promise<void> {
  await eventually(PATIENCE_MS, () => metricOf(url, line), holds);
}

describe('a venue with live prices', () => {
  it('follows what the exchanges say, with its makers, tells what it reads, degrades while one too few is heard, and recovers', async () => {
    const flags = ['--prices', 'live', '--config', configurationFile()];
    const venue = await runVenue({ dataDirectory: newDirectory(), flags });
    expect(venue.stdout()).toContain(`kraken, weight 1: 18 symbols in USD from ${prices.server('kraken').url}`);
    const client = createClient({ url: venue.url });
    let usd = START_PRICE;
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
    prices.usd.set('BTC', usd);
    await eventually(
      PATIENCE_MS,
      () => bestOf(client),
      ({ bid, ask }) => isNear(bid) && isNear(ask),
    );
    const { sources, grade } = await explainMark(client, { symbol: SYMBOL });
    expect(sources.map(({ source }) => source).sort()).toEqual(['bybit', 'kraken', 'okx']);
    expect(grade).toBe('Good');
    await awaitMetric(venue.url, 'mochila_prices_connected{exchange="kraken"}', (connected) => connected === 1);
    await awaitMetric(venue.url, 'mochila_prices_taken_total{exchange="kraken"}', (taken) => taken > 18);
    prices.silent.add('kraken');
    await eventually(
      PATIENCE_MS,
      () => explainMark(client, { symbol: SYMBOL }),
      (explained) => explained.grade !== 'Good',
    );
    prices.server('kraken').cut();
    prices.silent.clear();
    await eventually(
      PATIENCE_MS,
      () => explainMark(client, { symbol: SYMBOL }),
      (explained) => explained.grade === 'Good' && explained.freshSources === 3,
    );
    await awaitMetric(venue.url, 'mochila_prices_connects_total{exchange="kraken"}', (connects) => connects >= 2);
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
