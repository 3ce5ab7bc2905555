/** Reads query strings. */
import { pairsOfQuery } from '@mochila/protocol';

/** Values of a query by name; a list where a name was repeated. */
export type QueryValues = Record<string, string | string[]>;

/** What a query without parameters is decoded to: always this object. */
export const NO_VALUES: QueryValues = Object.freeze(Object.create(null));

/**
 * Takes the query off a request target.
 *
 * @param target path and query
 * @returns the text after `?`, or nothing
 * @example rawQueryOf('/api/v1/depth?symbol=SOL_USDC') // 'symbol=SOL_USDC'
 */
export function rawQueryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark + 1);
}

/**
 * Decodes a query.
 *
 * @param rawQuery the text after `?`
 * @returns an object without prototype
 * @example parseQuery('a=1&b=2&b=3') // { a: '1', b: ['2', '3'] }
 */
export function parseQuery(rawQuery: string): QueryValues {
  if (rawQuery === '') return NO_VALUES;
  const values: QueryValues = Object.create(null);
  for (const [name, value] of pairsOfQuery(rawQuery)) {
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else values[name] = [before, value];
  }
  return values;
}
