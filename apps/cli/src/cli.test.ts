import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, createKeyPair, createMarketScale, market, markPrices, placeOrder } from '@mochila/sdk';
import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../bin/mochila.mjs', import.meta.url));
const LIMIT_MS = 60_000;
const SYMBOL = 'SOL_USDC_PERP';

type End = { readonly code: number | null; readonly out: string; readonly err: string };

let venue: VenueProcess;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mochila-cli-'));
  venue = await startVenueProcess();
  await offer();
}, 90_000);
afterAll(async () => {
  await venue?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody to trade with: the book has one ask. */
async function offer(): Promise<void> {
  const maker = createClient({ url: venue.url, secret: createKeyPair().secret });
  const { ticksOf, priceOf } = createMarketScale(await market(maker, { symbol: SYMBOL }));
  const { markPrice } = await waitFor(async () => (await markPrices(maker, { symbol: SYMBOL }))[0]);
  const price = priceOf(ticksOf(markPrice) * 1.002);
  await placeOrder(maker, { symbol: SYMBOL, side: 'Ask', orderType: 'Limit', price, quantity: '50' });
}

async function waitFor<Value>(read: () => Promise<Value | undefined>): Promise<Value> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come within a minute');
}

/** Runs the CLI as its users do. */
function mochila(
  args: readonly string[],
  { input = {}, url = venue.url }: { input?: Record<string, string>; url?: string } = {},
): Promise<End> {
  const { MOCHILA_KEY: _key, MOCHILA_KEYS: _keys, MOCHILA_DATA_DIR: _data, ...environment } = process.env;
  const env = { ...environment, XDG_CONFIG_HOME: folder, MOCHILA_URL: url, ...input };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LAUNCHER, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString('utf8');
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err });
    });
  });
}

async function done(...args: string[]): Promise<string> {
  const end = await mochila(args);
  expect(end).toMatchObject({ code: 0 });
  return end.out;
}

describe('mochila', () => {
  it('explains itself, each command with its flags', async () => {
    expect(await done('--help')).toContain('mochila keys new');
    expect(await done('order', 'buy', '--help')).toMatch(/--post-only[\s\S]*Examples:/);
  });

  it('tells whether a venue works', async () => {
    expect(await done('status')).toMatch(/status +Ok/);
    expect(JSON.parse(await done('status', '--json'))).toMatchObject({ status: 'Ok', url: venue.url });
  });

  it('makes a key that only its owner can read, and never replaces it', async () => {
    expect(await done('keys', 'new')).toContain('made the key "default"');
    expect(statSync(join(folder, 'mochila', 'keys.json')).mode & 0o777).toBe(0o600);
    expect(await mochila(['keys', 'new'])).toMatchObject({ code: 1, err: expect.stringContaining('already') });
    expect(JSON.parse(await done('keys', 'list', '--json'))).toMatchObject([{ name: 'default', isChosen: true }]);
    expect(await done('keys', 'list')).not.toContain('secret');
  });

  it('shows a book once where there is no terminal', async () => {
    expect(await done('book', 'sol-usdc-perp', '--levels', '3')).toMatch(/SOL_USDC_PERP[\s\S]*50 {2}█/);
  });

  it('explains a mark, source by source and layer by layer', async () => {
    expect(await done('mark', 'sol-usdc-perp')).toMatch(
      /SOL_USDC_PERP +mark [\d.]+ +good[\s\S]*aurora \(USD\)[\s\S]*1 premium[\s\S]*3 step/,
    );
    expect(await done('mark', 'MSOL_USDC')).toMatch(/index +[\d.]+ +1\.3 SOL at/);
    expect(JSON.parse(await done('mark', SYMBOL, '--json'))).toMatchObject({ symbol: SYMBOL, freshSourcesMin: 3, rule: 'Stepped' });
  });

  it('trades from one end to the other', async () => {
    expect(await done('balances')).toMatch(/USDC +100000/);
    expect(await done('order', 'buy', '0.5', SYMBOL, '--market')).toMatch(/buy +Market.*0\.5.*Filled/);
    const placed = JSON.parse(await done('order', 'buy', '1', SYMBOL, '--limit', '140', '--post-only', '--json'));
    expect(placed).toMatchObject({ status: 'New', postOnly: true });
    expect(await done('order', 'list')).toContain(placed.id);
    expect(await done('order', 'cancel', placed.id)).toContain('Cancelled');
    await done('order', 'sell', '0.5', SYMBOL, '--market', '--stop', '100', '--reduce-only');
    expect(await done('order', 'cancel-all', '--everywhere')).toMatch(/at 100[\s\S]*Cancelled/);
    expect(await done('positions')).toMatch(/SOL_USDC_PERP +0\.5/);
    expect(await done('account')).toMatch(/equity +\d/);
  });

  it('lends, and says what does not fit', async () => {
    expect(await mochila(['lend', '1000', 'SOL'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/You have 500\S* SOL lent already/),
    });
    expect(await done('redeem', '100', 'SOL')).toContain('redeemed 100 SOL');
    expect(await mochila(['repay', '1', 'SOL'])).toMatchObject({ code: 1, err: expect.stringContaining('nothing to repay') });
    expect(await done('pools')).toMatch(/USDC .*%/);
  });

  it('moves money', async () => {
    expect(await done('faucet', '1000', 'USDC')).toContain('received 1000 USDC');
    expect(await done('subaccounts', 'create')).toContain('account 1');
    expect(await done('transfer', '5', 'USDC', '--to', '1')).toContain('moved 5 USDC from account 0 to account 1');
    expect(await done('withdraw', '10', 'USDC', 'somewhere', '--chain', 'solana')).toMatch(/status +pending/);
    expect(await mochila(['withdraw', '10', 'USDC', 'somewhere'])).toMatchObject({ code: 2, err: expect.stringContaining('--chain') });
  });

  it('offers a backstop, and ends it with notice', async () => {
    const limits = ['--capital', '2000', '--notional', '6000', '--minute', '2000', '--hour', '6000'];
    expect(await done('backstop', 'offer', SYMBOL, ...limits)).toMatch(/SOL_USDC_PERP +2000 +0 of 6000 +0 of 2000 +0 of 6000 +2000 +-/);
    expect(await done('backstop', 'end', SYMBOL)).toMatch(/SOL_USDC_PERP +2000 .* ends at \d\d:\d\d:\d\d UTC/);
    expect(JSON.parse(await done('backstop', 'own', '--json'))).toMatchObject([{ symbol: SYMBOL, notice: { capital: '0' } }]);
    expect(await done('backstop', 'list')).toMatch(/SOL_USDC_PERP +1 +2000 +6000 +2000/);
    expect(await done('notes', 'list')).toContain('No debt notes.');
    expect(await mochila(['notes', 'repay', '0', '1'])).toMatchObject({ code: 1 });
  });

  it('adds keys and revokes them', async () => {
    expect(await done('keys', 'create', '--name', 'bot', '--permissions', 'read')).toContain('may read');
    expect(await mochila(['order', 'cancel-all', SYMBOL, '--key', 'bot'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('FORBIDDEN'),
    });
    await done('keys', 'revoke', 'bot');
    expect(await mochila(['balances', '--key', 'bot'])).toMatchObject({ code: 1 });
  });

  it('verifies the journal of a venue that runs', async () => {
    const { code, out, err } = await mochila(['journal', 'verify', venue.dataDirectory]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^ok {2}\d+ commands[\s\S]*state {3}[0-9a-f]{64}/) });
    expect(err).toContain('replayed');
    expect(JSON.parse(await done('journal', 'verify', venue.dataDirectory, '--json'))).toMatchObject({ isSound: true });
    expect(await mochila(['journal', 'verify', folder])).toMatchObject({ code: 2, err: expect.stringContaining('no venue') });
  });

  it('lets the operator act on a venue that runs', async () => {
    const data = ['--data', venue.dataDirectory, '--operator', 'ana'];
    expect(await done('operator', 'audit', ...data)).toContain('every invariant holds');
    expect(await done('operator', 'book-state', 'JUP_USDC', 'PostOnly', ...data)).toContain('done');
    expect(JSON.parse(await done('markets', '--json'))).toContainEqual(
      expect.objectContaining({ symbol: 'JUP_USDC', orderBookState: 'PostOnly' }),
    );
    const wrong = await mochila(['operator', 'book-state', 'JUP_USDC', 'Ajar', ...data]);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('Open, PostOnly') });
    expect(await done('keys', 'create-user', '--name', 'first', ...data)).toMatch(/made user \d+ with account \d+/);
    expect(await done('balances', '--key', 'first')).not.toContain('100000');
    expect(await mochila(['operator', 'status', '--data', folder])).toMatchObject({
      code: 3,
      err: expect.stringContaining('No venue runs'),
    });
  });
});

describe('mochila, used wrongly,', () => {
  it.each([
    ['an order without a price', ['order', 'buy', '1', SYMBOL], /--limit PRICE or --market/],
    ['a price for a market order that rests', ['order', 'buy', '1', SYMBOL, '--market', '--post-only'], /never rests/],
    ['a number with a comma', ['order', 'buy', '1,5', SYMBOL, '--market'], /with a point/],
    ['no such command', ['trade'], /unknown command/],
    ['a key that is not there', ['balances', '--key', 'nobody'], /no key "nobody"/],
    ['a name of every object', ['keys', 'use', 'toString'], /no key "toString"/],
    ['neither a key nor its name', ['keys', 'revoke', 'nobody'], /neither a key of this machine/],
    ['a number with too many digits', ['lend', '0.0000000000000000001', 'USDC'], /quantity: "0\.0+1" must have no more than 18 digits/],
    ['a move that is no move', ['stress', 'BTC=30'], /^error: move: "BTC=30" must be an asset and its move, .*\n\(add --help for more\)$/m],
    ['two moves of one asset', ['stress', 'BTC=-5%', 'btc=-9%'], /"btc=-9%" must be the only move of BTC/],
    ['a folder for a receipt', ['receipt', 'verify', '.'], /^error: \.: EISDIR/],
  ])('says what is wrong: %s', async (_what, args, message) => {
    expect(await mochila(args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });

  it('says where it looked for a venue', async () => {
    expect(await mochila(['status'], { url: 'http://127.0.0.1:9' })).toMatchObject({
      code: 3,
      err: expect.stringContaining('127.0.0.1:9'),
    });
  });

  it('answers errors as JSON to scripts', async () => {
    const { code, err } = await mochila(['order', 'buy', '1', 'NOPE_USDC', '--market', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'INVALID_MARKET', message: expect.not.stringContaining('INVALID_MARKET)') } });
    const wrong = await mochila(['lend', '-1', 'USDC', '--json']);
    expect(JSON.parse(wrong.err)).toEqual({ error: { code: 'USAGE', message: expect.stringMatching(/^quantity: "-1" must be/) } });
  });

  it('says that a secret is none, without its text', async () => {
    const { code, err } = await mochila(['balances'], { input: { MOCHILA_KEY: 'hunter2' } });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: The secret must be standard base64/);
    expect(err).not.toContain('hunter2');
  });

  it('will not read secrets that others can read', async () => {
    const path = join(folder, 'open.json');
    writeFileSync(path, '{"chosen":"","keys":{}}');
    chmodSync(path, 0o644);
    expect(await mochila(['balances'], { input: { MOCHILA_KEYS: path } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('chmod 600'),
    });
  });
});
