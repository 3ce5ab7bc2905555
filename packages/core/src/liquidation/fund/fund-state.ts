/** The fund's desk: the orders by which it unwinds what it took (liquidation rules 2, stage 3), one a market. */

/** Columns by market. */
export interface FundDesk {
  /** Minute whose part is on offer, -1 none yet. */
  readonly unwindMinute: Float64Array;
  /** Id of the order that offers it, 0 none. */
  readonly unwindOrderId: Float64Array;
  /** Hour in which lenders last lost what the fund owes beyond all it has, -1 never. */
  lossHour: number;
}

/** Makes the desk of a fund that took nothing. @param markets - of the venue. */
export function createFundDesk(markets: number): FundDesk {
  return { unwindMinute: new Float64Array(markets).fill(-1), unwindOrderId: new Float64Array(markets), lossHour: -1 };
}
