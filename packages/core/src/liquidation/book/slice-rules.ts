/** What a slice on the book brings with it into the sweep. */

/** The slice that is matching: of a liquidation, or collateral sold for a settlement borrow. */
export interface SliceRules {
  /** Rate of the fee to the fund; the guard lowers the fee where it would stop the slice from helping. */
  feePpm: number;
  /** The fee is the account's taker fee, to the venue: it gives way to nothing. */
  isTakerFee: boolean;
  /** Quote atoms of it so far, of a fee to the fund. */
  feeAtoms: number;
}
