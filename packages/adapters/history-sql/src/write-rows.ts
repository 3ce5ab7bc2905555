/** Rows into tables. */
import type { HistoryRows } from '@mochila/protocol';
import type { CompiledQuery, Transaction } from 'kysely';
import { columnName, type Joining, TABLE_NAMES, TABLE_SPECS, type TableSpecs } from './table-specs.ts';

/** Writes the n-th parameter, from 1. */
export type Placeholder = (n: number) => string;

/**
 * Makes the queries that carry out one statement for many rows, in their order.
 *
 * @param name - of the statement: always the same for the same text
 * @param text - the statement for so many rows at once
 * @param rows - all of them
 * @param parametersOf - makes the parameters of one: those of all together would be larger than the rows
 */
export type ManyRows = (
  name: string,
  text: (rows: number) => string,
  rows: readonly object[],
  parametersOf: (row: object) => readonly unknown[],
) => readonly CompiledQuery[];

type AnySpec = TableSpecs[keyof TableSpecs];

/** Writes all rows within a transaction. */
export async function writeRows(
  transaction: Transaction<unknown>,
  { placeholder, manyRows }: { readonly placeholder: Placeholder; readonly manyRows: ManyRows },
  rows: HistoryRows,
): Promise<void> {
  const write = async (
    name: string,
    text: (count: number) => string,
    columns: readonly string[],
    all: readonly object[],
  ): Promise<void> => {
    for (const query of manyRows(name, text, all, (row) => valuesOf(row, columns))) await transaction.executeQuery(query);
  };
  for (const name of TABLE_NAMES) {
    const spec: AnySpec = TABLE_SPECS[name];
    if (rows[name].length > 0) await write(name, (count) => insertText(spec, count, placeholder), spec.columns, rows[name]);
  }
  // Orders first: progress may be of one that was written just now.
  if (rows.orderProgress.length === 0) return;
  await write('orderProgress', (count) => progressText(count, placeholder), ['orderId', ...PROGRESS_COLUMNS], rows.orderProgress);
}

// This runs for every column of every row. A loop over an object reads its fields by their places, several times faster than
// by name; from the first that does not stand in the order of the columns on they are read by name.
function valuesOf(row: object, columns: readonly string[]): unknown[] {
  const values: unknown[] = [];
  if (!isRow(row)) return values;
  for (const field in row) {
    if (field !== columns[values.length]) break;
    values.push(row[field]);
  }
  for (let column = columns[values.length]; column !== undefined; column = columns[values.length]) values.push(row[column]);
  return values;
}

// Any object: what its fields are, the specs say.
function isRow(row: object): row is { readonly [column: string]: unknown } {
  return typeof row === 'object';
}

function insertText(spec: AnySpec, rows: number, placeholder: Placeholder): string {
  const names = spec.columns.map((column) => quoted(column)).join(', ');
  const values = valuesList(rows, spec.columns.length, placeholder);
  return `insert into ${spec.table} as stored (${names}) values ${values}${onConflict(spec)}`;
}

const PROGRESS_COLUMNS = ['executedLots', 'executedQuoteAtoms', 'status', 'updatedSeq', 'updatedAtMicros'] as const;

function progressText(rows: number, placeholder: Placeholder): string {
  // Parameters in a list of values have no type of their own in PostgreSQL.
  const sets = PROGRESS_COLUMNS.map((column, ix) => `${columnName(column)} = cast(v.column${ix + 2} as bigint)`).join(', ');
  const values = valuesList(rows, PROGRESS_COLUMNS.length + 1, placeholder);
  return `update orders set ${sets} from (values ${values}) as v where orders.order_id = cast(v.column1 as bigint)`;
}

function onConflict({ key, joins, columns }: AnySpec): string {
  const byColumn = new Map<string, Joining | undefined>(Object.entries(joins));
  const sets = columns.flatMap((column: string) => {
    const joining = byColumn.get(column);
    if (joining === undefined) return [];
    const expression = joining === 'new' ? `excluded.${quoted(column)}` : joining.sql.replaceAll('new.', 'excluded.');
    return [`${quoted(column)} = ${expression}`];
  });
  return sets.length === 0 ? '' : ` on conflict (${key.map(quoted).join(', ')}) do update set ${sets.join(', ')}`;
}

function quoted(field: string): string {
  return `"${columnName(field)}"`;
}

function valuesList(rows: number, columns: number, placeholder: Placeholder): string {
  const groups: string[] = [];
  for (let row = 0; row < rows; row++) {
    const marks: string[] = [];
    for (let column = 1; column <= columns; column++) marks.push(placeholder(row * columns + column));
    groups.push(`(${marks.join(', ')})`);
  }
  return groups.join(', ');
}
