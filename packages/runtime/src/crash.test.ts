import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { smallGenesis } from '@mochila/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RingEngineLink } from './link/ring-engine-link.ts';
import { replayEvents } from './recovery/replay-events.ts';
import { verifyJournal } from './recovery/verify-journal.ts';
import { openStorage } from './testing/file-storage.ts';
import { makeDirectory, startTestVenue } from './testing/start-test-venue.ts';

const ROUNDS = 24;
const SEED = Number(process.env['MOCHILA_CRASH_SEED'] ?? 4711);
const CHILD = fileURLToPath(new URL('./testing/crash-child.ts', import.meta.url));

let directory: ReturnType<typeof makeDirectory>;
let child: ChildProcess | undefined;

beforeEach(() => {
  directory = makeDirectory();
});

afterEach(() => {
  child?.kill('SIGKILL');
  directory.remove();
});

/** A small generator of numbers from 0 up to 1, so that a failure can be repeated from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Runs the venue from a request on, kills it at some moment, and returns what it acknowledged. */
async function runAndKill(fromNumber: number, signedAtMs: number, random: () => number): Promise<number[]> {
  const file = join(directory.path, 'acknowledged');
  writeFileSync(file, '');
  const venue = spawn(process.execPath, [CHILD, directory.path, file, String(fromNumber), String(signedAtMs)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child = venue;
  const kill = (): boolean => venue.kill('SIGKILL');
  // Some die while they start or recover, most under load.
  const early = random() < 0.2 ? setTimeout(kill, random() * 900) : undefined;
  const bytesMax = Math.floor(random() ** 2 * 8000);
  const watch = setInterval(
    () => {
      // A test that ran out of time has removed it by now.
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > bytesMax) kill();
    },
    1 + random() * 6,
  );
  const [, signal] = await once(venue, 'close');
  clearTimeout(early);
  clearInterval(watch);
  expect(signal, 'the venue ended by itself').toBe('SIGKILL');
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
}

/** How often each request was carried out, by the events of the whole journal. */
function countEffects(): { counts: Map<number, number>; lastSeq: number } {
  const storage = openStorage({ directory: directory.path, venueId: smallGenesis().venueId });
  const journal = storage.createJournal(true);
  const lastSeq = journal.open().nextSeq - 1;
  const counts = new Map<number, number>();
  const count = (number: number): unknown => counts.set(number, (counts.get(number) ?? 0) + 1);
  try {
    replayEvents({ journal, lastSeq }, 1, lastSeq, (batch) => {
      for (const event of batch.events) {
        if (event.name === 'depositCredited' && event.fields.isFaucet === 0)
          count(Number(new TextDecoder().decode(event.fields.reference).slice(6)));
        if (event.name === 'transferred') count(event.fields.quantityAtoms);
      }
    });
  } finally {
    journal.close();
  }
  return { counts, lastSeq };
}

describe('a venue that is killed under load', () => {
  it(`has every acknowledged command exactly once, ${ROUNDS} times (seed ${SEED})`, async () => {
    const random = randomFrom(SEED);
    const signedAtMs = Date.now();
    const acknowledged = new Set<number>();
    let firstUnknown = 1;
    for (let round = 0; round < ROUNDS; round++) {
      for (const number of await runAndKill(firstUnknown, signedAtMs, random)) acknowledged.add(number);
      while (acknowledged.has(firstUnknown)) firstUnknown += 1;
      if (round % 6 === 5) {
        const { counts } = countEffects();
        expect([...acknowledged].filter((number) => counts.get(number) !== 1)).toEqual([]);
        expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
      }
    }
    expect(acknowledged.size).toBeGreaterThan(ROUNDS * 20);

    const venue = await startTestVenue({ directory: directory.path });
    const [seat] = venue.seats;
    if (seat === undefined) throw new Error('the venue has no link');
    const link = new RingEngineLink(seat);
    expect(await link.ask('audit', {})).toEqual([]);
    await link.close();
    expect((await venue.stop()).core).toMatchObject({ kind: 'stopped', isCutShort: false });
    const storage = openStorage({ directory: directory.path, venueId: smallGenesis().venueId });
    const verified = verifyJournal(storage.createJournal(true), storage.createSnapshots());
    // The last snapshot is the state that the running venue had, recovered through all the kills.
    expect(verified.snapshotsChecked.at(-1)).toMatchObject({ seq: verified.commands, isSame: true, replayedHash: verified.stateHash });
    expect(verified.isSound).toBe(true);
  });
});
