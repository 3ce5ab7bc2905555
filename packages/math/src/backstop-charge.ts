import { assert, mulDivDown } from '@mochila/units';

/** What a charge depends on: figures of the account and of the part taken, USD. */
export interface ChargedPart {
  /** Equity with every weight 1, at the price of the taking. */
  readonly realEquity: number;
  /** Notional of the part, and of all positions and debts of the account. */
  readonly notional: number;
  readonly notionalSum: number;
  /** Maintenance margin of the part. */
  readonly maintenance: number;
}

/**
 * Returns the charge for taking over a position or debt in liquidation: `min(its share of real equity, half its
 * maintenance margin)`. An account without real equity is charged nothing. Source: liquidation rules 2, stage 2.
 *
 * @param maintenanceShare of the part's maintenance margin: a half
 * @returns USD, 0 or more
 * @example backstopCharge({ realEquity: 1000, notional: 50000, notionalSum: 100000, maintenance: 600 }, 0.5) // 300
 */
export function backstopCharge(part: ChargedPart, maintenanceShare: number): number {
  assert(part.notional <= part.notionalSum, 'a part is not larger than the whole');
  if (part.realEquity <= 0 || part.notionalSum === 0) return 0;
  const share = part.realEquity * (part.notional / part.notionalSum);
  const most = part.maintenance * maintenanceShare;
  return share < most ? share : most;
}

/**
 * Returns the charge for the first `taken` units of a part of `whole`, so that the charges of successive takings add up.
 *
 * @param charge of the whole part, atoms
 * @returns atoms, rounded down, in favour of the account
 * @example chargeOfTaken(100, 1, 3) // 33
 */
export function chargeOfTaken(charge: number, taken: number, whole: number): number {
  return mulDivDown(charge, taken, whole);
}

/** Parts a share of a charge is counted in: thirds and millionths are whole. */
const CHARGE_PARTS = 3_000_000;

/**
 * Returns what a taker gets of a charge, rounded down; the rest is the fund's. Source: liquidation rules 2.
 *
 * @param charge atoms
 * @param fundShare the fund's fraction of it: a third
 * @example takerOfCharge(100, 1 / 3) // 66
 */
export function takerOfCharge(charge: number, fundShare: number): number {
  return mulDivDown(charge, CHARGE_PARTS - Math.round(fundShare * CHARGE_PARTS), CHARGE_PARTS);
}
