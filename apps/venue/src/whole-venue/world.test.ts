/** A sandbox by itself: the same world from the same seed, a faster clock, and reference bots that make it alive. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, decodeRecord, recordCode } from '@mochila/protocol';
import {
  borrowLendMarkets,
  type Client,
  createClient,
  createKeyPair,
  depth,
  fundingRates,
  klines,
  listOpenOrders,
  markets,
  markPrices,
  placeOrder,
  settlements,
  trades,
} from '@mochila/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { openStorage } from '../storage.ts';
import { awaitCommands, endAll, eventually, newDirectory, PATIENCE_MS, runVenue } from '../testing/venue-run.ts';

afterEach(endAll);

const SYMBOL = 'SOL_USDC_PERP';
const MINUTE = 60;

/** What the sources said, as the journal has it: by source, asset and the source's own sequence. */
function quotesOf(dataDirectory: string): Map<string, string> {
  const { venueId }: { venueId: string } = JSON.parse(readFileSync(join(dataDirectory, 'genesis.json'), 'utf8'));
  const journal = openStorage({ directory: dataDirectory, venueId }).createJournal(true);
  journal.open();
  const found = new Map<string, string>();
  for (const { bytes } of journal.read(1)) {
    const record = new Float64Array(Uint8Array.from(bytes).buffer);
    if (recordCode(record, 0) !== commands.prices.code) continue;
    const rows = new Float64Array(Uint8Array.from(decodeRecord(commands.prices, record, 0).quotes).buffer);
    for (let at = 0; at + 6 <= rows.length; at += 6) {
      const [source, asset, bid, ask, last, seq] = rows.subarray(at, at + 6);
      found.set(`${source} ${asset} ${seq}`, `${bid} ${ask} ${last}`);
    }
  }
  journal.close();
  return found;
}

/** Lets the world of a seed go on for minutes. */
async function quotesOfSeed(seed: string): Promise<Map<string, string>> {
  const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--no-makers', '--speed', '60', '--seed', seed] });
  await awaitCommands(venue, 500);
  expect(await venue.end()).toBe(0);
  return quotesOf(venue.dataDirectory);
}

async function indexNow(client: Client): Promise<number> {
  const [row] = await eventually(
    PATIENCE_MS,
    () => markPrices(client, { symbol: SYMBOL }),
    (rows) => Number(rows[0]?.indexPrice ?? 0) > 0,
  );
  return Number(row?.indexPrice);
}

describe('the world', () => {
  it('is the same from the same seed, another from another', async () => {
    const first = await quotesOfSeed('7');
    const again = await quotesOfSeed('7');
    const other = await quotesOfSeed('8');
    const common = [...first.keys()].filter((key) => again.has(key));
    expect(common.length).toBeGreaterThan(200);
    expect(common.filter((key) => first.get(key) !== again.get(key))).toEqual([]);
    const prices = new Set(first.values());
    expect([...again.values()].filter((price) => prices.has(price)).length).toBeGreaterThan(200);
    expect([...other.values()].filter((price) => prices.has(price)).length).toBeLessThan(other.size / 4);
  });

  it('runs faster when told: hours pass with their funding, settlements follow each other, signatures of real time are taken', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--no-makers', '--speed', '600'] });
    const client = createClient({ url: venue.url, secret: createKeyPair().secret });
    const index = await indexNow(client);
    const beganMs = Date.now();
    const order = { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', price: (index * 0.98).toFixed(2), quantity: '1' } as const;
    const { id } = await placeOrder(client, order);
    const [open] = await listOpenOrders(client);
    expect(open?.id).toBe(id);
    // Stamped by the venue's clock, which is ahead of this machine's; requests are signed by this machine's.
    expect(Number(open?.createdAt)).toBeGreaterThan(Date.now());
    await eventually(
      PATIENCE_MS,
      () => fundingRates(client, { symbol: SYMBOL }),
      (rows) => rows.length >= 2,
    );
    const epochs = await settlements(client, { limit: 20 });
    expect(epochs.length).toBeGreaterThan(10);
    const [funded] = await fundingRates(client, { symbol: SYMBOL });
    expect(Date.parse(`${funded?.intervalEndTimestamp}Z`) - beganMs).toBeGreaterThan(3_600_000);
    expect(await venue.end()).toBe(0);
    expect(venue.stderr()).not.toMatch(/"level":"(error|fatal)"/);
  });
});

describe('a sandbox with its bots', () => {
  it('has deep books in all markets soon after its start, trades and moving candles; a bot process that is killed comes back', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: [] });
    const client = createClient({ url: venue.url });
    const symbols = (await markets(client, { marketType: ['SPOT', 'PERP'] })).map(({ symbol }) => symbol);
    expect(symbols.filter((symbol) => symbol.endsWith('_PERP')).length).toBeGreaterThanOrEqual(12);
    // Ten seconds on a machine of its own ; tests share theirs with all the others.
    const shallow = await eventually(
      PATIENCE_MS,
      () => shallowBooks(client, symbols),
      (found) => found.length === 0,
    );
    expect(shallow).toEqual([]);
    const traded = async () =>
      (await Promise.all(['SOL_USDC', SYMBOL, 'BTC_USDC_PERP'].map((symbol) => trades(client, { symbol })))).flat();
    expect((await eventually(PATIENCE_MS, traded, (rows) => rows.length > 0)).length).toBeGreaterThan(0);
    const startTime = Math.floor(Date.now() / 1000) - 5 * MINUTE;
    const candles = await eventually(
      PATIENCE_MS,
      () => klines(client, { symbol: SYMBOL, interval: '1m', startTime, priceType: 'Index' }),
      (rows) => rows.some(({ high, low }) => Number(high) > Number(low)),
    );
    expect(candles.length).toBeGreaterThan(0);

    const [makers] = await eventually(
      PATIENCE_MS,
      async () => childrenOf(venue.pid),
      (found) => found.length === 1,
    );
    if (makers === undefined) throw new Error('the venue has makers');
    process.kill(makers, 'SIGKILL');
    await eventually(
      PATIENCE_MS,
      async () => childrenOf(venue.pid),
      (found) => found.length === 1 && found[0] !== makers,
    );
    expect((await fetch(`${venue.url}/ready`)).status).toBe(200);
    await eventually(
      PATIENCE_MS,
      async () => venue.stderr(),
      (text) => text.includes('the makers ended with SIGKILL; starting again in 500 ms'),
    );
    expect(await venue.end()).toBe(0);
    expect(childrenOf(venue.pid)).toEqual([]);
  }, 300_000);

  it('lends to borrowers and moves funding away from its usual rate', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--speed', '60'] });
    const client = createClient({ url: venue.url });
    const borrowed = await eventually(
      PATIENCE_MS,
      () => borrowLendMarkets(client),
      (rows) => rows.some(({ utilization }) => Number(utilization) > 0),
    );
    expect(borrowed.filter(({ utilization }) => Number(utilization) > 0).length).toBeGreaterThan(0);
    const rates = await eventually(
      PATIENCE_MS,
      () => markPrices(client),
      (rows) => new Set(rows.map(({ fundingRate }) => fundingRate)).size > 2,
    );
    expect(rates.some(({ fundingRate }) => Number(fundingRate) !== 0.000_012_5)).toBe(true);
    expect(await venue.end()).toBe(0);
  }, 240_000);
});

/** Markets with less than three levels on one of their sides. */
async function shallowBooks(client: Client, symbols: readonly string[]): Promise<string[]> {
  const books = await Promise.all(symbols.map(async (symbol) => ({ symbol, book: await depth(client, { symbol }) })));
  return books.filter(({ book }) => book.bids.length < 3 || book.asks.length < 3).map(({ symbol }) => symbol);
}

/** Processes that a process started. */
function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, state]) => Number(parent) === pid && state?.startsWith('Z') !== true)
    .map(([child]) => Number(child));
}
