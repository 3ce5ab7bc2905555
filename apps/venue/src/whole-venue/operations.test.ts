/** What an operator does beside a venue: looks at metrics and logs, rebuilds history, resets. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rowsInSqlite } from '@mochila/history-sql/conformance';
import { createClient, createKeyPair, getBalances, listOpenOrders, markPrices, placeOrder } from '@mochila/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from '../testing/run-program.ts';
import { endAll, eventually, newDirectory, PATIENCE_MS, runVenue, type VenueRun } from '../testing/venue-run.ts';

afterEach(endAll);

const SYMBOL = 'SOL_USDC_PERP';

/** Two users, a trade between them, an order that rests. @returns the secrets */
async function trade(venue: VenueRun): Promise<string[]> {
  const secrets = [createKeyPair().secret, createKeyPair().secret];
  const [maker, taker] = secrets.map((secret) => createClient({ url: venue.url, secret }));
  if (maker === undefined || taker === undefined) throw new Error('there are two users');
  const [row] = await eventually(
    PATIENCE_MS,
    () => markPrices(maker, { symbol: SYMBOL }),
    (rows) => Number(rows[0]?.markPrice ?? 0) > 0,
  );
  const price = Number(row?.markPrice).toFixed(2);
  await placeOrder(maker, { symbol: SYMBOL, side: 'Ask', orderType: 'Limit', price, quantity: '5', postOnly: true });
  await placeOrder(taker, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', price, quantity: '2', timeInForce: 'IOC' });
  expect(await listOpenOrders(maker)).toHaveLength(1);
  return secrets;
}

async function metricsOf({ url }: VenueRun): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

describe('metrics', () => {
  it('show engine, journal, history, orders, accounts and sockets', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory() });
    const before = await metricsOf(venue);
    await trade(venue);
    const after = await eventually(
      PATIENCE_MS,
      () => metricsOf(venue),
      // Engine and history tell their figures at times of their own.
      (metrics) =>
        metrics.get('mochila_open_orders') === 1 &&
        metrics.get('mochila_history_status{state="live"}') === 1 &&
        (metrics.get('mochila_history_rows_total') ?? 0) > 0 &&
        (metrics.get('mochila_history_lag_commands') ?? 100) < 100,
    );
    expect((after.get('mochila_accounts') ?? 0) - (before.get('mochila_accounts') ?? 0)).toBe(2);
    expect(after.get('mochila_engine_seq')).toBeGreaterThan(before.get('mochila_engine_seq') ?? 0);
    expect(after.get('mochila_journal_durable_seq')).toBeGreaterThan(0);
    expect(after.get('mochila_journal_status{state="ok"}')).toBe(1);
    expect(after.get('mochila_engine_status{state="running"}')).toBe(1);
    expect(after.get('mochila_history_rows_total')).toBeGreaterThan(0);
    expect(after.get('mochila_history_lag_commands')).toBeLessThan(100);
    for (const zero of ['mochila_engine_refusals_total{what="busy"}', 'mochila_history_faults_total', 'mochila_ws_connections']) {
      expect(after.get(zero), zero).toBe(0);
    }
    const counted = ['commands', 'system_commands', 'ticks', 'ticks_missed', 'output_waits', 'batches_lost', 'snapshots'];
    for (const name of [...counted, 'clock_backward', 'clock_forward']) expect(after.has(`mochila_engine_${name}_total`), name).toBe(true);
  });
});

describe('the log', () => {
  it('at debug shows every request, and neither keys nor signatures', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--no-makers', '--log-level', 'debug'] });
    const { secret, publicKey } = createKeyPair();
    const signatures: string[] = [];
    const client = createClient({
      url: venue.url,
      secret,
      fetch: (input, init) => {
        signatures.push(new Headers(init?.headers).get('X-Signature') ?? '');
        return fetch(input, init);
      },
    });
    await getBalances(client);
    await fetch(`${venue.url}/api/v1/capital?apiKey=${encodeURIComponent(publicKey)}`, {
      headers: { 'X-API-Key': publicKey, 'X-Signature': 'd3Jvbmc=' },
    });
    const seen = await eventually(
      PATIENCE_MS,
      async () => venue.stderr(),
      (text) => text.split('"route":"/api/v1/capital"').length > 2,
    );
    // Of the last line there may be a part.
    const lines = seen
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'));
    const requests: Record<string, unknown>[] = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(requests.map(({ status }) => status)).toContain(200);
    expect(requests[0]).toMatchObject({ level: 'debug', name: 'gateway', method: 'GET', route: '/api/v1/capital' });
    for (const hidden of [secret, publicKey, encodeURIComponent(publicKey), ...signatures, 'd3Jvbmc=']) {
      expect(hidden).not.toBe('');
      expect(`${venue.stdout()}${seen}`).not.toContain(hidden);
    }
  });
});

describe('history', () => {
  it('is rebuilt from the journal by one command to the same rows, and not while the venue runs', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--no-makers', '--speed', '60'] });
    await trade(venue);
    await eventually(
      PATIENCE_MS,
      () => metricsOf(venue),
      (metrics) => (metrics.get('mochila_history_rows_total') ?? 0) > 100,
    );
    const refused = await runProgram('rebuildHistory', [venue.dataDirectory]);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/A venue runs on this data: stop it first/) });
    expect(await venue.end()).toBe(0);
    const file = join(venue.dataDirectory, 'history.sqlite');
    const live = rowsInSqlite(file);
    expect(Object.values(live).flat().length).toBeGreaterThan(50);
    expect(live['fills']).toHaveLength(2);

    const database = new DatabaseSync(file);
    database.exec('DELETE FROM fills; DELETE FROM candles; UPDATE orders SET side = 1 - side');
    database.close();
    const done = await runProgram('rebuildHistory', [venue.dataDirectory]);
    expect(done).toMatchObject({ status: 0, stdout: expect.stringMatching(/^SQLite holds \d+ rows of \d+ commands again/) });
    expect(rowsInSqlite(file)).toEqual(live);
  });

  it('of no venue is refused in words', async () => {
    const directory = newDirectory();
    expect(await runProgram('rebuildHistory', [directory])).toMatchObject({
      status: 2,
      stderr: `There is no venue in ${directory}: name its data directory, such as .mochila.\n`,
    });
  });
});

describe('reset', () => {
  it('refuses while the venue runs, and empties the directory afterwards', async () => {
    const venue = await runVenue({ dataDirectory: join(newDirectory(), '.') });
    const environment = { MOCHILA_DATA_DIR: venue.dataDirectory };
    const refused = await runProgram('reset', [], environment);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('a venue is running on this data') });
    await venue.end();
    expect(await runProgram('reset', [], environment)).toMatchObject({ status: 0, stdout: expect.stringContaining('Done.') });
    expect(existsSync(venue.dataDirectory)).toBe(false);
  });
});
