import { smallGenesis } from '@mochila/core';
import { type Command, commands, type EventBatch, type Outcome, rejects, Side } from '@mochila/protocol';
import { commandOf, pricesCommand, requireDone } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVenueClock } from '../clock/venue-clock.ts';
import { RingEngineLink } from '../link/ring-engine-link.ts';
import { replayEvents } from '../recovery/replay-events.ts';
import type { SnapshotThreadMessage } from '../snapshot-thread/snapshot-messages.ts';
import { openStorage } from '../testing/file-storage.ts';
import { fileStorageTask, makeDirectory, startTestVenue } from '../testing/start-test-venue.ts';
import type { VenueThreads, VenueThreadsOptions } from './start-venue-threads.ts';

const NO_ENVELOPE = new Uint8Array(0);
const WAIT_MS = 45_000;

let directory: ReturnType<typeof makeDirectory>;
let started: VenueThreads[];

beforeEach(() => {
  directory = makeDirectory();
  started = [];
});

afterEach(async () => {
  for (const venue of started) await venue.stop();
  directory.remove();
});

async function start(options: Partial<VenueThreadsOptions> = {}): Promise<{ venue: VenueThreads; link: RingEngineLink }> {
  const venue = await startTestVenue({ directory: directory.path }, options);
  started.push(venue);
  return { venue, link: openLink(venue, 0) };
}

function openLink(venue: VenueThreads, linkIx: number): RingEngineLink {
  const seat = venue.seats[linkIx];
  if (seat === undefined) throw new Error('the venue has no such link');
  return new RingEngineLink(seat);
}

async function register(link: RingEngineLink): Promise<{ account: number; key: number; keyGeneration: number }> {
  const publicKey = new Uint8Array(32).fill(1);
  const outcome = await link.submit(commandOf('registerUser', { isSandbox: 1, publicKey }), NO_ENVELOPE);
  const [, account = -1, key = -1, keyGeneration = -1] = requireDone(outcome).result;
  return { account, key, keyGeneration };
}

function deposit(account: number, number: number): Command {
  return commandOf('creditDeposit', { account, asset: 0, amountAtoms: 1 + number, reference: new TextEncoder().encode(`load ${number}`) });
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!isTrue()) {
    if (performance.now() > giveUpAt) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function letterOf(commandCode: number): string {
  if (commandCode === commands.settleSlice.code) return 'S';
  return commandCode === commands.creditDeposit.code ? 'D' : 'T';
}

function requireGapless(seqs: readonly number[]): void {
  expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
}

describe('a venue under load', () => {
  it('answers busy at once when a ring is full, and carries out exactly what it took', async () => {
    const { link } = await start({ sizes: { inputBytes: 4096 } });
    const { account } = await register(link);
    const outcomes = await Promise.all(Array.from({ length: 3000 }, (_, i) => link.submit(deposit(account, i), NO_ENVELOPE)));
    const busy = outcomes.filter((outcome) => outcome.reject?.code === rejects.busy.code);
    const done = outcomes.filter((outcome) => outcome.reject === null);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.every((outcome) => outcome.seq === 0)).toBe(true);
    expect(busy.length + done.length).toBe(3000);
    const again = await Promise.all(outcomes.slice(0, 5).map((_, i) => link.submit(deposit(account, i), NO_ENVELOPE)));
    for (const [i, outcome] of again.entries()) {
      expect(outcome.reject?.code).toBe(outcomes[i]?.reject === null ? rejects.duplicateDeposit.code : undefined);
    }
  });

  it('goes on trading while a settlement runs, a slice at a time', async () => {
    const base = smallGenesis();
    const genesis = {
      ...base,
      createdAtMicros: Date.now() * 1000,
      settleEverySeconds: 1,
      limits: { ...base.limits, settleSliceAccounts: 1 },
    };
    const { link } = await start({ genesis });
    const { account } = await register(link);
    const batches: EventBatch[] = [];
    link.follow((batch) => batches.push(batch));
    const codes = (): number[] => batches.map((batch) => batch.commandCode);
    let number = 0;
    const isSettledUnderLoad = (): boolean => /S+D[DT]*S/.test(codes().map(letterOf).join(''));
    const giveUpAt = performance.now() + WAIT_MS;
    while (!isSettledUnderLoad() && performance.now() < giveUpAt) {
      await Promise.all(Array.from({ length: 300 }, () => link.submit(deposit(account, number++), NO_ENVELOPE)));
    }
    expect(isSettledUnderLoad()).toBe(true);
    const opened = batches.flatMap((batch) => batch.events).filter((event) => event.name === 'epochOpened').length;
    expect(opened).toBeGreaterThan(0);
  });

  it('waits for a link that reads slowly, and loses nothing', async () => {
    const { venue, link } = await start({ sizes: { outputBytes: 1 << 15 } });
    const seqs: number[] = [];
    link.follow((batch) => {
      seqs.push(batch.seq);
      // A slow reader.
      if (batch.seq % 100 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    });
    const { account } = await register(link);
    const outcomes = await Promise.all(Array.from({ length: 1500 }, (_, i) => link.submit(deposit(account, i), NO_ENVELOPE)));
    expect(outcomes.every((outcome) => outcome.reject === null)).toBe(true);
    requireGapless(seqs);
    expect(venue.control.figures().batchesLost).toBe(0);
  });

  it('passes a batch that is larger than a record of a ring in parts', async () => {
    const { venue, link } = await start({ sizes: { outputBytes: 1 << 15 } });
    const owner = await register(link);
    const clock = createVenueClock(venue.clock);
    const usd = new Map([
      ['BTC', 60_000],
      ['ETH', 3000],
      ['SOL', 150],
    ]);
    const batches: EventBatch[] = [];
    link.follow((batch) => batches.push(batch));
    let signed = 0;
    const header = () => ({ ...owner, signedAtMs: clock.nowMicros() / 1000, windowMs: 60_000, signHi: 1, signLo: ++signed });
    const say = (): Promise<Outcome> => link.submit(pricesCommand(venue.start.genesis, usd, clock.nowMicros()), NO_ENVELOPE);
    await say();
    await until(() =>
      batches.some((batch) => batch.commandCode === commands.tick.code && batch.events.some((event) => event.name === 'markUpdated')),
    );
    await say();
    const order = { market: 4, side: Side.Bid, priceTicks: 590_000, quantityLots: 1 };
    const placed = await Promise.all(
      Array.from({ length: 150 }, (_, i) =>
        link.submit(commandOf('placeOrder', { ...header(), ...order, priceTicks: 590_000 - i }), NO_ENVELOPE),
      ),
    );
    for (const outcome of placed) requireDone(outcome);
    const cancelled = requireDone(await link.submit(commandOf('cancelAllOrders', { ...header(), market: 4 }), NO_ENVELOPE));
    await until(() => batches.at(-1)?.seq === cancelled.seq || batches.some((batch) => batch.seq === cancelled.seq));
    const batch = batches.find(({ seq }) => seq === cancelled.seq);
    expect(batch?.events.filter((event) => event.name === 'orderCancelled')).toHaveLength(150);
    requireGapless(batches.map(({ seq }) => seq));
  });

  it('never waits for a lossy follower, which can mend its gaps from the journal', async () => {
    const { venue, link } = await start({ links: [{ isLossy: false }, { isLossy: true }], sizes: { outputBytes: 1 << 15 } });
    const { account } = await register(link);
    const told: EventBatch[] = [];
    link.follow((batch) => told.push(batch));
    for (let i = 0; i < 1500; i += 100) {
      const some = Array.from({ length: 100 }, (_, n) => link.submit(deposit(account, i + n), NO_ENVELOPE));
      for (const outcome of await Promise.all(some)) requireDone(outcome);
    }
    expect(venue.control.figures().batchesLost).toBeGreaterThan(0);
    const follower = openLink(venue, 1);
    const received: EventBatch[] = [];
    follower.follow((batch) => received.push(batch));
    await until(() => received.length > 10);
    const last = requireDone(await link.submit(deposit(account, 9999), NO_ENVELOPE)).seq;
    await until(() => received.at(-1)?.seq === last || received.some(({ seq }) => seq === last));

    const storage = openStorage(fileStorageTask({ directory: directory.path, venueId: 'small-venue' }).settings);
    const journal = storage.createJournal(true);
    const lastSeq = journal.open().nextSeq - 1;
    const mended: EventBatch[] = [];
    for (const batch of received) {
      const from = (mended.at(-1)?.seq ?? 0) + 1;
      if (batch.seq > from) replayEvents({ journal, lastSeq }, from, batch.seq - 1, (missed) => mended.push(missed));
      mended.push(batch);
    }
    journal.close();
    requireGapless(mended.map(({ seq }) => seq));
    expect(mended.length - received.length).toBeGreaterThan(100);
    const bySeq = new Map(mended.map((batch) => [batch.seq, batch]));
    for (const batch of told) if (batch.seq <= last) expect(bySeq.get(batch.seq)).toEqual(batch);
    await follower.close();
  });

  it('goes on without a link whose thread died', async () => {
    const { venue, link } = await start({ links: [{ isLossy: false }, { isLossy: false }], sizes: { outputBytes: 1 << 14 } });
    const { account } = await register(link);
    const sent = Array.from({ length: 600 }, (_, i) => link.submit(deposit(account, i), NO_ENVELOPE));
    let done = 0;
    for (const outcome of sent) void outcome.then(() => done++);
    await until(() => done > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(done).toBeLessThan(600);
    venue.abandonLink(1);
    for (const outcome of await Promise.all(sent)) requireDone(outcome);
    expect(() => venue.abandonLink(2)).toThrow(RangeError);
  });

  it('answers links by their own numbers', async () => {
    const { venue, link } = await start({ links: [{ isLossy: false }, { isLossy: false }] });
    const other = openLink(venue, 1);
    const { account } = await register(link);
    const [first, second] = await Promise.all(
      [link, other].map((each, ix) =>
        Promise.all(Array.from({ length: 200 }, (_, i) => each.submit(deposit(account, i * 2 + ix), NO_ENVELOPE))),
      ),
    );
    const seqs = [...(first ?? []), ...(second ?? [])].map((outcome) => requireDone(outcome).seq);
    expect(new Set(seqs).size).toBe(400);
    const answers = await Promise.all([link, other].map((each) => each.ask('holdings', { account })));
    expect(answers[0]).toEqual(answers[1]);
    await other.close();
    expect(other.status()).toBe('stopped');
    requireDone(await link.submit(deposit(account, 1000), NO_ENVELOPE));
  });
});

describe('the snapshots of a running venue', () => {
  it('are taken at their pace while trading goes on, kept for history, and are what the journal gives', async () => {
    const seen: SnapshotThreadMessage[] = [];
    const { venue, link } = await start({ snapshots: { everyCommands: 50, newestCount: 2 }, onSnapshot: (message) => seen.push(message) });
    venue.control.setHistoryCheckpoint(150);
    const { account } = await register(link);
    // On a slow disk a snapshot that is due while another is written is left out: trading goes on until there were enough.
    for (let i = 0; i < 400 || (seen.length <= 3 && i < 100_000); i += 20) {
      const some = Array.from({ length: 20 }, (_, n) => link.submit(deposit(account, i + n), NO_ENVELOPE));
      for (const outcome of await Promise.all(some)) requireDone(outcome);
    }
    await until(() => seen.length > 3);
    await venue.stop();
    expect(seen.every((message) => message.kind === 'stored')).toBe(true);
    const storage = openStorage(fileStorageTask({ directory: directory.path, venueId: 'small-venue' }).settings);
    const seqs = storage
      .createSnapshots()
      .list()
      .map((info) => Number(info.seq));
    expect(seqs).toHaveLength(3);
    expect(seqs[0]).toBe(seen.at(-1)?.seq);
    expect(seqs[2]).toBeLessThanOrEqual(150);
    expect(venue.control.figures()).toMatchObject({ questionsFailed: 0, batchesLost: 0 });
  });
});

describe('a venue at another speed', () => {
  it('lives faster: more than one second of the venue in a real one', async () => {
    const { link } = await start({ speed: 60 });
    const ticks: EventBatch[] = [];
    link.follow((batch) => {
      if (batch.commandCode === commands.tick.code) ticks.push(batch);
    });
    await until(() => ticks.length > 30);
    const seconds = ticks.map((tick) => Math.floor(tick.timeMicros / 1e6));
    expect(seconds).toEqual([...new Set(seconds)].sort((a, b) => a - b));
  });
});
