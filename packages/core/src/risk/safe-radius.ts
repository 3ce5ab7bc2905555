/** How far prices can move before an account can be short: what lets the index look at few accounts (liquidation rules 1). */
import type { Health } from './health.ts';

/** Taken off every radius: the rounding of the sums it is made from. */
const ROUNDING = 1e-9;

/**
 * The safe radius `b / (L + b)` of an account: as long as the odometer has moved by less, its net equity is not below its
 * maintenance margin.
 *
 * Why. The odometer adds `abs(new - old) / min(new, old)` of the price that moved most, so after a distance d every price
 * stands between `e^-d` and `e^d` times the old one, and `e^d - 1 <= d / (1 - d)`. With that as x, each perp's value moves by
 * at most `notional * x`, each debt's by `debt * x`, collateral by at most its value times x (weights fall slower than
 * values rise), maintenance by 1.5 times itself times x (`factor * sqrt(n) * n` grows with the power 1.5), and a perp's loss
 * may become a USDC borrow with a maintenance of its own. Their sum is at most `L * x`, which reaches b at
 * `d = b / (L + b)`. Debts grow by interest, which the odometer adds as if it were a price.
 *
 * @param health - at the mark, net equity at least maintenance.
 * @param usdcMmf - maintenance fraction of a USDC borrow as large as all the account's perps and debts, a fraction.
 * @returns distance of the odometer, 0 to 1.
 */
export function safeRadius(health: Health, usdcMmf: number): number {
  const buffer = health.netEquity - health.maintenanceMargin;
  if (buffer <= 0) return 0;
  // Open orders count in the exposure: it is never less than the notional.
  const perps = health.futuresExposure;
  const slope = perps * (1 + usdcMmf) + health.borrowLiability + 1.5 * health.maintenanceMargin + health.collateral;
  return (buffer / (slope + buffer)) * (1 - ROUNDING);
}
