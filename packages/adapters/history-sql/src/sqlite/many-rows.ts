/** One prepared statement, run for each row: in SQLite, which is in this thread, faster than many rows in one. */
import { CompiledQuery } from 'kysely';
import type { ManyRows } from '../write-rows.ts';

const runsOfQuery = new WeakMap<CompiledQuery, () => Iterable<readonly unknown[]>>();

/** Makes the queries of one store. The connection asks for their rows. */
export function createManyRows(): ManyRows {
  const texts = new Map<string, string>();
  return (name, makeText, rows, parametersOf) => {
    const known = texts.get(name);
    const text = known ?? makeText(1);
    if (known === undefined) texts.set(name, text);
    const query = CompiledQuery.raw(text);
    runsOfQuery.set(query, () => each(rows, parametersOf));
    return [query];
  };
}

/** Parameters that a query is run with one after the other; undefined for a query like others. */
export function runsOf(query: CompiledQuery): Iterable<readonly unknown[]> | undefined {
  return runsOfQuery.get(query)?.();
}

function* each(rows: readonly object[], parametersOf: (row: object) => readonly unknown[]): Iterable<readonly unknown[]> {
  for (const row of rows) yield parametersOf(row);
}
