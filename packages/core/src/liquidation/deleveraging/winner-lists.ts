/** Working memory of deleveraging: whom positions can be closed against, ranked once in a command. */

/** A part of a position that can be closed: all of its lots hedge, or none. */
export interface Winner {
  account: number;
  /** RowIx of the position. */
  row: number;
  /** Lots of this part; what is taken is taken off. */
  lots: number;
  score: number;
  rank: number;
  isHedged: boolean;
}

/** Winners of one market and side, first to be closed first. */
export interface WinnerList {
  /** Those who share as one rank, one such group after another. */
  readonly ranks: Winner[][];
  /** Leading ranks of which nothing is left: later closes of the command begin after them. */
  spent: number;
}

/** Lists of each market and side, made once in a command and used up by it. */
export interface WinnerLists {
  seq: number;
  /** By place: long positions of a market at 2 * market, short ones after them; null not made. */
  readonly lists: (WinnerList | null)[];
}

/** Makes empty lists. @param markets - of the venue. */
export function createWinnerLists(markets: number): WinnerLists {
  return { seq: -1, lists: new Array<WinnerList | null>(markets * 2).fill(null) };
}
