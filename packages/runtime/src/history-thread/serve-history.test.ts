import { smallGenesis } from '@mochila/core';
import { createSqliteHistory } from '@mochila/history-sql';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import { commands } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { RingEngineLink } from '../link/ring-engine-link.ts';
import { openStorage } from '../testing/file-storage.ts';
import { makeDirectory, startTestVenue } from '../testing/start-test-venue.ts';
import { replayBatches } from './replay-batches.ts';
import { serveHistory } from './serve-history.ts';

describe('history of a venue in threads', () => {
  it('has all that was durable, though its ring is far too small for it', async () => {
    const directory = makeDirectory();
    const links = [{ isLossy: false }, { isLossy: true }];
    const venue = await startTestVenue({ directory: directory.path }, { links, sizes: { outputBytes: 1 << 14 } });
    const [seat, historySeat] = venue.seats;
    if (seat === undefined || historySeat === undefined) throw new Error('the venue has two links');
    const { venueId } = smallGenesis();
    const storage = openStorage({ directory: directory.path, venueId });
    const store = createSqliteHistory({ file: ':memory:' });
    const faults: unknown[] = [];
    const service = serveHistory(historySeat, venue.tail.nextSeq - 1, {
      store,
      venueId,
      createFold: () => new HistoryFold(marketFactsOf(smallGenesis())),
      replay: (from, to) =>
        replayBatches({ createJournal: () => storage.createJournal(true), createSnapshots: () => storage.createSnapshots() }, from, to),
      flushMs: 10,
      onFault: (error) => faults.push(error),
    });
    const link = new RingEngineLink(seat);
    const register = (n: number) => {
      const publicKey = new Uint8Array(32).fill(n);
      return link.submit(
        { name: 'registerUser', fields: { ...commands.registerUser.defaults, isSandbox: 1, publicKey } },
        new Uint8Array(0),
      );
    };
    // Ten at a time are more than its ring takes in one turn.
    let accounts = 0;
    for (let round = 0; round < 2; round++) {
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => register(1 + round * 10 + n)));
      accounts += outcomes.filter(({ reject }) => reject === null).length;
    }
    expect(accounts).toBeGreaterThan(0);
    const { seq } = await link.ask('status', { withHash: false });
    const giveUpAt = performance.now() + 45_000;
    while (venue.control.historyCheckpoint() < seq && performance.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(venue.control.historyCheckpoint()).toBeGreaterThanOrEqual(seq);
    const users = await Promise.all(
      Array.from({ length: 30 }, (_, user) => store.accounts(user, { limit: 10, offset: 0, direction: 'asc' })),
    );
    expect(users.reduce((sum, { total }) => sum + total, 0)).toBe(accounts);
    expect(faults).toEqual([]);
    await service.stop();
    await link.close();
    await venue.stop();
    directory.remove();
  });
});
