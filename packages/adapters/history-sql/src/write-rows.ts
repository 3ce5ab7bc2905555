/** Rows into tables, many in one statement. */
import type { HistoryRows, OrderProgressRow } from '@mochila/protocol';
import { CompiledQuery, type Transaction } from 'kysely';
import { columnName, type Joining, TABLE_NAMES, TABLE_SPECS, type TableSpecs } from './table-specs.ts';

/** Writes the n-th parameter, from 1. */
export type Placeholder = (n: number) => string;

/** Rows a statement takes; few sizes, so that statements are prepared once. */
const CHUNKS = [200, 20, 1] as const;

type AnySpec = TableSpecs[keyof TableSpecs];

/** Writes all rows within a transaction. */
export async function writeRows(transaction: Transaction<unknown>, placeholder: Placeholder, rows: HistoryRows): Promise<void> {
  for (const name of TABLE_NAMES) await insertRows(transaction, placeholder, TABLE_SPECS[name], rows[name]);
  // Orders first: progress may be of one that was written just now.
  for (const chunk of chunksOf(rows.orderProgress)) await updateOrders(transaction, placeholder, chunk);
}

async function insertRows(
  transaction: Transaction<unknown>,
  placeholder: Placeholder,
  spec: AnySpec,
  rows: readonly object[],
): Promise<void> {
  for (const chunk of chunksOf(rows)) {
    const values = valuesList(chunk.length, spec.columns.length, placeholder);
    const names = spec.columns.map((column) => quoted(column)).join(', ');
    const text = `insert into ${spec.table} as stored (${names}) values ${values}${onConflict(spec)}`;
    const parameters = chunk.flatMap((row) => spec.columns.map((column) => Reflect.get(row, column)));
    await transaction.executeQuery(CompiledQuery.raw(text, parameters));
  }
}

const PROGRESS_COLUMNS = ['executedLots', 'executedQuoteAtoms', 'status', 'updatedSeq', 'updatedAtMicros'] as const;

async function updateOrders(transaction: Transaction<unknown>, placeholder: Placeholder, rows: readonly OrderProgressRow[]): Promise<void> {
  const columns = ['orderId', ...PROGRESS_COLUMNS] as const;
  // Parameters in a list of values have no type of their own in PostgreSQL.
  const sets = PROGRESS_COLUMNS.map((column, ix) => `${columnName(column)} = cast(v.column${ix + 2} as bigint)`).join(', ');
  const values = valuesList(rows.length, columns.length, placeholder);
  const text = `update orders set ${sets} from (values ${values}) as v where orders.order_id = cast(v.column1 as bigint)`;
  const parameters = rows.flatMap((row) => columns.map((column) => row[column]));
  await transaction.executeQuery(CompiledQuery.raw(text, parameters));
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

function chunksOf<Row>(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = [];
  let from = 0;
  for (const size of CHUNKS) {
    for (; rows.length - from >= size; from += size) chunks.push(rows.slice(from, from + size));
  }
  return chunks;
}
