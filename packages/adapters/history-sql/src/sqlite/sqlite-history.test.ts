import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryUnavailable } from '@mochila/ports';
import { describeHistoryStore } from '@mochila/ports/conformance';
import { describe, expect, it } from 'vitest';
import { createSqliteHistory } from './open-sqlite-history.ts';

describeHistoryStore('SQLite', {
  createPlace: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'history-'));
    return {
      open: async (venueId = 'venue') => {
        const store = createSqliteHistory({ file: join(directory, 'deep', 'history.db') });
        try {
          await store.open(venueId);
        } catch (error) {
          await store.close();
          throw error;
        }
        return store;
      },
      remove: async () => rmSync(directory, { recursive: true }),
    };
  },
});

describe('history in a file', () => {
  it('is read by others while one writes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'history-'));
    const file = join(directory, 'history.db');
    const writer = createSqliteHistory({ file });
    await writer.open('venue');
    const reader = createSqliteHistory({ file, isReadOnly: true });
    await reader.open('venue');
    expect((await reader.checkpoint()).seq).toBe(0);
    await expect(reader.clear()).rejects.toThrow(HistoryUnavailable);
    await reader.close();
    await writer.close();
    rmSync(directory, { recursive: true });
  });

  it('says that it is not available where no file can be', async () => {
    const store = createSqliteHistory({ file: '/dev/null/history.db' });
    await expect(store.open('venue')).rejects.toThrow(HistoryUnavailable);
  });
});
