/** The real program on real files and sockets: how it starts, ends, and finds its data again. */
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createSigner, signRequest } from '@mochila/protocol';
import { createClient, createKeyPair, depth, getBalances, klines, listOpenOrders, markPrices, placeOrder, status } from '@mochila/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { awaitCommands, endAll, eventually, newDirectory, PATIENCE_MS, runToFailure, runVenue } from '../testing/venue-run.ts';

afterEach(endAll);

const SYMBOL = 'SOL_USDC_PERP';

/** Waits until prices have come, so that orders have a price to be judged by. */
async function awaitPrices(url: string): Promise<number> {
  const client = createClient({ url });
  const [row] = await eventually(
    PATIENCE_MS,
    () => markPrices(client, { symbol: SYMBOL }),
    (rows) => Number(rows[0]?.markPrice ?? 0) > 0,
  );
  return Number(row?.markPrice);
}

async function placeResting(url: string, secret: string, quantity: string): Promise<string> {
  const price = ((await awaitPrices(url)) * 0.98).toFixed(2);
  const client = createClient({ url, secret });
  const { id } = await placeOrder(client, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', price, quantity, postOnly: true });
  return id;
}

describe('a venue', () => {
  it('starts within seconds, says what runs where, answers the first request it names, and stops at SIGINT', async () => {
    const startedMs = performance.now();
    const venue = await runVenue({ dataDirectory: newDirectory() });
    expect(performance.now() - startedMs).toBeLessThan(PATIENCE_MS);
    expect(venue.stdout()).toContain(`curl -s "${venue.url}/api/v1/depth?symbol=${SYMBOL}&limit=5"`);
    const response = await fetch(`${venue.url}/api/v1/depth?symbol=${SYMBOL}&limit=5`);
    expect(response.status).toBe(200);
    expect(await status(createClient({ url: venue.url }))).toMatchObject({ status: 'Ok', message: expect.stringContaining('Sandbox') });
    expect(await venue.end('SIGINT')).toBe(0);
    expect(venue.stdout()).toContain('Stopped.');
    expect(venue.stderr()).not.toContain('"level"');
    expect(readdirSync(join(venue.dataDirectory, 'journal'))).not.toContain('journal.lock');
    expect(readdirSync(venue.dataDirectory)).not.toContain('operator.sock');
  });

  it('finds balances, orders and candles again, stopped by SIGTERM', async () => {
    const dataDirectory = newDirectory();
    const first = await runVenue({ dataDirectory });
    const { secret } = createKeyPair();
    const orderId = await placeResting(first.url, secret, '3');
    const before = await getBalances(createClient({ url: first.url, secret }));
    expect(before['USDC']).toMatchObject({ available: expect.stringMatching(/^\d/) });
    const sinceSeconds = Math.floor(Date.now() / 1000) - 120;
    const candlesOf = (url: string) =>
      klines(createClient({ url }), { symbol: SYMBOL, interval: '1m', startTime: sinceSeconds, priceType: 'Index' });
    const candles = await eventually(
      PATIENCE_MS,
      () => candlesOf(first.url),
      (rows) => rows.some(({ open }) => Number(open) > 0),
    );
    const firstCandle = candles.find(({ open }) => Number(open) > 0);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await runVenue({ dataDirectory });
    expect(second.stdout()).toContain('the venue as it was');
    const client = createClient({ url: second.url, secret });
    expect(await getBalances(client)).toEqual(before);
    expect((await listOpenOrders(client)).map(({ id }) => id)).toEqual([orderId]);
    expect((await depth(client, { symbol: SYMBOL })).bids).toHaveLength(1);
    const again = await candlesOf(second.url);
    expect(again.find(({ start }) => start === firstCandle?.start)).toMatchObject({ open: firstCandle?.open });
    expect(await second.end()).toBe(0);
  });

  it('goes on at another speed: signed orders are taken at once, and one from before is not taken again', async () => {
    const dataDirectory = newDirectory();
    const fast = await runVenue({ dataDirectory, flags: ['--no-makers', '--speed', '600'] });
    await awaitPrices(fast.url);
    await awaitCommands(fast, 60);
    expect(await fast.end('SIGTERM')).toBe(0);

    const plain = await runVenue({ dataDirectory, flags: ['--no-makers'] });
    expect(plain.stdout()).toMatch(/Clock +\d+ s ahead of this machine's/);
    const { secret } = createKeyPair();
    await placeResting(plain.url, secret, '3');
    const body = { autoLend: false };
    const signed = signRequest(createSigner(secret), { instruction: 'accountUpdate', body, timestampMs: Date.now(), windowMs: 60_000 });
    const init = { method: 'PATCH', body: JSON.stringify(body), headers: { ...signed, 'content-type': 'application/json' } };
    const send = async (url: string): Promise<unknown> => {
      const response = await fetch(`${url}/api/v1/account`, init);
      return [response.status, await response.text()];
    };
    expect(await send(plain.url)).toEqual([200, '']);
    expect(await send(plain.url)).toEqual([400, expect.stringContaining('already received')]);
    expect(await plain.end('SIGTERM')).toBe(0);

    const faster = await runVenue({ dataDirectory, flags: ['--no-makers', '--speed', '60'] });
    expect(await send(faster.url)).toEqual([400, expect.stringContaining('Request has expired')]);
    expect(await faster.end()).toBe(0);
  });

  it('finds its constitution in the journal when the file beside it was lost', async () => {
    const dataDirectory = newDirectory();
    const first = await runVenue({ dataDirectory, flags: ['--no-makers', '--seed', '77'] });
    const { secret } = createKeyPair();
    const orderId = await placeResting(first.url, secret, '3');
    expect(await first.end()).toBe(0);
    const file = join(dataDirectory, 'genesis.json');
    const before: unknown = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    const second = await runVenue({ dataDirectory });
    expect(second.stdout()).toContain('the venue as it was');
    expect((await listOpenOrders(createClient({ url: second.url, secret }))).map(({ id }) => id)).toEqual([orderId]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(before);
    expect(await second.end()).toBe(0);
  });

  it('keeps what it acknowledged when it is killed in the middle of work', async () => {
    const dataDirectory = newDirectory();
    const first = await runVenue({ dataDirectory });
    const { secret } = createKeyPair();
    const acknowledged = [await placeResting(first.url, secret, '1')];
    const client = createClient({ url: first.url, secret, retries: 0 });
    const price = ((await awaitPrices(first.url)) * 0.97).toFixed(2);
    const enough = Promise.withResolvers<void>();
    const place = async (): Promise<void> => {
      const { id } = await placeOrder(client, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', price, quantity: '0.5', postOnly: true });
      if (acknowledged.push(id) > 60) enough.resolve();
    };
    const load = Array.from({ length: 8 }, async () => {
      for (let at = 0; at < 50; at++) await place();
    });
    const settled = Promise.allSettled(load);
    // Killed at once: a moment later all of it might be done. When all of it fails, that is over too.
    await Promise.race([enough.promise, settled]);
    await first.end('SIGKILL');
    const results = await settled;
    expect(acknowledged.length).toBeGreaterThan(60);
    expect(results.some(({ status: how }) => how === 'rejected')).toBe(true);

    const second = await runVenue({ dataDirectory });
    const open = new Set((await listOpenOrders(createClient({ url: second.url, secret }))).map(({ id }) => id));
    expect(acknowledged.filter((id) => !open.has(id))).toEqual([]);
    // Eight were on their way at most: whatever is there beside the acknowledged is one of them, once.
    expect(open.size - acknowledged.length).toBeLessThanOrEqual(8);
  });

  it('takes port and directory from the environment', async () => {
    const dataDirectory = newDirectory();
    const chosen = join(dataDirectory, 'chosen');
    const venue = await runVenue({ dataDirectory, environment: { PORT: '0', MOCHILA_DATA_DIR: chosen } });
    expect(readdirSync(chosen)).toContain('genesis.json');
    expect(venue.stdout()).toContain(`MOCHILA_DATA_DIR=${chosen} npm run reset`);
    await venue.end();
  });
});

describe('a start that cannot be', () => {
  it('says that the port is in use, and leaves nothing running and nothing behind', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const dataDirectory = newDirectory();
    const failed = await runToFailure({ dataDirectory, environment: { PORT: port } });
    taken.close();
    expect(readdirSync(dataDirectory)).toEqual([]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(
      `Mochila did not start: port ${port} of 127.0.0.1 is in use by another program: choose another with --port or PORT`,
    );
  });

  it('names the process that uses the data directory, which goes on', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory() });
    const failed = await runToFailure({ dataDirectory: venue.dataDirectory });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`the journal is in use by process ${venue.pid} `);
    expect(failed.stderr).toContain('stop that process first, or use another data directory');
    expect((await fetch(`${venue.url}/ready`)).status).toBe(200);
  });

  it('says where the journal is corrupt and how to recover', async () => {
    const dataDirectory = newDirectory();
    const venue = await runVenue({ dataDirectory, flags: ['--no-makers', '--speed', '60'] });
    await awaitCommands(venue, 100);
    await venue.end();
    const folder = join(dataDirectory, 'journal');
    const [segment = ''] = readdirSync(folder);
    const file = join(folder, segment);
    const bytes = readFileSync(file);
    const at = Math.floor(statSync(file).size / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    chmodSync(file, 0o600);
    writeFileSync(file, bytes);
    const failed = await runToFailure({ dataDirectory });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/journal is corrupt in \S+ at byte \d+ \(sequence \d+\): .+\. .+/);
    expect(failed.stderr).toContain(segment);
  });

  it('refuses flags in words, with code 2', async () => {
    const failed = await runToFailure({ dataDirectory: newDirectory(), flags: ['--speed', 'fast'] });
    expect(failed).toEqual({ code: 2, stdout: '', stderr: '--speed is a number from 0.01 to 3600, not "fast"\n' });
  });
});
