/**
 * Backstop postings: what a provider offers to take over in one market (liquidation rules 2), one row per account and
 * market, kept when it is ended. A perpetual market stands for its positions; a spot market for debts of its base, and for
 * debts of its quote that are paid with its base.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | account, market | Int32 | AccountIx, MarketIx | |
 * | next | Int32 | RowIx of the account's next posting, the newest first; -1 none | |
 * | capitalAtoms | Float64 | USDC Atoms ring-fenced for this market | none |
 * | notionalAtoms, minuteAtoms, hourAtoms | Float64 | USDC Atoms of notional: carried at once, taken in 60 s, taken in 3,600 s | none |
 * | nextCapitalAtoms, nextNotionalAtoms, nextMinuteAtoms, nextHourAtoms | Float64 | what the four are once the notice has ended | |
 * | nextAtMicros | Float64 | UnixMicros at which the notice ends | no notice |
 * | carried | Float64 | what it took and may still carry, signed: Lots of a perpetual, Atoms of a spot market's base | nothing |
 * | seconds, minutes | Float64 x 61 | USDC Atoms of notional taken in a second, in a minute, by their number modulo 61 | none |
 * | tookSecond, tookMinute | Float64 | number of the last second and minute with a taking: cells after it are old | never |
 */
import { createTable, type Table } from '../../table.ts';

/** Cells of a window: one more than it is long, so that what was taken at its very beginning still counts. */
export const WINDOW_CELLS = 61;

/** The table of postings; columns above. */
export interface Postings extends Table {
  readonly account: Int32Array;
  readonly market: Int32Array;
  readonly next: Int32Array;
  readonly capitalAtoms: Float64Array;
  readonly notionalAtoms: Float64Array;
  readonly minuteAtoms: Float64Array;
  readonly hourAtoms: Float64Array;
  readonly nextCapitalAtoms: Float64Array;
  readonly nextNotionalAtoms: Float64Array;
  readonly nextMinuteAtoms: Float64Array;
  readonly nextHourAtoms: Float64Array;
  readonly nextAtMicros: Float64Array;
  readonly carried: Float64Array;
  readonly seconds: Float64Array;
  readonly minutes: Float64Array;
  readonly tookSecond: Float64Array;
  readonly tookMinute: Float64Array;
}

/** Makes an empty table. @param capacity - rows. */
export function createPostings(capacity: number): Postings {
  return {
    ...createTable(capacity),
    account: new Int32Array(capacity),
    market: new Int32Array(capacity),
    next: new Int32Array(capacity),
    capitalAtoms: new Float64Array(capacity),
    notionalAtoms: new Float64Array(capacity),
    minuteAtoms: new Float64Array(capacity),
    hourAtoms: new Float64Array(capacity),
    nextCapitalAtoms: new Float64Array(capacity),
    nextNotionalAtoms: new Float64Array(capacity),
    nextMinuteAtoms: new Float64Array(capacity),
    nextHourAtoms: new Float64Array(capacity),
    nextAtMicros: new Float64Array(capacity),
    carried: new Float64Array(capacity),
    seconds: new Float64Array(capacity * WINDOW_CELLS),
    minutes: new Float64Array(capacity * WINDOW_CELLS),
    tookSecond: new Float64Array(capacity),
    tookMinute: new Float64Array(capacity),
  };
}
