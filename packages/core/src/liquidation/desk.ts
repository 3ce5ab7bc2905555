/** Who takes over in stages 2 and 3: backstop providers or the fund, seen alike by the code that shares a taking out. */
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';

/** Largest weight in a sharing out: as many as there can be postings stay below 2^53 together. */
export const SHARE_WEIGHT_MAX = 2 ** 40;

/** One that may take, with what it may take. */
export interface Seat {
  account: number;
  /** RowIx of the posting, -1 for the fund. */
  posting: number;
  /** USDC atoms of notional it may take now, its margin left aside. */
  roomAtoms: number;
}

/** A stage's takers. */
export interface Desk {
  /** LiquidationStage. */
  readonly stage: number;
  /**
   * Those with room in a market, in a fixed order.
   *
   * @param isBuying - they would become longer in the market's base: by a long position, or collateral for a debt of USDC.
   */
  seats(state: State, market: Market, isBuying: boolean, exceptAccount: number): Seat[];
  /** Counts what a seat took: signed lots of a perpetual or atoms of a spot market's base, and the notional; null when nothing is counted. */
  readonly took: ((state: State, seat: Seat, amount: number, notionalAtoms: number) => void) | null;
}
