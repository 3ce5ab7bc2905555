/** Answers about backstop, fund and debt notes: part of `queries.ts`. Amounts in atoms, of USDC where nothing else is said. */

/** What an account offers to take over in a market. */
export interface BackstopAnswer {
  market: number;
  /** Ring-fenced. */
  capitalAtoms: number;
  /** Notional carried at once, taken in a minute, taken in an hour, at most. */
  notionalAtoms: number;
  minuteAtoms: number;
  hourAtoms: number;
  /** What it has taken of these, and what it could take now. */
  carriedAtoms: number;
  takenInMinuteAtoms: number;
  takenInHourAtoms: number;
  freeAtoms: number;
  /** What the four are from `nextAtMicros` on; 0 when no notice runs. */
  nextCapitalAtoms: number;
  nextNotionalAtoms: number;
  nextMinuteAtoms: number;
  nextHourAtoms: number;
  nextAtMicros: number;
}

/** What all providers of a market offer together, live. */
export interface BackstopCapacityAnswer {
  market: number;
  providers: number;
  capitalAtoms: number;
  notionalAtoms: number;
  freeAtoms: number;
}

/** The fund as it stands. */
export interface FundAnswer {
  usdcAtoms: number;
  /** USD. */
  equity: number;
  maintenanceMargin: number;
  /** Notional it takes in one market at most. */
  limitAtoms: number;
  /** What it has in every market, signed; a spot market stands for its base. */
  markets: { market: number; notionalAtoms: number }[];
}

/** A debt note that stands. */
export interface DebtNoteAnswer {
  note: number;
  asset: number;
  /** Atoms of the asset. */
  leftAtoms: number;
  writtenAtMicros: number;
}
