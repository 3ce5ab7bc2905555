/** What the makers think a market is worth, and when a quote is no longer worth standing by. */

/** A moment of a market. */
export interface MarketView {
  readonly index: number;
  /** The mark of a perpetual; the index on spot. */
  readonly mark: number;
}

/** Perpetuals trade above and below their index by up to this, slowly in turns, so that funding is not the same all day. */
const BASIS_MAX = 0.0012;
const BASIS_PERIOD_SECONDS = 4 * 3_600;
/** How far quotes follow a mark that others have moved away from the index. */
const MARK_SHARE = 0.4;
const TWO_PI = 2 * Math.PI;

/**
 * Fair price of a perpetual: its index, the basis of the hour, and part of what the crowd has made of the mark.
 *
 * @param phase - from 0 to 1, different for each market.
 */
export function fairPerpPrice({ index, mark }: MarketView, seconds: number, phase: number): number {
  const basis = BASIS_MAX * Math.sin(TWO_PI * (seconds / BASIS_PERIOD_SECONDS + phase));
  const premium = Math.min(0.005, Math.max(-0.005, mark / index - 1));
  return index * (1 + basis * (1 - MARK_SHARE) + premium * MARK_SHARE);
}

/** When a quote was made and around what. */
export interface Quoted {
  readonly fair: number;
  readonly atSeconds: number;
  /** Something of it was filled. */
  readonly isTouched: boolean;
}

/** How long a quote stands. */
export interface QuoteLife {
  /** Fraction that the fair price may move by. */
  readonly tolerance: number;
  readonly secondsMin: number;
  readonly secondsMax: number;
}

/**
 * How urgently a quote wants to be renewed: 1 and above means now, more is more urgent; below 1 it stands.
 *
 * @param quoted - null when there is none yet: most urgent of all.
 */
export function urgencyOf(quoted: Quoted | null, fair: number, seconds: number, life: QuoteLife): number {
  if (quoted === null) return Number.MAX_VALUE;
  const age = seconds - quoted.atSeconds;
  if (age < life.secondsMin) return 0;
  const moved = Math.abs(fair / quoted.fair - 1) / life.tolerance;
  const touched = quoted.isTouched ? 1 : 0;
  return Math.max(moved, touched, age / life.secondsMax);
}

/** Half the spread that pays for the moves between two quotes: the base, or what the price usually moves by meanwhile. */
export function halfSpreadOf(base: number, usualMove: number): number {
  return Math.max(base, Math.min(0.01, 0.7 * usualMove));
}

/** A running mean of how much a price moves between two looks, each look weighing a tenth. */
export function followMove(usualMove: number, before: number, now: number): number {
  return 0.9 * usualMove + 0.1 * Math.abs(now / before - 1);
}
