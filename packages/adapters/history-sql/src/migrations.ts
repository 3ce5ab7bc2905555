/** The tables, step by step. A step that was released never changes; the next one gets the next number. */
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { FIRST_TABLES } from './migrations/first-tables.ts';
import { FORCED } from './migrations/forced.ts';
import { LIQUIDATED } from './migrations/liquidated.ts';
import { RECEIPTS } from './migrations/receipts.ts';

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': { up: (db) => runAll(db, FIRST_TABLES) },
  '0002-receipts': { up: (db) => runAll(db, RECEIPTS) },
  '0003-liquidated': { up: (db) => runAll(db, LIQUIDATED) },
  '0004-forced': { up: (db) => runAll(db, FORCED) },
};

/** Statements of the steps that only one database has, by name; numbers are common to all. */
export type OwnSteps = Readonly<Record<string, readonly string[]>>;

/** Brings the tables to the newest shape. */
export async function migrate(db: Kysely<unknown>, ownSteps: OwnSteps): Promise<void> {
  const own = Object.entries(ownSteps).map(([name, statements]): [string, Migration] => [name, { up: (on) => runAll(on, statements) }]);
  const migrations = { ...MIGRATIONS, ...Object.fromEntries(own) };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
