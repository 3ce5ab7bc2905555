/** Lays what a file says over the defaults: objects field by field, everything else whole. */
import { newAsset, newMarket } from './new-listings.ts';

type Fields = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Lays a file over the defaults. In `venue.assets`, `venue.markets`, `simulation.assets`, `live.sources` and the symbols
 * of a source, `null` takes an entry away; a new asset or market begins as a new listing with cautious values.
 *
 * @returns something that looks like a configuration as far as the file did; it is checked afterwards.
 */
export function mergeConfiguration(defaults: Fields, file: unknown): unknown {
  return mergeAt('', defaults, file);
}

const TABLES: Readonly<Record<string, (name: string) => Fields>> = {
  'venue.assets': newAsset,
  'venue.markets': newMarket,
  'simulation.assets': () => ({}),
  'live.sources': () => ({}),
};
const SYMBOLS_OF_SOURCE = /^live\.sources\.[^.]+\.symbols$/;

function mergeAt(path: string, defaults: unknown, change: unknown): unknown {
  if (!isFields(defaults) || !isFields(change)) return change;
  const begin = TABLES[path] ?? (SYMBOLS_OF_SOURCE.test(path) ? () => ({}) : undefined);
  const merged = new Map(Object.entries(defaults));
  for (const [name, value] of Object.entries(change)) {
    if (begin !== undefined && value === null) merged.delete(name);
    else {
      const present = merged.has(name) ? merged.get(name) : begin?.(name);
      merged.set(name, isWhole(present, value) ? value : mergeAt(path === '' ? name : `${path}.${name}`, present, value));
    }
  }
  return Object.fromEntries(merged);
}

/** A function of another kind replaces the default whole: its fields differ. */
function isWhole(present: unknown, change: unknown): boolean {
  return isFields(present) && isFields(change) && 'kind' in present && 'kind' in change && present['kind'] !== change['kind'];
}
