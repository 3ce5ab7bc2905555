import { HistoryUnavailable } from '@mochila/ports';
import { describeHistoryStore, pieceOf, tradeRow } from '@mochila/ports/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../conformance/start-postgres.ts';
import { createPostgresHistory } from './open-postgres-history.ts';

let server: TestPostgres | undefined;
let databases = 0;
const idleErrors: Error[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.remove());

async function createDatabase(): Promise<string> {
  if (server === undefined) throw new Error('the server runs');
  databases += 1;
  return server.createDatabase(`history_${databases}`);
}

function storeAt(connectionString: string) {
  return createPostgresHistory({ connectionString, onIdleError: (error) => idleErrors.push(error), timeoutMs: 5_000 });
}

describeHistoryStore('PostgreSQL', {
  createPlace: async () => {
    const address = await createDatabase();
    return {
      open: async (venueId = 'venue') => {
        const store = storeAt(address);
        try {
          await store.open(venueId);
        } catch (error) {
          await store.close();
          throw error;
        }
        return store;
      },
      remove: async () => undefined,
    };
  },
});

describe('history in PostgreSQL', () => {
  it('says that it is not available while the server is down, and works again when it is back', async () => {
    const store = storeAt(await createDatabase());
    await store.open('venue');
    await server?.kill();
    await expect(store.checkpoint()).rejects.toThrow(HistoryUnavailable);
    await server?.start();
    expect((await store.checkpoint()).seq).toBe(0);
    await store.close();
  });

  it('lets two writers write a piece once', async () => {
    const address = await createDatabase();
    const [one, two] = [storeAt(address), storeAt(address)];
    await one.open('venue');
    await two.open('venue');
    const piece = pieceOf(1, { trades: [tradeRow({ seq: 1, ix: 0 })] });
    await Promise.all([one.write(piece), two.write(piece), one.write(piece)]);
    expect((await two.trades(1, { limit: 10, offset: 0, direction: 'asc' })).total).toBe(1);
    await one.close();
    await two.close();
  });
});
