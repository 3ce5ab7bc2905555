/** Liquidation goes on until equity is this many times the maintenance margin. Source: accounts rules 5. */
export const LIQUIDATION_END_RATIO = 1.1;

/**
 * Returns the requirement at which a liquidation ends: `1.1 * maintenance margin`.
 *
 * @param maintenanceMargin USD
 * @returns USD
 */
export function liquidationEnd(maintenanceMargin: number): number {
  return LIQUIDATION_END_RATIO * maintenanceMargin;
}

/**
 * Returns what is left for new risk: `net equity - initial margin`.
 *
 * @returns USD, negative when short
 * @example equityAvailable(22500, 15525) // 6975
 */
export function equityAvailable(netEquity: number, initialMargin: number): number {
  return netEquity - initialMargin;
}

/**
 * Tells whether an account may be liquidated: `net equity < maintenance margin`.
 *
 * @example isLiquidatable(6213, 6214) // true
 */
export function isLiquidatable(netEquity: number, maintenanceMargin: number): boolean {
  return netEquity < maintenanceMargin;
}

/**
 * Returns `net equity / total exposure`, or nothing without exposure.
 *
 * @example marginFraction(22500, 310500) // 0.07246376811594203
 */
export function marginFraction(netEquity: number, totalExposure: number): number | undefined {
  return totalExposure > 0 ? netEquity / totalExposure : undefined;
}

/**
 * Returns a margin as a share of net equity, as shown to people (IMR and MMR), or nothing where equity is not positive.
 *
 * @example marginRatio(15525, 22500) // 0.69
 */
export function marginRatio(margin: number, netEquity: number): number | undefined {
  return netEquity > 0 ? margin / netEquity : undefined;
}

/** Net equity and maintenance margin of an account at one moment, USD. */
export interface Health {
  readonly netEquity: number;
  readonly maintenanceMargin: number;
}

/**
 * Tells whether a change does not raise the risk of an account: net equity / maintenance margin does not fall, compared
 * without division as `E' * M >= E * M'`; with nothing left to maintain, `E' >= 0`. The caller also asks that real
 * equity stays >= 0. Source: accounts rules 5; dYdX v4 compares likewise.
 *
 * @example lowersRisk({ netEquity: 5, maintenanceMargin: 10 }, { netEquity: 4, maintenanceMargin: 8 }) // true
 */
export function lowersRisk(before: Health, after: Health): boolean {
  if (after.maintenanceMargin === 0) return after.netEquity >= 0;
  return after.netEquity * before.maintenanceMargin >= before.netEquity * after.maintenanceMargin;
}
