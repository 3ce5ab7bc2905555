import { smallGenesis } from '@mochila/core';
import { commands, createSigner, decodeBase64, encodeBase64, PERMISSION_ALL, Permission, signRequest } from '@mochila/protocol';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { EngineKeyDirectory } from './engine-key-directory.ts';
import { judgePermission, type KeyRecord, permissionBits, permissionWords } from './key-directory.ts';
import type { SignedRequest } from './signed-request.ts';
import { verifySignedRequest } from './verify-signed-request.ts';

const genesis = smallGenesis();
const NOW = genesis.createdAtMicros / 1_000;
const signerOf = (seed: number) => createSigner(encodeBase64(new Uint8Array(32).fill(seed)));
const sandbox = { isSandbox: true, isBoundedByAddress: false };

let engine: InlineLink;
let signed = 0;
beforeEach(() => {
  engine = createInlineLink({ genesis, clock: createSimulatedClock(genesis.createdAtMicros) });
});
afterEach(() => engine.close());

function requestOf(seed: number): SignedRequest {
  const headers = signRequest(signerOf(seed), { instruction: 'accountQuery', timestampMs: NOW });
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const request = verifySignedRequest({ instruction: 'accountQuery', headers: lower, rawQuery: '', body: undefined }, NOW);
  if (request instanceof ApiError) throw request;
  return request;
}

async function registered(directory: EngineKeyDirectory, seed: number): Promise<KeyRecord> {
  const record = await directory.register(requestOf(seed), '127.0.0.1');
  if (record instanceof ApiError) throw record;
  return record;
}

const headerOf = (owner: KeyRecord) => {
  signed += 1;
  return { account: owner.account, key: owner.key, keyGeneration: owner.generation, signedAtMs: NOW, windowMs: 60_000, signLo: signed };
};

describe('EngineKeyDirectory', () => {
  it('registers an unknown key of a sandbox once, however often it asks at the same time', async () => {
    const directory = await EngineKeyDirectory.open(engine, sandbox);
    const records = await Promise.all([registered(directory, 1), registered(directory, 1), registered(directory, 1)]);
    expect(new Set(records.map(({ account }) => account)).size).toBe(1);
    expect(directory.find(signerOf(1).apiKey)).toEqual(records[0]);
    expect(records[0]?.permissions).toBe(PERMISSION_ALL);
    expect((await registered(directory, 2)).account).not.toBe(records[0]?.account);
    directory.close();
  });

  it('finds what another gateway registered, and what was there before it opened', async () => {
    const first = await EngineKeyDirectory.open(engine, sandbox);
    const before = await registered(first, 1);
    const second = await EngineKeyDirectory.open(engine, sandbox);
    expect(second.find(signerOf(1).apiKey)).toEqual(before);
    const after = await registered(first, 2);
    expect(second.find(signerOf(2).apiKey)).toEqual(after);
    first.close();
    second.close();
  });

  it('forgets a revoked key, which cannot register again', async () => {
    const directory = await EngineKeyDirectory.open(engine, sandbox);
    const owner = await registered(directory, 1);
    const publicKey = decodeBase64(signerOf(2).apiKey) ?? new Uint8Array(0);
    const create = {
      ...commands.createKey.defaults,
      ...headerOf(owner),
      forAccount: owner.account,
      permissions: Permission.Read,
      publicKey,
    };
    const created = await engine.submit({ name: 'createKey', fields: create }, new Uint8Array(0));
    expect(created.reject).toBeNull();
    expect(directory.find(signerOf(2).apiKey)).toMatchObject({ account: owner.account, permissions: Permission.Read });

    const revoke = { ...commands.revokeKey.defaults, ...headerOf(owner), revokedKey: created.result[0] ?? -1 };
    expect((await engine.submit({ name: 'revokeKey', fields: revoke }, new Uint8Array(0))).reject).toBeNull();
    expect(directory.find(signerOf(2).apiKey)).toBeUndefined();
    expect(await directory.register(requestOf(2), '127.0.0.1')).toMatchObject({ code: 'UNAUTHORIZED' });
    directory.close();
  });

  it('registers nobody where the venue is no sandbox', async () => {
    const directory = await EngineKeyDirectory.open(engine, { isSandbox: false, isBoundedByAddress: false });
    expect(await directory.register(requestOf(1), '127.0.0.1')).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
    directory.close();
  });

  it('lets one address register so many keys a day, and others more', async () => {
    const directory = await EngineKeyDirectory.open(engine, { isSandbox: true, isBoundedByAddress: true });
    const limit = genesis.registrationsPerAddressAndDay;
    for (let seed = 1; seed <= limit; seed += 1) await registered(directory, seed);
    expect(await directory.register(requestOf(limit + 1), '127.0.0.1')).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await directory.register(requestOf(limit + 1), '127.0.0.2')).not.toBeInstanceOf(ApiError);
    directory.close();
  });
});

describe('permissions', () => {
  it('are bits and words of the same meaning', () => {
    expect(permissionWords(PERMISSION_ALL)).toEqual(['read', 'trade', 'withdraw']);
    for (let bits = 0; bits <= PERMISSION_ALL; bits += 1) expect(permissionBits(permissionWords(bits))).toBe(bits);
  });

  it('are judged one by one', () => {
    const record = { key: 1, generation: 1, user: 1, account: 1, permissions: Permission.Trade };
    expect(judgePermission(record, 'trade')).toBeNull();
    expect(judgePermission(record, 'withdraw')).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('may trade; the request needs withdraw'),
    });
  });
});
