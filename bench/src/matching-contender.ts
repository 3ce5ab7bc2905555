/** What a contender in the matching benchmark is, and what it must agree on with the others. */

/** All trades of a run. */
export interface Tally {
  trades: number;
  lots: number;
  /** Sum of price * lots, in ticks times lots: equal only when every fill had the same price. */
  notional: number;
}

/** A matching engine in front of a stream. */
export interface Contender {
  readonly name: string;
  readonly tally: Tally;
  /** Applies the operations in [from, to). */
  run(from: number, to: number): void;
}
