import fs from 'node:fs';
import { join } from 'node:path';
import { LinkFault } from '@mochila/ports';
import { commands, type Outcome, rejects } from '@mochila/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RingEngineLink, type RingLinkOptions } from '../link/ring-engine-link.ts';
import { recover } from '../recovery/recover.ts';
import { stateHash } from '../recovery/state-hash.ts';
import { openStorage } from '../testing/file-storage.ts';
import { fileStorageTask, makeDirectory, startTestVenue } from '../testing/start-test-venue.ts';
import type { VenueThreads, VenueThreadsOptions } from './start-venue-threads.ts';

const NO_ENVELOPE = new Uint8Array(0);
const WAIT_MS = 45_000;
const Behaviour = { Works: 0, Full: 1, Fails: 2 } as const;

let directory: ReturnType<typeof makeDirectory>;
let behaviour: Int32Array<SharedArrayBuffer>;
let started: VenueThreads[];

beforeEach(() => {
  directory = makeDirectory();
  behaviour = new Int32Array(new SharedArrayBuffer(4));
  started = [];
});

afterEach(async () => {
  for (const venue of started) await venue.stop();
  directory.remove();
});

const settings = () => ({ directory: directory.path, behaviour: behaviour.buffer, segmentBytes: 20_000 });

async function start(
  options: Partial<VenueThreadsOptions> = {},
  link: RingLinkOptions = {},
): Promise<{ venue: VenueThreads; link: RingEngineLink }> {
  const venue = await startTestVenue(settings(), options);
  started.push(venue);
  return { venue, link: openLink(venue, 0, link) };
}

function openLink(venue: VenueThreads, linkIx: number, options: RingLinkOptions = {}): RingEngineLink {
  const seat = venue.seats[linkIx];
  if (seat === undefined) throw new Error('the venue has no such link');
  return new RingEngineLink(seat, options);
}

function register(link: RingEngineLink, number: number): Promise<Outcome> {
  const publicKey = new Uint8Array(32).fill(1);
  new DataView(publicKey.buffer).setUint32(0, number);
  return link.submit({ name: 'registerUser', fields: { ...commands.registerUser.defaults, isSandbox: 1, publicKey } }, NO_ENVELOPE);
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!isTrue()) {
    if (performance.now() > giveUpAt) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What is answered at once, whatever else the machine does: before this thread turns to anything else. */
function inThisTurn<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const over = new Promise<never>((_, reject) => setImmediate(() => reject(new Error('it was not answered at once'))));
  return Promise.race([answer, over]);
}

/** Replays what is on the disk from genesis. */
function stored(): { hash: string; users: number } {
  const storage = openStorage(fileStorageTask({ directory: directory.path, venueId: 'small-venue' }).settings);
  const journal = storage.createJournal(true);
  const lastSeq = journal.open().nextSeq - 1;
  const { state } = recover({ journal, lastSeq });
  journal.close();
  return { hash: stateHash(state), users: state.identity.users.live };
}

describe('a full disk', () => {
  it('makes the venue refuse at once and lose nothing; with space it goes on', async () => {
    const refusals: string[] = [];
    const { venue, link } = await start({ onRefusing: (error) => refusals.push(error.message) });
    expect((await register(link, 1)).reject).toBeNull();
    const told: number[] = [];
    link.follow((batch) => told.push(batch.seq));
    Atomics.store(behaviour, 0, Behaviour.Full);
    const caught = register(link, 2);
    await until(() => link.status() === 'refusing');
    expect((await inThisTurn(register(link, 3))).reject?.code).toBe(rejects.maintenance.code);
    await expect(inThisTurn(link.ask('status', { withHash: false }))).rejects.toThrow('it is refusing');
    const toldBefore = told.length;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(told.length).toBe(toldBefore);
    expect(refusals[0]).toContain('no space left to write');
    Atomics.store(behaviour, 0, Behaviour.Works);
    expect((await caught).reject).toBeNull();
    await until(() => link.status() === 'running');
    expect((await register(link, 3)).reject).toBeNull();
    const { stateHash: running } = await link.ask('status', { withHash: true });
    expect(running).toMatch(/^[0-9a-f]{64}$/);
    expect((await venue.stop()).core).toMatchObject({ kind: 'stopped', isCutShort: false });
    expect(told).toEqual(told.map((_, i) => (told[0] ?? 0) + i));
  });

  it('can be stopped without space: what was acknowledged is there at the next start', async () => {
    const { venue, link } = await start();
    const done = await register(link, 1);
    Atomics.store(behaviour, 0, Behaviour.Full);
    const caught = register(link, 2);
    await until(() => link.status() === 'refusing');
    expect((await venue.stop()).core).toMatchObject({ kind: 'stopped', isCutShort: true });
    expect((await caught).reject?.code).toBe(rejects.timeout.code);
    Atomics.store(behaviour, 0, Behaviour.Works);
    const again = await start();
    expect(again.venue.start.lastSeq).toBeGreaterThanOrEqual(done.seq);
    expect((await register(again.link, 1)).reject?.code).toBe(rejects.keyExists.code);
    expect((await register(again.link, 2)).reject).toBeNull();
  });
});

describe('a failing disk', () => {
  it('halts the venue, answers nothing that is not durable, and starts again from what is', async () => {
    const { venue, link } = await start();
    await register(link, 1);
    Atomics.store(behaviour, 0, Behaviour.Fails);
    const caught = register(link, 2);
    const end = await venue.ended;
    expect(end.core.kind).toBe('journal-halted');
    expect(end.journal).toMatchObject({ kind: 'halted', error: { name: 'JournalIoFault' } });
    expect((await caught).reject?.code).toBe(rejects.timeout.code);
    expect(link.status()).toBe('halted');
    expect((await register(link, 3)).reject?.code).toBe(rejects.maintenance.code);
    Atomics.store(behaviour, 0, Behaviour.Works);
    const again = await start();
    expect((await register(again.link, 1)).reject?.code).toBe(rejects.keyExists.code);
  });
});

describe('a bug in the engine', () => {
  it('halts the venue; nothing of the command is told or kept, and the venue starts again without it', async () => {
    const { venue, link } = await start();
    const before = await register(link, 1);
    const told: number[] = [];
    link.follow((batch) => told.push(batch.commandCode));
    const slice = { ...commands.settleSlice.defaults, epoch: 77 };
    const poison = link.submit({ name: 'settleSlice', fields: slice }, NO_ENVELOPE);
    const end = await venue.ended;
    expect(end.core).toMatchObject({
      kind: 'halted',
      error: {
        name: 'EngineBug',
        message: expect.stringMatching(/^command \d+, settleSlice, broke a rule of the engine: a slice belongs to an open epoch/),
        stack: expect.stringMatching(/^AssertionError: .*\n(.*\n)* +at applySettleSlice \(file:.*\/packages\/core\/src\/.*\.ts:\d+:\d+\)/),
      },
    });
    expect((await poison).reject?.code).toBe(rejects.timeout.code);
    expect(told).not.toContain(commands.settleSlice.code);
    expect(link.status()).toBe('halted');
    await expect(link.ask('status', { withHash: false })).rejects.toThrow(LinkFault);
    const again = await start();
    expect(again.venue.start.lastSeq).toBeGreaterThanOrEqual(before.seq);
    expect((await register(again.link, 2)).reject).toBeNull();
  });
});

describe('the start of a venue', () => {
  async function liveAndStop(count = 60): Promise<VenueThreads> {
    const { venue, link } = await start();
    await Promise.all(Array.from({ length: count }, (_, i) => register(link, i)));
    await venue.stop();
    return venue;
  }
  const segments = (): string[] =>
    fs
      .readdirSync(join(directory.path, 'journal'))
      .filter((name) => name.endsWith('.journal'))
      .sort()
      .map((name) => join(directory.path, 'journal', name));

  it('finds the state of a clean stop in a snapshot, without replay', async () => {
    await liveAndStop();
    const before = stored();
    const { venue, link } = await start();
    const { isNew, lastSeq, snapshotSeq, replayed, damagedSnapshots } = venue.start;
    expect({ isNew, replayed, damagedSnapshots }).toEqual({ isNew: false, replayed: 0, damagedSnapshots: [] });
    expect(snapshotSeq).toBe(lastSeq);
    expect(before.users).toBeGreaterThan(60);
    expect((await register(link, 5)).reject?.code).toBe(rejects.keyExists.code);
  });

  it('cuts a torn end off and says so', async () => {
    await liveAndStop();
    const before = stored();
    fs.appendFileSync(segments().at(-1) ?? '', Buffer.alloc(77, 3));
    const { venue } = await start();
    expect(venue.tail.report).toMatchObject({ cutBytes: 77, cutFromSeq: venue.start.lastSeq + 1 });
    expect(stored().users).toBe(before.users);
  });

  it('stops at a corrupt middle with the position and the way to recover', async () => {
    await liveAndStop();
    await liveAndStop(120);
    const [file = '', ...later] = segments();
    expect(later.length).toBeGreaterThan(0);
    const bytes = fs.readFileSync(file);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    fs.writeFileSync(file, bytes);
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toMatchObject({ faultName: 'JournalCorrupt' });
    expect(String(failure)).toMatch(/at byte \d+ \(sequence \d+\)/);
    expect(String(failure)).toContain(file);
    expect(String(failure)).toMatch(/copy|backup|restore/i);
  });

  it('refuses the directory of a running venue, and of another one', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ faultName: 'JournalLocked' });
  });

  it('refuses a sandbox that shall be none', async () => {
    const { venue } = await start();
    await venue.stop();
    await expect(start({ genesis: { ...venue.start.genesis, sandbox: false } })).rejects.toThrow('the venue in this journal is a sandbox');
    const again = await start();
    expect(again.venue.start.isNew).toBe(false);
  });
});
