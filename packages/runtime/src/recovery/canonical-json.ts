/** JSON with one spelling for one value: keys in order, no spaces. */

/**
 * @throws TypeError for what JSON does not know
 * @example canonicalJson({ b: 1, a: [true, null] }) // '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries: [string, unknown][] = Object.entries(value);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
  }
  const isKnown = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isKnown) throw new TypeError(`JSON has no ${typeof value === 'number' ? value : typeof value}`);
  return JSON.stringify(value);
}
