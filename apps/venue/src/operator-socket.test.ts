import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallGenesis } from '@mochila/core';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operatorAddress } from './operator/operator-address.ts';
import { answerOperator, type OperatorSocket, serveOperatorSocket } from './operator-socket.ts';

const genesis = smallGenesis();
const KEY = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const LIMIT_MS = 30_000;

let link: InlineLink;
let folder: string;
let socket: OperatorSocket | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mochila-operator-'));
  link = createInlineLink({ genesis, clock: createSimulatedClock(genesis.createdAtMicros) });
});
afterEach(async () => {
  await socket?.close();
  socket = undefined;
  link.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (command: string, fields: object = {}, operator = 'ana') =>
  answerOperator(JSON.stringify({ operator, command, fields }), link, genesis);

describe('an operator', () => {
  it('makes a user, once for a key', async () => {
    expect(await ask('registerUser', { publicKey: KEY })).toMatchObject({
      ok: true,
      result: [expect.any(Number), expect.any(Number), expect.any(Number), 1],
    });
    expect(await ask('registerUser', { publicKey: KEY })).toMatchObject({ ok: false });
  });

  it('sets states by name, and the engine has them', async () => {
    expect(await ask('setBookState', { market: 'SOL_USDC_PERP', bookState: 'PostOnly' })).toMatchObject({
      ok: true,
      seq: expect.any(Number),
    });
    const market = genesis.markets.findIndex(({ symbol }) => symbol === 'SOL_USDC_PERP');
    expect((await link.ask('markets', {}))[market]).toMatchObject({ bookState: 1 });
    expect(await ask('setPoolState', { asset: 'USDC', poolState: 'RepayOnly' })).toMatchObject({ ok: true });
  });

  it('credits a deposit once for its reference', async () => {
    const { result } = await ask('registerUser', { publicKey: KEY }).then((answer) => ({ result: answer.ok ? answer.result : [] }));
    const account: unknown = Array.isArray(result) ? result[1] : -1;
    const deposit = { account, asset: 'USDC', quantity: '12.5', reference: 'wire-1' };
    expect(await ask('creditDeposit', deposit)).toMatchObject({ ok: true });
    await ask('creditDeposit', deposit);
    const [usdc] = await link.ask('holdings', { account: Number(account) });
    expect((usdc?.freeAtoms ?? 0) + (usdc?.lentAtoms ?? 0)).toBe(12_500_000);
  });

  it('hears whether every invariant holds', async () => {
    expect(await ask('audit')).toEqual({ ok: true, result: [] });
    const status = await ask('status');
    expect(status).toMatchObject({ ok: true, result: { seq: expect.any(Number) } });
    expect(status).not.toHaveProperty('result.stateHash');
  });

  it.each([
    ['an unknown command', 'dropTables', {}, /setBookState/],
    ['an unknown market', 'setBookState', { market: 'X', bookState: 'Open' }, /SOL_USDC_PERP/],
    ['an unknown state', 'setBookState', { market: 'SOL_USDC_PERP', bookState: 'Ajar' }, /Open, PostOnly/],
    ['a key that is none', 'registerUser', { publicKey: 'abc' }, /base64/],
    ['a negative user', 'setFeeTier', { user: -1, feeTier: 0 }, /0 or more/],
    ['too many decimals', 'creditDeposit', { account: 0, asset: 'USDC', quantity: '0.0000001', reference: 'r' }, /at most 6 digits/],
    ['a listing that is none', 'updateParameters', { listing: 'x' }, /genesis.json/],
    [
      'a listing with another field',
      'updateParameters',
      { listing: { foo: 1 } },
      /break a rule of the configuration.*: .+ is (missing|1): it .+/,
    ],
  ])('is told about %s', async (_what, command, fields, message) => {
    expect(await ask(command, fields)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });

  it('has a name', async () => {
    expect(await ask('audit', {}, '')).toMatchObject({ ok: false, message: expect.stringContaining('operator') });
    expect(await answerOperator('{', link, genesis)).toMatchObject({ ok: false, message: expect.stringContaining('JSON') });
  });
});

describe('the socket', () => {
  const talk = (path: string, line: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const client = connect(path, () => client.write(line));
      client.setTimeout(LIMIT_MS, () => client.destroy(new Error('no answer')));
      client.on('data', (chunk) => {
        resolve(chunk.toString('utf8'));
        client.end();
      });
      client.on('error', reject);
    });

  it('belongs to its owner alone and answers line by line', async () => {
    const path = operatorAddress(folder);
    socket = await serveOperatorSocket(path, link, genesis);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await talk(path, '{"operator":"ana","command":"audit"}\n'))).toEqual({ ok: true, result: [] });
  });

  it('takes the place of one that a killed venue left', async () => {
    const path = operatorAddress(folder);
    await serveOperatorSocket(path, link, genesis);
    socket = await serveOperatorSocket(path, link, genesis);
    expect(JSON.parse(await talk(path, '{"operator":"ana","command":"audit"}\n'))).toMatchObject({ ok: true });
  });

  it('is elsewhere when its path would be too long, and a pipe on Windows', () => {
    expect(Buffer.byteLength(operatorAddress(join(folder, 'x'.repeat(120))))).toBeLessThan(104);
    expect(operatorAddress(folder, 'win32')).toMatch(/^\\\\\.\\pipe\\mochila-/);
  });
});
