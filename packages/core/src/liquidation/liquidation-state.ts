/**
 * Liquidation as state: one case for each account that is being liquidated, and the accounts whose turn comes this second.
 *
 * | column of cases | type | unit | 0 means |
 * |---|---|---|---|
 * | account | Int32 | AccountIx; -1 when the row is free | |
 * | stage | Uint8 | LiquidationStage the case is in | orders cancelled, nothing sold yet |
 * | openedSecond | Float64 | second it was flagged in | |
 * | fraction | Float64 | margin fraction at the beginning of the second, what the turns are ordered by | |
 * | bookSeconds | Float64 | seconds since the beginning in which something was offered to the book | |
 * | offeredUsd, takenUsd | Float64 | USD offered to the book, and taken by it, in each of the last of those: a ring a row, as long as `genesis.liquidation.bookSeconds` | |
 * | queue | Int32 | AccountIx of the n-th turn of this second; no column of the row's own case | |
 *
 * What a case remembers of sizes at the trigger stands beside the sizes: `positions.caseLots`, `holdings.caseAtoms`.
 */
import { createTable, type Table } from '../table.ts';
import type { Ranking } from './deleveraging/ranking.ts';

/** The table of cases; columns above. */
export interface Cases extends Table {
  readonly account: Int32Array;
  readonly stage: Uint8Array;
  readonly openedSecond: Float64Array;
  readonly fraction: Float64Array;
  readonly bookSeconds: Float64Array;
  readonly offeredUsd: Float64Array;
  readonly takenUsd: Float64Array;
  readonly queue: Int32Array;
}

/** What decides whether the backstop is due, USD. */
export interface DueFigures {
  netEquity: number;
  maintenance: number;
  exposure: number;
}

/** All of liquidation that is state. */
export interface Liquidation {
  readonly cases: Cases;
  /** Second the turns are of. */
  second: number;
  /** Turns of that second: those before `next` are over. */
  next: number;
  turns: number;
  /** Number of the next `liquidate` command of that second. */
  round: number;
  /** The fund still has to look at what it unwinds, after the last turn. */
  isFundDue: boolean;
  /** AccountIx whose turn, the last one begun, goes on in the next command; -1 none. */
  unfinished: number;
  /** USDC atoms of its deficit that the price bound has left over in this turn: no winner bears them. */
  unborneAtoms: number;
  /** USD: figures of the account whose turn runs, by which the backstop was due at its beginning; for receipts. */
  readonly due: DueFigures;
  /** Winners ranked in this second, by market: those with long positions at 2 * market, with short ones after them; null not ranked. */
  readonly rankings: (Ranking | null)[];
  /** Cases opened so far. */
  opened: number;
  /** Receipts written so far. */
  receipts: number;
}

/** How large it is. */
export interface LiquidationSizes {
  accounts: number;
  markets: number;
  bookSeconds: number;
}

/**
 * Makes the state of a venue where nobody is being liquidated.
 *
 * @param sizes - rows of the accounts: nobody is too many; markets; length of the rings.
 */
export function createLiquidation({ accounts, markets, bookSeconds }: LiquidationSizes): Liquidation {
  return {
    cases: {
      ...createTable(accounts),
      account: new Int32Array(accounts).fill(-1),
      stage: new Uint8Array(accounts),
      openedSecond: new Float64Array(accounts),
      fraction: new Float64Array(accounts),
      bookSeconds: new Float64Array(accounts),
      offeredUsd: new Float64Array(accounts * bookSeconds),
      takenUsd: new Float64Array(accounts * bookSeconds),
      queue: new Int32Array(accounts),
    },
    second: 0,
    next: 0,
    turns: 0,
    round: 0,
    isFundDue: false,
    unfinished: -1,
    unborneAtoms: 0,
    due: { netEquity: 0, maintenance: 0, exposure: 0 },
    rankings: new Array<Ranking | null>(markets * 2).fill(null),
    opened: 0,
    receipts: 0,
  };
}
