import fs from 'node:fs';
import { join } from 'node:path';
import { auditState, smallGenesis, writeSnapshot } from '@mochila/core';
import { commands, type EventBatch } from '@mochila/protocol';
import { asSeq } from '@mochila/units';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LivelyVenue, liveForAWhile, livelyStorage, openLivelyVenue } from '../testing/lively-venue.ts';
import { makeDirectory } from '../testing/start-test-venue.ts';
import { recover } from './recover.ts';
import type { ReplayProgress } from './replay.ts';
import { replayEvents } from './replay-events.ts';
import { hashSnapshot, hexOf, stateHash } from './state-hash.ts';
import { verifyJournal } from './verify-journal.ts';

let directory: ReturnType<typeof makeDirectory>;

beforeEach(() => {
  directory = makeDirectory();
});

afterEach(() => directory.remove());

/** Runs a venue, closes it, and returns what its followers saw and its last hash. */
async function live(
  tag: number,
  beforeClose: (lively: LivelyVenue) => void = () => undefined,
): Promise<{ batches: EventBatch[]; hash: string }> {
  const lively = openLivelyVenue(directory.path);
  const batches: EventBatch[] = [];
  lively.link.follow((batch) => batches.push(batch));
  await liveForAWhile(lively, tag);
  beforeClose(lively);
  const hash = lively.link.stateHash();
  lively.link.close();
  return { batches, hash };
}

function keepSnapshot({ link }: LivelyVenue): void {
  const bytes = writeSnapshot(link.state);
  livelyStorage(directory.path)
    .createSnapshots()
    .write({ seq: asSeq(link.state.seq), stateHash: hashSnapshot(bytes), bytes });
}

/** Opens what is stored, read-only, for the time of a call. */
function withStored<T>(act: (stored: Parameters<typeof recover>[0]) => T): T {
  const storage = livelyStorage(directory.path);
  const journal = storage.createJournal(true);
  const lastSeq = journal.open().nextSeq - 1;
  try {
    return act({ journal, snapshots: storage.createSnapshots(), lastSeq });
  } finally {
    journal.close();
  }
}

function verify() {
  const storage = livelyStorage(directory.path);
  return verifyJournal(storage.createJournal(true), storage.createSnapshots());
}

describe('recovery', () => {
  it('gives the same state from genesis and from every snapshot', async () => {
    await live(1, keepSnapshot);
    await live(2, keepSnapshot);
    const { hash } = await live(3);
    withStored((stored) => {
      const seqs = stored.snapshots?.list().map((info) => info.seq) ?? [];
      expect(seqs).toHaveLength(2);
      const newest = recover(stored);
      expect(newest).toMatchObject({ snapshotSeq: seqs[0], damaged: [] });
      const fromGenesis = recover({ ...stored, snapshots: undefined });
      expect(fromGenesis).toMatchObject({ snapshotSeq: 0, replayed: stored.lastSeq });
      expect([stateHash(newest.state), stateHash(fromGenesis.state)]).toEqual([hash, hash]);
      expect(auditState(newest.state)).toEqual([]);
      for (const toSeq of [1, seqs[1] ?? 0, (seqs[1] ?? 0) + 7, seqs[0] ?? 0]) {
        const direct = recover({ ...stored, snapshots: undefined }, { toSeq });
        expect(stateHash(recover(stored, { toSeq }).state)).toBe(stateHash(direct.state));
      }
    });
  });

  it('passes over a snapshot whose hash is not that of its bytes, and over one of another build', async () => {
    await live(1, keepSnapshot);
    const { hash } = await live(2);
    withStored((stored) => {
      const good = stored.snapshots?.readLatest().snapshot;
      if (good === undefined) throw new Error('there is a snapshot');
      stored.snapshots?.write({ ...good, seq: asSeq(good.seq + 1), stateHash: new Uint8Array(32) });
      const foreign = good.bytes.slice(0, good.bytes.length - 3);
      stored.snapshots?.write({ seq: asSeq(good.seq + 2), stateHash: hashSnapshot(foreign), bytes: foreign });
      const recovered = recover(stored);
      expect(recovered.snapshotSeq).toBe(good.seq);
      expect(recovered.damaged.map((damage) => damage.seq)).toEqual([good.seq + 2, good.seq + 1]);
      expect(recovered.damaged[1]?.reason).toContain('not 00000');
      expect(stateHash(recovered.state)).toBe(hash);
    });
  });

  it('refuses a journal that is shorter than a snapshot says', async () => {
    await live(1, keepSnapshot);
    withStored((stored) => {
      expect(() => recover({ ...stored, lastSeq: stored.lastSeq - 1 })).toThrow(/acknowledged are missing.*Put the complete journal back/s);
    });
  });

  it('refuses another venue, and another mark of the sandbox', async () => {
    await live(1);
    withStored((stored) => {
      const genesis = smallGenesis();
      expect(() => recover(stored, { genesis: { ...genesis, venueId: 'other' } })).toThrow('of the venue small-venue, not other');
      expect(() => recover(stored, { genesis: { ...genesis, sandbox: false } })).toThrow('the venue in this journal is a sandbox');
      expect(recover(stored, { genesis: { ...genesis, seed: 99 } }).state.genesis.seed).toBe(1);
    });
  });

  it('tells how far a replay has come', async () => {
    await live(1);
    const seen: ReplayProgress[] = [];
    withStored((stored) => recover(stored, { onProgress: (progress) => seen.push(progress) }));
    const last = seen.at(-1);
    expect(last?.seq).toBe(last?.toSeq);
    expect(last?.commandsPerSecond).toBeGreaterThan(0);
  });

  it('goes on where it stopped, noting the stop', async () => {
    const first = await live(1);
    const second = await live(2);
    expect(second.batches.some((batch) => batch.commandCode === commands.prices.code)).toBe(true);
    withStored((stored) => {
      const records = [...stored.journal.read(1)];
      const codes = records.map((record) =>
        Math.floor((new Float64Array(record.bytes.buffer, record.bytes.byteOffset, 1)[0] ?? 0) / 65536),
      );
      expect(codes.filter((code) => code === commands.genesis.code)).toHaveLength(1);
      expect(codes[first.batches.at(-1)?.seq ?? 0]).toBe(commands.resume.code);
    });
  });
});

describe('the events of a range', () => {
  it('are told again as they were told the first time, from genesis and from snapshots', async () => {
    const first = await live(1, keepSnapshot);
    const second = await live(2);
    const told = new Map([...first.batches, ...second.batches].map((batch) => [batch.seq, batch]));
    withStored((stored) => {
      const ranges = [
        [1, stored.lastSeq],
        [5, 20],
        [(first.batches.at(-1)?.seq ?? 0) + 1, stored.lastSeq],
        [stored.lastSeq, stored.lastSeq],
        [9, 8],
      ] as const;
      for (const [from, to] of ranges) {
        const again: EventBatch[] = [];
        replayEvents(stored, from, to, (batch) => again.push(batch));
        expect(again.map((batch) => batch.seq)).toEqual(Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i));
        for (const batch of again) if (told.has(batch.seq)) expect(batch).toEqual(told.get(batch.seq));
      }
      expect(() => replayEvents(stored, 0, 5, () => undefined)).toThrow('not 0 to 5');
    });
    expect(told.size).toBeGreaterThan(100);
    const kinds = new Set([...told.values()].flatMap((batch) => batch.events).map((event) => event.name));
    for (const kind of ['fill', 'accountSettled', 'orderCancelled', 'levelChanged', 'depositCredited'] as const)
      expect(kinds).toContain(kind);
  });
});

describe('verifying a journal', () => {
  it('replays all of it and checks every snapshot', async () => {
    await live(1, keepSnapshot);
    const { hash } = await live(2, keepSnapshot);
    const verified = verify();
    expect(verified).toMatchObject({ isSound: true, stateHash: hash });
    expect(verified.snapshotsChecked.map((check) => [check.isSame, check.reason])).toEqual(Array(2).fill([true, '']));
    expect(verified.chainHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names snapshots that are of another state, damaged or ahead', async () => {
    await live(1, keepSnapshot);
    const storage = livelyStorage(directory.path);
    const snapshots = storage.createSnapshots();
    const good = snapshots.readLatest().snapshot;
    if (good === undefined) throw new Error('there is a snapshot');
    snapshots.write({ ...good, seq: asSeq(good.seq - 1) });
    snapshots.write({ ...good, seq: asSeq(good.seq - 2) });
    snapshots.write({ ...good, seq: asSeq(good.seq + 50) });
    const file = snapshots.list().find((info) => info.seq === good.seq - 2)?.file ?? '';
    fs.truncateSync(fs.existsSync(file) ? file : join(directory.path, 'snapshots', file), 500);
    const { isSound, snapshotsChecked } = verify();
    expect(isSound).toBe(false);
    expect(snapshotsChecked.map((check) => [check.seq - good.seq, check.isSame])).toEqual([
      [-2, false],
      [-1, false],
      [0, true],
      [50, false],
    ]);
    expect(snapshotsChecked[1]?.reason).toBe('the journal gives another state');
    expect(snapshotsChecked[1]?.recordedHash).toBe(hexOf(good.stateHash));
    expect(snapshotsChecked[3]?.reason).toContain('commands are missing');
  });

  it('says of a snapshot of another build that it does not fit, not that the journal gives another state', async () => {
    await live(1, keepSnapshot);
    const snapshots = livelyStorage(directory.path).createSnapshots();
    const good = snapshots.readLatest().snapshot;
    if (good === undefined) throw new Error('there is a snapshot');
    const bytes = Uint8Array.from(good.bytes);
    // The form is the second word.
    bytes[4] = 2;
    snapshots.write({ seq: good.seq, bytes, stateHash: hashSnapshot(bytes) });
    expect(verify()).toMatchObject({
      isSound: false,
      snapshotsChecked: [{ isSame: false, reason: expect.stringContaining('form 2, this build reads form') }],
    });
  });
});
