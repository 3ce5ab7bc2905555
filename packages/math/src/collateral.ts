/**
 * How much of an asset's value counts as collateral. Source: accounts rules 5.
 *
 * - `identity`: always `weight`
 * - `inverseSqrt`: `min(weight, base / (1 + penalty * sqrt(notional)))`, the larger the holding the less of it
 */
export type CollateralWeight =
  | { readonly kind: 'identity'; readonly weight: number }
  | { readonly kind: 'inverseSqrt'; readonly weight: number; readonly base: number; readonly penalty: number };

/**
 * Returns the weight of a holding.
 *
 * @param rule of the asset
 * @param notional value of the holding, USD, 0 or more
 * @returns 0 to 1
 * @example collateralWeight({ kind: 'identity', weight: 0.95 }, 30000) // 0.95
 */
export function collateralWeight(rule: CollateralWeight, notional: number): number {
  if (rule.kind === 'identity') return rule.weight;
  return weightInverseSqrt(notional, rule.weight, rule.base, rule.penalty);
}

/**
 * Returns `min(weight, base / (1 + penalty * sqrt(notional)))`, for hot loops over columns.
 *
 * @param notional value of the holding, USD, 0 or more
 * @example weightInverseSqrt(1000000, 0.85, 1.1, 0.0003) // 0.8461538461538461
 */
export function weightInverseSqrt(notional: number, weight: number, base: number, penalty: number): number {
  const reduced = base / (1 + penalty * Math.sqrt(notional));
  return reduced < weight ? reduced : weight;
}

/**
 * Returns what a holding counts as collateral: `notional * weight(notional)`.
 *
 * @param rule of the asset
 * @param notional (free + lent, held included) * price, USD, 0 or more
 * @returns USD
 * @example collateralValue({ kind: 'identity', weight: 0.95 }, 30000) // 28500
 */
export function collateralValue(rule: CollateralWeight, notional: number): number {
  return notional * collateralWeight(rule, notional);
}
