/** What the price sources said (perpetuals rules 1). The index follows at the next tick. */
import type { CommandFields, Reject } from '@mochila/protocol';
import { type Quote, recordQuote } from '../pricing/record-quote.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

const ROW_WORDS = 6;
const WORD_BYTES = 8;

/**
 * Takes rows of source, asset, bid, ask, last, sequence. A row that is nonsense or late is ignored and counted, so that
 * one bad source silences nobody else. Result: rows taken, rows ignored (a cut last row included).
 */
export function applyPrices(state: State, command: CommandFields<'prices'>): Reject | null {
  const { quotes } = command;
  const whole = Math.floor(quotes.length / (ROW_WORDS * WORD_BYTES));
  // A copy starts at an aligned address, whatever the record was cut from.
  const words = new Float64Array(quotes.slice(0, whole * ROW_WORDS * WORD_BYTES).buffer);
  let taken = 0;
  for (let row = 0; row < whole; row += 1) if (recordQuote(state, quoteAt(words, row * ROW_WORDS))) taken += 1;
  const isCut = quotes.length > whole * ROW_WORDS * WORD_BYTES;
  setResult(state.scratch, taken, whole - taken + (isCut ? 1 : 0));
  return null;
}

function quoteAt(words: Float64Array, at: number): Quote {
  return {
    source: words[at]!,
    asset: words[at + 1]!,
    bid: words[at + 2]!,
    ask: words[at + 3]!,
    last: words[at + 4]!,
    sourceSeq: words[at + 5]!,
  };
}
