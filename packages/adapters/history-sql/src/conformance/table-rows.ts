/** What stands in the tables of a store, alike for both databases. */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import pg from 'pg';

/** Rows as text by table, in an order that does not depend on when they were written. */
export type TableRows = Readonly<Record<string, readonly string[]>>;

type Value = SQLOutputValue | Date | boolean | undefined;

/** All rows of a SQLite file. */
export function rowsInSqlite(file: string): TableRows {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all();
    return tell(names.map(({ name }) => [String(name), database.prepare(`SELECT * FROM "${String(name)}"`).all()]));
  } finally {
    database.close();
  }
}

/** All rows of a PostgreSQL database. */
export async function rowsInPostgres(connectionString: string): Promise<TableRows> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const names = await client.query<{ tablename: string }>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    const tables: [string, Record<string, Value>[]][] = [];
    for (const { tablename } of names.rows) {
      const { rows } = await client.query<Record<string, Value>>(`SELECT * FROM ${client.escapeIdentifier(tablename)}`);
      tables.push([tablename, rows]);
    }
    return tell(tables);
  } finally {
    await client.end();
  }
}

/** Tables of the migrations hold times of their own. */
function tell(tables: readonly (readonly [string, readonly Readonly<Record<string, Value>>[]])[]): TableRows {
  const ours = tables.filter(([name]) => !name.startsWith('kysely'));
  return Object.fromEntries(ours.map(([name, rows]) => [name, rows.map(textOf).sort()]));
}

function textOf(row: Readonly<Record<string, Value>>): string {
  const fields = Object.entries(row).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(
    fields.map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)]),
  );
}
