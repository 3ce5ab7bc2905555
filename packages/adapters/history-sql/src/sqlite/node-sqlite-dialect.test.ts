import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createNodeSqliteDialect } from './node-sqlite-dialect.ts';

const PAGES_FEW = 8;
const PAGES_MANY = 10_000;
const BLOB = new Uint8Array(10_000);

describe('SQLite of Node under Kysely', () => {
  it('says that the disk is full, keeps nothing of the transaction, and goes on when there is space', async () => {
    const database = new DatabaseSync(':memory:');
    const db = new Kysely<unknown>({ dialect: createNodeSqliteDialect(() => database) });
    await sql`create table pieces (bytes blob)`.execute(db);
    database.exec(`pragma max_page_count = ${PAGES_FEW}`);
    const write = () =>
      db.transaction().execute(async (transaction) => {
        for (let piece = 0; piece < 4; piece += 1) await sql`insert into pieces values (${BLOB})`.execute(transaction);
      });
    await expect(write()).rejects.toThrow('database or disk is full');
    const count = async () => (await sql<{ count: number }>`select count(*) as count from pieces`.execute(db)).rows[0]?.count;
    expect(await count()).toBe(0);
    database.exec(`pragma max_page_count = ${PAGES_MANY}`);
    await write();
    expect(await count()).toBe(4);
    await db.destroy();
  });
});
