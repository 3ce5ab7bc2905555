/**
 * A venue in a process of its own, under load, that the crash test kills. It works through numbered requests from a
 * given one on, notes the number of each that was acknowledged in a file, and never ends by itself.
 *
 * Even numbers are deposits, unique by the custodian's reference; odd ones are signed transfers, unique by signature.
 */

import { openSync, writeSync } from 'node:fs';
import { smallGenesis } from '@mochila/core';
import type { EngineLink } from '@mochila/ports';
import { type Command, commands, type Outcome, rejects } from '@mochila/protocol';
import { RingEngineLink } from '../link/ring-engine-link.ts';
import { startTestVenue } from './start-test-venue.ts';

/** Requests that are on their way at once. */
const IN_FLIGHT = 64;
const NO_ENVELOPE = new Uint8Array(0);
const WINDOW_MS = 3_600_000;
const TIMEOUT_MS = 120_000;
const USDC = 0;

interface Owner {
  readonly account: number;
  readonly sub: number;
  readonly key: number;
}

const [directory = '', acknowledgements = '', first = '1', signedAt = '0'] = process.argv.slice(2);
const file = openSync(acknowledgements, 'a');
const base = smallGenesis();
const limits = { ...base.limits, replayedSignatures: 1 << 18 };
const genesis = { ...base, limits, createdAtMicros: Date.now() * 1000 };
const venue = await startTestVenue({ directory, segmentBytes: 300_000 }, { genesis, snapshots: { everyCommands: 400, newestCount: 2 } });
const [seat] = venue.seats;
if (seat === undefined) throw new Error('the venue has no link');
// A machine that stands still for long makes no request time out.
const link = new RingEngineLink(seat, { timeoutMs: TIMEOUT_MS });
const owner = await findOwner(link);
let next = Number(first);
await Promise.all(Array.from({ length: IN_FLIGHT }, () => work()));

async function work(): Promise<void> {
  for (;;) {
    const number = next++;
    const outcome = await link.submit(requestOf(number), new Uint8Array(40).fill(number));
    requireOnce(number, outcome);
    writeSync(file, `${number}\n`);
  }
}

// A request that came again was carried out before: that is an acknowledgement too.
function requireOnce(number: number, { reject }: Outcome): void {
  const isRepeated = reject?.code === rejects.duplicateDeposit.code || reject?.code === rejects.replayedSignature.code;
  if (reject !== null && !isRepeated) throw new Error(`request ${number} was refused with ${reject.code}`);
}

function requestOf(number: number): Command {
  const { account, sub, key } = owner;
  if (number % 2 === 0) {
    const reference = new TextEncoder().encode(`crash ${number}`);
    return {
      name: 'creditDeposit',
      fields: { ...commands.creditDeposit.defaults, account, asset: USDC, amountAtoms: 10 + (number % 5), reference },
    };
  }
  const header = { account, key, keyGeneration: 1, signedAtMs: Number(signedAt), windowMs: WINDOW_MS, signHi: 7, signLo: number };
  // The quantity tells the requests apart in the events.
  return { name: 'transfer', fields: { ...commands.transfer.defaults, ...header, toAccount: sub, asset: USDC, quantityAtoms: number } };
}

// The first start registers; a killed one may have come half way.
async function findOwner(through: EngineLink): Promise<Owner> {
  const fields = { ...commands.registerUser.defaults, isSandbox: 1, publicKey: new Uint8Array(32).fill(9) };
  await through.submit({ name: 'registerUser', fields }, NO_ENVELOPE);
  const [known] = await through.ask('allKeys', {});
  if (known === undefined) throw new Error('nobody is registered');
  const { user, key, account } = known;
  const header = { account, key, keyGeneration: known.generation, signedAtMs: Date.now(), windowMs: 60_000, signHi: 8, signLo: Date.now() };
  if ((await through.ask('subaccounts', { user })).length === 1) {
    await through.submit({ name: 'createSubaccount', fields: { ...commands.createSubaccount.defaults, ...header } }, NO_ENVELOPE);
  }
  const sub = (await through.ask('subaccounts', { user })).find((row) => row.account !== account);
  if (sub === undefined) throw new Error('there is no subaccount');
  return { account, sub: sub.account, key };
}
