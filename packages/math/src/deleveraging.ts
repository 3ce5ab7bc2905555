import { assert, assertSafe } from '@mochila/units';

/** How a position is closed against winners when its account's deficit is shared. */
export interface DeficitPrice {
  /** Price of the close, whole ticks. */
  readonly ticks: number;
  /** Quote atoms the winners give beside the price: the part of the deficit that makes no whole tick. */
  readonly cashAtoms: number;
  /** Quote atoms of the deficit that the bound leaves to others. */
  readonly leftAtoms: number;
}

/**
 * Returns the price at which a position is closed against winners so that they bear its part of a deficit:
 * `mark + D / size` for a long one, `mark - D / size` for a short one, clamped to mark +- the premium bound. The price is a
 * whole tick, rounded towards the mark; what that rounds away the winners give in cash, so that their part is exact.
 * Source: liquidation rules 2, stage 4.
 *
 * @param deficit atoms of the quote asset, 0 or more
 * @param size signed lots, not 0
 * @param mark ticks
 * @param bound premium bound of the market, a fraction
 * @param k quote atoms of one tick times one lot
 * @example deficitPrice(1050, 10, 1000, 0.05, 2) // { ticks: 1050, cashAtoms: 0, leftAtoms: 50 }
 */
export function deficitPrice(deficit: number, size: number, mark: number, bound: number, k: number): DeficitPrice {
  assert(deficit >= 0, 'a deficit is not negative');
  assert(size !== 0, 'a position that is closed has a size');
  const tickAtoms = assertSafe(Math.abs(size) * k);
  const boundTicks = Math.min(mark - 1, Math.floor(mark * bound));
  const borneAtoms = Math.min(deficit, assertSafe(boundTicks * tickAtoms));
  const shift = Math.floor(borneAtoms / tickAtoms);
  return {
    ticks: size > 0 ? mark + shift : mark - shift,
    cashAtoms: borneAtoms - shift * tickAtoms,
    leftAtoms: deficit - borneAtoms,
  };
}

/** Figures of a winner's position, USD. */
export interface RankedPosition {
  /** Profit of the open size against its average entry. */
  readonly profit: number;
  /** Its cost: size at the average entry. */
  readonly cost: number;
  /** Net exposure of its account in the asset, in the direction of the position; 0 when it is hedged. */
  readonly netExposure: number;
  readonly realEquity: number;
}

/** Leverage of an account without equity; larger than any true one. */
const LEVERAGE_MAX = 1_000_000;

/**
 * Returns the deleveraging score: `(profit / cost) * effective leverage`, leverage by the account's net exposure.
 * Source: liquidation rules 3.
 *
 * @returns above 0 for a winner that is not hedged, 0 for one that is, below 0 for a loser
 * @example deleveragingScore({ profit: 50, cost: 100, netExposure: 300, realEquity: 100 }) // 1.5
 */
export function deleveragingScore(position: RankedPosition): number {
  const { profit, cost, netExposure, realEquity } = position;
  const gain = cost > 0 ? profit / cost : 0;
  if (gain <= 0) return gain;
  if (netExposure <= 0) return 0;
  return netExposure < realEquity * LEVERAGE_MAX ? (gain * netExposure) / realEquity : gain * LEVERAGE_MAX;
}

/** Rank of the highest scores; they fall from it by one for each halving. */
const RANK_TOP = 32;

/**
 * Returns the rank of a score: 1 to 64 for winners, one more for each doubling; 0 for everybody else. Those of one rank
 * share pro rata. Source: liquidation rules 3.
 *
 * @example deleveragingRank(1.5) // 32
 */
export function deleveragingRank(score: number): number {
  if (score <= 0) return 0;
  let rank = RANK_TOP;
  let rest = score;
  for (; rest >= 2 && rank < 2 * RANK_TOP; rest /= 2) rank += 1;
  for (; rest < 1 && rank > 1; rest *= 2) rank -= 1;
  return rank;
}
