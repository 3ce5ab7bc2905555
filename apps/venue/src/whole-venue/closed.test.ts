/** A venue without sandbox: nobody gets in by himself, and nothing turns a sandbox on later. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ApiFault, createClient, createKeyPair, faucet, getBalances, listOpenOrders, status } from '@mochila/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { operatorAddress } from '../operator/operator-address.ts';
import { endAll, newDirectory, runToFailure, runVenue } from '../testing/venue-run.ts';

afterEach(endAll);

const CLOSED = ['--no-makers', '--closed'];
const ANSWER_MS = 60_000;

/** Asks the operator's socket one thing. */
function askOperator(dataDirectory: string, command: string, fields: object): Promise<{ ok: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connect(operatorAddress(dataDirectory), () => socket.write(`${JSON.stringify({ operator: 'ana', command, fields })}\n`));
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error('no answer')));
    socket.on('error', reject);
    socket.once('data', (chunk) => {
      resolve(JSON.parse(chunk.toString('utf8')));
      socket.end();
    });
  });
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const fault = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (fault instanceof ApiFault) return fault.code;
  throw new Error(`expected a refusal, not ${String(fault)}`);
}

describe('a closed venue', () => {
  it('refuses unknown keys and the faucet, gives nothing, and takes keys from its operator', async () => {
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: CLOSED });
    expect(venue.stdout()).not.toContain('sandbox');
    expect((await status(createClient({ url: venue.url }))).message).toBeNull();
    const { publicKey, secret } = createKeyPair();
    const client = createClient({ url: venue.url, secret, retries: 0 });
    expect(await codeOf(getBalances(client))).toBe('UNAUTHORIZED');
    expect(await askOperator(venue.dataDirectory, 'registerUser', { publicKey })).toMatchObject({ ok: true });
    expect(await listOpenOrders(client)).toEqual([]);
    const amounts = Object.values(await getBalances(client)).flatMap(({ available, locked }) => [Number(available), Number(locked)]);
    expect(amounts.filter((amount) => amount !== 0)).toEqual([]);
    expect(await codeOf(faucet(client, { symbol: 'USDC', quantity: '1' }))).toMatch(/FORBIDDEN|RESOURCE_NOT_FOUND|SANDBOX|INVALID/);
  });

  it('stays closed when it is started without the flag, and says so', async () => {
    const dataDirectory = newDirectory();
    await (await runVenue({ dataDirectory, flags: CLOSED })).end();
    const again = await runVenue({ dataDirectory });
    expect(again.stdout()).toContain('this venue was begun with --closed and stays closed');
    expect(await codeOf(getBalances(createClient({ url: again.url, secret: createKeyPair().secret, retries: 0 })))).toBe('UNAUTHORIZED');
    await again.end();

    // Whoever edits the copy of the constitution beside the journal gets no sandbox either.
    const file = join(dataDirectory, 'genesis.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"sandbox": false', '"sandbox": true'));
    const failed = await runToFailure({ dataDirectory });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('the venue in this journal is not a sandbox, and that cannot change');
  });

  it('is not made from a sandbox: the start is refused', async () => {
    const dataDirectory = newDirectory();
    await (await runVenue({ dataDirectory })).end();
    const failed = await runToFailure({ dataDirectory, flags: [...CLOSED, '--host', '0.0.0.0'] });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('is a sandbox, and --closed cannot change that');
  });
});

describe('a sandbox whose account table is full', () => {
  it('refuses the next key in words and goes on for the others', async () => {
    const dataDirectory = newDirectory();
    const file = join(dataDirectory, 'small.json');
    writeFileSync(file, JSON.stringify({ venue: { limits: { accounts: 6, users: 6 } } }));
    const venue = await runVenue({ dataDirectory: join(dataDirectory, '.'), flags: ['--no-makers', '--config', file] });
    const faults: ApiFault[] = [];
    const clients = Array.from({ length: 8 }, () => createClient({ url: venue.url, secret: createKeyPair().secret, retries: 0 }));
    const admitted: typeof clients = [];
    for (const client of clients) {
      try {
        await getBalances(client);
        admitted.push(client);
      } catch (error) {
        if (!(error instanceof ApiFault)) throw error;
        faults.push(error);
      }
    }
    expect(faults.length).toBeGreaterThan(0);
    expect(admitted.length).toBeGreaterThan(0);
    expect(new Set(faults.map(({ code }) => code)).size).toBe(1);
    expect(faults[0]?.message).toMatch(/full|limit|account/i);
    for (const client of admitted) expect(Number((await getBalances(client))['USDC']?.available)).toBeGreaterThan(0);
  });
});
