/** Prices and seconds for tests: what sources say, ticks, and the slices a sequencer would issue. */
import { commands, decodeRecord, type Fields, type RecordSchema, recordCode, recordWords } from '@mochila/protocol';
import { applyPrices } from '../commands/prices.ts';
import { applySettleSlice } from '../commands/settle-slice.ts';
import { applyTick } from '../commands/tick.ts';
import { clearEvents } from '../event-buffer.ts';
import { pendingSlice } from '../settlement/pending-slice.ts';
import type { State } from '../state.ts';
import { inFrame } from './ledger-state.ts';

/** One row of a prices command: source, asset, bid, ask, last, sequence. */
export type QuoteRow = readonly [source: number, asset: number, bid: number, ask: number, last: number, sourceSeq: number];

/** The bytes of a prices command. */
export function quoteBytes(rows: readonly QuoteRow[]): Uint8Array {
  return new Uint8Array(Float64Array.from(rows.flat()).buffer);
}

/** Applies a prices command and returns the rows taken and ignored. */
export function sayRows(state: State, rows: readonly QuoteRow[]): number[] {
  inFrame(state, () => applyPrices(state, { ...commands.prices.defaults, quotes: quoteBytes(rows) }));
  return [...state.scratch.result.subarray(0, state.scratch.resultLength)];
}

/** Makes every source (or those given) say one price of an asset, with a fresh sequence: command time. */
export function say(state: State, asset: number, price: number, sources: readonly number[] = [0, 1, 2, 3]): void {
  sayRows(
    state,
    sources.map((source): QuoteRow => [source, asset, price, price, price, state.timeMicros]),
  );
}

/** Makes every source say the price of every asset of the small venue. */
export function sayAll(state: State, usd: readonly number[] = [1, 1, 60_000, 3_000, 150]): void {
  for (const asset of state.assets) say(state, asset.ix, usd[asset.ix] ?? 1);
}

/** Applies the next second, or one `seconds` later. */
export function tick(state: State, seconds = 1): void {
  const second = state.tickSecond + seconds;
  state.timeMicros = second * 1_000_000;
  clearEvents(state.out);
  inFrame(state, () => applyTick(state, { second }));
}

/** Issues every slice that is due. */
export function runSlices(state: State): void {
  for (let work = pendingSlice(state); work !== null; work = pendingSlice(state)) {
    const { epoch, fromAccount, toAccount } = work;
    inFrame(state, () => applySettleSlice(state, { epoch, fromAccount, toAccount }));
  }
}

/** Lets seconds pass with every source repeating its prices, slices included. */
export function live(state: State, seconds: number, usd?: readonly number[]): void {
  for (let at = 0; at < seconds; at += 1) {
    state.timeMicros = (state.tickSecond + 1) * 1_000_000;
    sayAll(state, usd);
    tick(state);
    runSlices(state);
  }
}

/** The fields of every event of one kind in the buffer, in order. */
export function eventsOf<T extends Fields>(state: State, schema: RecordSchema<T>): T[] {
  const found: T[] = [];
  const { words, length } = state.out;
  for (let at = 0; at < length; at += recordWords(words, at)) {
    if (recordCode(words, at) === schema.code) found.push(decodeRecord(schema, words, at));
  }
  return found;
}
