/**
 * The buffer a command's events are written into: words in the layout of `protocol/codec/record.ts`.
 *
 * Hot events have a writer of their own below that places words without allocation; the rest go through
 * {@link emit}. A test holds both to the schema.
 */
import { encodeRecord, type Fields, measureRecord, type RecordSchema } from '@mochila/protocol';

/** The buffer of one engine; words beyond `length` are left over from earlier commands. */
export interface EventBuffer {
  words: Float64Array;
  /** Words in use; the runtime sets it to 0 before a command. */
  length: number;
  /** Events in the buffer. */
  count: number;
  /** False while recovery replays: nothing is written. */
  isOn: boolean;
}

/** Makes an empty buffer. @param words - words it starts with. */
export function createEventBuffer(words: number): EventBuffer {
  return { words: new Float64Array(words), length: 0, count: 0, isOn: true };
}

/** Empties the buffer. */
export function clearEvents(out: EventBuffer): void {
  out.length = 0;
  out.count = 0;
}

/** Makes room for `words` more; doubles the buffer when a command causes more than ever before. */
export function reserveEvents(out: EventBuffer, words: number): void {
  if (out.length + words <= out.words.length) return;
  const larger = new Float64Array(Math.max(out.words.length * 2, out.length + words));
  larger.set(out.words.subarray(0, out.length));
  out.words = larger;
}

/** Appends an event from an object: for all but the hottest. */
export function emit<T extends Fields>(out: EventBuffer, schema: RecordSchema<T>, fields: T): void {
  if (!out.isOn) return;
  reserveEvents(out, measureRecord(schema, fields));
  out.length = encodeRecord(schema, fields, out.words, out.length);
  out.count += 1;
}

const LEVEL_HEADER = 8 * 65536 + 6;
const BALANCE_HEADER = 9 * 65536 + 7;

/** Appends levelChanged without allocation. */
export function emitLevelChanged(out: EventBuffer, market: number, side: number, priceTicks: number, lots: number, updateId: number): void {
  if (!out.isOn) return;
  reserveEvents(out, 6);
  const words = out.words;
  const at = out.length;
  words[at] = LEVEL_HEADER;
  words[at + 1] = market;
  words[at + 2] = side;
  words[at + 3] = priceTicks;
  words[at + 4] = lots;
  words[at + 5] = updateId;
  out.length = at + 6;
  out.count += 1;
}

/** Appends balanceChanged without allocation. */
export function emitBalanceChanged(
  out: EventBuffer,
  account: number,
  asset: number,
  freeAtoms: number,
  lentAtoms: number,
  debtAtoms: number,
  heldAtoms: number,
): void {
  if (!out.isOn) return;
  reserveEvents(out, 7);
  const words = out.words;
  const at = out.length;
  words[at] = BALANCE_HEADER;
  words[at + 1] = account;
  words[at + 2] = asset;
  words[at + 3] = freeAtoms;
  words[at + 4] = lentAtoms;
  words[at + 5] = debtAtoms;
  words[at + 6] = heldAtoms;
  out.length = at + 7;
  out.count += 1;
}
