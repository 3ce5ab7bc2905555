/**
 * Accounts with `autoBorrowSettlements` off whose settlement borrow still stands: collateral is sold for it (lending rules 4).
 * Rows lie close together, so that a second looks at these accounts and at no others.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | account | Int32 | AccountIx | |
 * | otherAtoms | Float64 | USDC atoms owed that no settlement borrowed: nothing is sold for these | all of the debt is a settlement's |
 * | turnSecond | Float64 | second of its last turn | |
 */

/** The rows; columns above. */
export interface SettlementSales {
  readonly capacity: number;
  /** Rows there are: those below. */
  used: number;
  readonly account: Int32Array;
  readonly otherAtoms: Float64Array;
  readonly turnSecond: Float64Array;
  /** Turns of the second that are still to come, and the row after the next of them: turns go down the rows and around. */
  left: number;
  at: number;
}

/** @param accounts - rows of that table: nobody is too many. */
export function createSettlementSales(accounts: number): SettlementSales {
  return {
    capacity: accounts,
    used: 0,
    account: new Int32Array(accounts),
    otherAtoms: new Float64Array(accounts),
    turnSecond: new Float64Array(accounts),
    left: 0,
    at: 0,
  };
}
