/** Pages of rows: conditions, order, total, and where the next page goes on. */
import { formatHistoryCursor, type HistoryList, type HistoryPage, parseHistoryCursor } from '@mochila/ports';
import type { HistoryTables, RowPlace } from '@mochila/protocol';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { columnName, TABLE_SPECS } from './table-specs.ts';

/** Tables whose rows have a place, and so an order. */
export type ListedTable = { [Name in keyof HistoryTables]: HistoryTables[Name] extends RowPlace ? Name : never }[keyof HistoryTables];

/** A part of a where clause; the table is `t`. */
export type Condition = RawBuilder<unknown>;

/** What to read. */
export interface Listing<Row> {
  readonly table: ListedTable;
  readonly conditions: readonly (Condition | undefined)[];
  readonly page: HistoryPage;
  /** Expressions for fields that are not columns, or in place of a column. */
  readonly extra?: Partial<Record<keyof Row & string, RawBuilder<unknown>>>;
}

/** Reads a page and the number of rows of the whole list. */
export async function listRows<Row extends RowPlace>(db: Kysely<unknown>, listing: Listing<Row>): Promise<HistoryList<Row>> {
  const { table, page } = listing;
  const from = sql`from ${sql.table(TABLE_SPECS[table].table)} as t`;
  const conditions = listing.conditions.filter((one) => one !== undefined);
  const counted = await sql<{ total: number }>`select count(*) as total ${from} ${where(conditions)}`.execute(db);
  const order = page.direction === 'asc' ? sql.raw('asc') : sql.raw('desc');
  const placed = [...conditions, ...afterCursor(page)];
  // One more than wanted tells whether there is a next page.
  const { rows } = await sql<Row>`
    select ${fieldsOf(listing)} ${from} ${where(placed)}
    order by t.seq ${order}, t.ix ${order} limit ${page.limit + 1} offset ${page.offset}
  `.execute(db);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > page.limit && last !== undefined ? formatHistoryCursor(last) : null;
  return { rows: shown, total: Number(counted.rows[0]?.total ?? 0), nextCursor };
}

/** `column = value`; nothing without a value. */
export function equals(field: string, value: number | string | undefined): Condition | undefined {
  return value === undefined ? undefined : sql`${sql.ref(`t.${columnName(field)}`)} = ${value}`;
}

/** `column in (values)`; nothing without a list, never true with an empty one. */
export function isIn(field: string, values: readonly number[] | undefined): Condition | undefined {
  if (values === undefined) return undefined;
  return values.length === 0 ? sql`1 = 0` : sql`${sql.ref(`t.${columnName(field)}`)} in (${sql.join(values)})`;
}

/** `column >= value`. */
export function atLeast(field: string, value: number | undefined): Condition | undefined {
  return value === undefined ? undefined : sql`${sql.ref(`t.${columnName(field)}`)} >= ${value}`;
}

/** `column < value`. */
export function isBelow(field: string, value: number | undefined): Condition | undefined {
  return value === undefined ? undefined : sql`${sql.ref(`t.${columnName(field)}`)} < ${value}`;
}

/** Open rows have no time of closing. */
export function openIs(isOpen: boolean | undefined): Condition | undefined {
  if (isOpen === undefined) return undefined;
  return isOpen ? sql`t.closed_at_micros = 0` : sql`t.closed_at_micros > 0`;
}

/** The columns of a table under the names of its row. */
export function fieldsOf<Row>({ table, extra = {} }: Pick<Listing<Row>, 'table' | 'extra'>): RawBuilder<unknown> {
  const own: Partial<Record<string, RawBuilder<unknown>>> = { ...extra };
  const columns: readonly string[] = TABLE_SPECS[table].columns;
  const plain = columns.filter((field) => own[field] === undefined);
  const fields = plain.map((field) => sql`${sql.ref(`t.${columnName(field)}`)} as ${sql.ref(field)}`);
  for (const [field, expression] of Object.entries(own)) if (expression !== undefined) fields.push(sql`${expression} as ${sql.ref(field)}`);
  return sql.join(fields);
}

function where(conditions: readonly Condition[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}

function afterCursor({ cursor, direction }: HistoryPage): Condition[] {
  if (cursor === undefined) return [];
  const place = parseHistoryCursor(cursor);
  if (place === undefined) throw new RangeError(`"${cursor}" is no cursor of a page of history`);
  const { seq, ix } = place;
  return [direction === 'asc' ? sql`(t.seq, t.ix) > (${seq}, ${ix})` : sql`(t.seq, t.ix) < (${seq}, ${ix})`];
}
