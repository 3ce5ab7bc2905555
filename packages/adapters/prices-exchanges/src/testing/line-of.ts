/** A reading as a line, to be compared with what was read from the frame by eye. */
import type { Reading } from '../exchange-reader.ts';

/** Symbol, bid, ask, last, sequence and time in ms since `zeroMs` of every observation; `-` is what was not said. */
export function lineOf(reading: Reading, zeroMs: number): string {
  if (reading.kind !== 'prices') return reading.kind === 'error' ? `error ${reading.message}` : 'other';
  const lines = reading.observations.map(({ symbol, book, last, seq, stampMs }) =>
    [symbol, book?.bid, book?.ask, last, seq, stampMs === null ? null : stampMs - zeroMs].map((value) => value ?? '-').join(' '),
  );
  return lines.join(', ').replace(/\b(\d\.\d+)e-5\b/g, (text) => Number(text).toFixed(8));
}
