/** What a recording says: rows as they stand in files, and what is said of lines that cannot be used. */

/** One moment of one asset at one source. */
export interface PriceRow {
  /** Recorded time, microseconds since 1970. */
  readonly atMicros: number;
  /** Name of the source, as the file was given. */
  readonly source: string;
  /** Symbol of an asset of the venue. */
  readonly asset: string;
  /** Best bid and ask in USD per unit, both above 0 and not crossed; both 0 when the row tells none. */
  readonly bid: number;
  readonly ask: number;
  /** Last price in USD per unit, above 0; 0 when the row tells none. */
  readonly last: number;
  /** How long the recording itself says that the price stood: a quarter of a candle, else 0. Microseconds. */
  readonly holdsMicros: number;
}

/** What one line says, before its symbol is known to be an asset. */
export interface LinePoint {
  readonly atMicros: number;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly holdsMicros: number;
}

/** A line that cannot be used: the value at fault and the rule that it breaks. */
export interface Refusal {
  readonly value: string;
  readonly rule: string;
}

/** A refused line with its place. */
export interface RefusedLine extends Refusal {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A usable line. */
export interface LineReading {
  /** As the file writes it; null where a file has no column of symbols. */
  readonly symbol: string | null;
  /** In the order of time, at least one. */
  readonly points: readonly LinePoint[];
}

/** Reads the fields of one line. */
export type LineReader = (fields: readonly string[]) => LineReading | Refusal;

/** A recording that cannot be played; says which file, why, and what to do. */
export class ReplayFault extends Error {
  override readonly name = 'ReplayFault';
}

/** True for a line that was refused. */
export function isRefusal(reading: LineReading | Refusal): reading is Refusal {
  return 'rule' in reading;
}

/**
 * In words, on one line.
 *
 * @example describeRefused({ file: 'a.csv', line: 7, value: '-1', rule: 'a price is above 0' }) // 'a.csv:7: "-1" breaks the rule: a price is above 0'
 */
export function describeRefused({ file, line, value, rule }: RefusedLine): string {
  const shown = value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}...` : value;
  return `${file}:${line}: ${JSON.stringify(shown)} breaks the rule: ${rule}`;
}

const SHOWN_MAX = 80;
