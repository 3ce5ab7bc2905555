/** Under which names each source of a recording speaks, so that an index has as many sources as it needs. */

/**
 * Names of each source: its own where there are enough, else numbered copies that say what they are.
 *
 * A recording of one exchange is one witness. Its copies keep the index from being degraded for lack of witnesses; they
 * cannot outvote what it says.
 *
 * @param sources - names, at least one, some of them more than once.
 * @param sourcesMin - how many sources a good index needs, 1 or more.
 * @example sourceNames(['replay'], 3) // Map { 'replay' => ['replay-copy-1', 'replay-copy-2', 'replay-copy-3'] }
 */
export function sourceNames(sources: readonly string[], sourcesMin: number): ReadonlyMap<string, readonly string[]> {
  const distinct = [...new Set(sources)];
  const copies = Math.ceil(sourcesMin / distinct.length);
  if (copies <= 1) return new Map(distinct.map((name) => [name, [name]]));
  return new Map(distinct.map((name) => [name, Array.from({ length: copies }, (_, at) => `${name}-copy-${at + 1}`)]));
}
