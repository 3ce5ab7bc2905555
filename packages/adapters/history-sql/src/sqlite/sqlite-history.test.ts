import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HistoryUnavailable } from '@mochila/ports';
import { describeHistoryStore } from '@mochila/ports/conformance';
import { describe, expect, it } from 'vitest';
import { FIRST_TABLES } from '../migrations/first-tables.ts';
import { ORDERS_BY_ID } from '../migrations/orders-by-id.ts';
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

  it('of before step 3 is emptied and begins again, so that it is filled from the journal', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'history-'));
    const file = join(directory, 'history.db');
    const before = createSqliteHistory({ file });
    await before.open('venue');
    await before.close();
    const db = new DatabaseSync(file);
    db.exec('alter table positions drop column liquidated_lots');
    db.exec('alter table positions drop column liquidation_fees_atoms');
    db.exec('drop table deleveragings');
    db.exec('drop table fund_moves');
    db.exec("delete from kysely_migration where name >= '0003'");
    db.exec('update history_checkpoint set seq = 70, time_micros = 7');
    db.exec('insert into funding_rates values (70, 0, 1, 2, 1, 3)');
    db.close();
    const store = createSqliteHistory({ file });
    await store.open('venue');
    expect(await store.checkpoint()).toEqual({ seq: 0, timeMicros: 0 });
    expect((await store.fundingRates(1, { limit: 10, offset: 0, direction: 'desc' })).rows).toEqual([]);
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it('of before step 5 keeps its orders, and their ids become the numbers of their rows', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'history-'));
    const file = join(directory, 'history.db');
    const before = new DatabaseSync(file);
    for (const statement of FIRST_TABLES) before.exec(statement);
    const columns = before.prepare('select * from orders').columns().length;
    before.exec(`insert into orders values (70${', 7'.repeat(columns - 1)})`);
    for (const statement of ORDERS_BY_ID) before.exec(statement);
    expect(before.prepare('select rowid as "row", order_id as "id", account, updated_at_micros as "at" from orders').all()).toEqual([
      { row: 70, id: 70, account: 7, at: 7 },
    ]);
    const made = before.prepare("select name from sqlite_schema where tbl_name = 'orders' order by name").all();
    expect(made.map(({ name }) => name)).toEqual(['orders', 'orders_by_account', 'orders_by_market']);
    before.close();
    rmSync(directory, { recursive: true });
  });

  it('says that it is not available where no file can be', async () => {
    const store = createSqliteHistory({ file: '/dev/null/history.db' });
    await expect(store.open('venue')).rejects.toThrow(HistoryUnavailable);
  });
});
