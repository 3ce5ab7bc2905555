/** What a slice on the book brings with it into the sweep. */

/** The slice that is matching. */
export interface SliceRules {
  /** Rate of the fee to the fund; the guard lowers the fee where it would stop the slice from helping. */
  feePpm: number;
  /** Quote atoms of it so far. */
  feeAtoms: number;
}
