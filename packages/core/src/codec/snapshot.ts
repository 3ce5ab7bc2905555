/**
 * Snapshots: the whole state as bytes, in one fixed order, names of fields included, so that a build that would read it
 * wrongly refuses it. Equal states give equal bytes, and a restored state gives the bytes it was restored from; the
 * runtime hashes them for the state hash (INV-10).
 */
import { assert } from '@mochila/units';
import { foldFree } from '../ledger/free-cash.ts';
import { foldPool } from '../lending/pool-totals.ts';
import type { State } from '../state.ts';
import { createSnapshotReader, misfit, readValue, readWord } from './snapshot-reader.ts';
import { createSnapshotWriter, measureValue, writeValue, writeWord } from './snapshot-writer.ts';

/** "MSNP" read as a little-endian word, then the version of the form. */
const MAGIC = 0x504e534d;
const VERSION = 3;
const HEADER_BYTES = 8;
/** Working memory and the event buffer are no part of the state. */
const SKIPPED = ['scratch', 'out'];

/**
 * Writes the state. Linear in what is used; columns are copied whole. Totals are folded first: how much of them was
 * pending depends on who asked when, and on nothing else.
 */
export function writeSnapshot(state: State): Uint8Array {
  for (const asset of state.assets) {
    foldFree(asset);
    if (asset.pool !== null) foldPool(asset.pool);
  }
  const writer = createSnapshotWriter(HEADER_BYTES + measureValue(state, null, SKIPPED));
  writeWord(writer, MAGIC);
  writeWord(writer, VERSION);
  writeValue(writer, state, null, SKIPPED);
  assert(writer.at === writer.bytes.length, 'a snapshot fills its bytes');
  return writer.bytes;
}

/**
 * Restores a snapshot.
 *
 * @param state - fresh from `createState` with the genesis of the same venue; meaningless after a throw.
 * @throws RangeError when the bytes are cut short or were written by a build or venue of another shape.
 */
export function restoreSnapshot(state: State, bytes: Uint8Array): void {
  assert(state.seq === 0, 'a snapshot is restored into a fresh state');
  const reader = createSnapshotReader(bytes, SKIPPED.length);
  if (readWord(reader) !== MAGIC) misfit(reader, 'these bytes are no snapshot');
  const version = readWord(reader);
  if (version !== VERSION) misfit(reader, `form ${version}, this build reads form ${VERSION}`);
  readValue(reader, state);
  if (reader.at !== bytes.length) misfit(reader, `${bytes.length - reader.at} bytes are left over`);
}
