/** Many rows in one statement: a round trip for each would be dear. */
import { CompiledQuery } from 'kysely';
import type { ManyRows } from '../write-rows.ts';

/** Rows that a statement takes; few sizes, so that few texts are needed. */
const CHUNKS = [200, 20, 1] as const;

/** Makes the queries of one store; the texts are long, and made once. */
export function createManyRows(): ManyRows {
  const texts = new Map<string, string>();
  return (name, makeText, rows, parametersOf) => {
    const queries: CompiledQuery[] = [];
    let from = 0;
    for (const size of CHUNKS) {
      for (; rows.length - from >= size; from += size) {
        const known = texts.get(`${name} ${size}`);
        const text = known ?? makeText(size);
        if (known === undefined) texts.set(`${name} ${size}`, text);
        queries.push(CompiledQuery.raw(text, rows.slice(from, from + size).flatMap(parametersOf)));
      }
    }
    return queries;
  };
}
