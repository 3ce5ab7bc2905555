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
  /** Something of it was filled, or was refused, or could not be afforded. */
  readonly isIncomplete: boolean;
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
  const incomplete = quoted.isIncomplete ? 1 : 0;
  return Math.max(moved, incomplete, age / life.secondsMax);
}

/**
 * How much wider than usual to quote: so that the first level is beyond what the price moves by between two renewals, and the
 * last still within reach of those who measure depth.
 *
 * @returns 1 or more
 */
export function widenBy(style: SpreadStyle, pace: { readonly movePerRootSecond: number; readonly renewSeconds: number }): number {
  const reach = style.halfSpread + (style.levels - 1) * style.spacing;
  const wanted = (0.7 * pace.movePerRootSecond * Math.sqrt(pace.renewSeconds)) / style.halfSpread;
  return Math.max(1, Math.min(style.reachMax / reach, wanted));
}

/** Distances of a ladder in calm times, fractions of the price. */
export interface SpreadStyle {
  readonly halfSpread: number;
  readonly spacing: number;
  readonly levels: number;
  /** Farthest that a level may ever be. */
  readonly reachMax: number;
}

/** A running mean, each look weighing a tenth, of how much a price moves over the root of a second. */
export function followMove(usual: number, look: { readonly before: number; readonly now: number; readonly seconds: number }): number {
  if (look.seconds <= 0) return usual;
  return 0.9 * usual + (0.1 * Math.abs(look.now / look.before - 1)) / Math.sqrt(look.seconds);
}
