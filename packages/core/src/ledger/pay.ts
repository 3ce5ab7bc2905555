/** `pay`: how an account is debited (accounts rules 3): free cash first, then redeemed lends, then a borrow. */
import { assert, assertSafe } from '@mochila/units';
import type { Pool } from '../lending/pool.ts';
import type { State } from '../state.ts';
import { changeFree } from './free-cash.ts';
import { ensureHolding, findHolding, lentAtomsOf, touchHolding } from './holding-rows.ts';
import { holdingFree } from './holdings.ts';
import { borrowAct, redeemAct } from './lending-acts.ts';

/**
 * What a payment may use beyond free cash; bits. `Forced` marks settlement, funding, fees and liquidation: it redeems and
 * borrows, and is refused by no margin, limit, throttle, utilisation or pool state (lending rules 3).
 */
export const PayPolicy = { Free: 0, Redeem: 1, Borrow: 2, Forced: 7 } as const;

/**
 * Debits an account. Looks at no limit and no margin: who pays by choice was checked before (lending/borrow-checks.ts). May use held
 * money; the orders it no longer covers are cancelled at the end of the command. Without `Redeem` it does not borrow while the
 * account lends the asset (INV-04).
 *
 * @param amountAtoms - Atoms, 0 or more.
 * @param policy - bits of {@link PayPolicy}.
 * @param source - BorrowLendSource of what is redeemed or borrowed.
 * @returns the shortfall: Atoms not covered, 0 when paid in full. What is covered has moved.
 */
export function pay(
  state: State,
  account: number,
  asset: number,
  amountAtoms: number,
  policy: number,
  source: number,
  orderId = 0,
): number {
  if (amountAtoms === 0) return 0;
  assert(amountAtoms > 0, 'a payment is a positive amount');
  const entry = state.assets[asset]!;
  const canBorrow = (policy & PayPolicy.Borrow) !== 0 && entry.pool !== null;
  const row = canBorrow ? ensureHolding(state, account, asset) : findHolding(state, account, asset);
  if (row < 0) return amountAtoms;
  touchHolding(state, row);
  const free = Math.min(amountAtoms, holdingFree(state.holdings, row));
  if (free > 0) changeFree(state, entry, row, -free);
  let rest = amountAtoms - free;
  if (rest > 0 && entry.pool !== null) rest = payFromPool(state, entry.pool, row, rest, policy, source, orderId);
  entry.frameNet = assertSafe(entry.frameNet - (amountAtoms - rest));
  return rest;
}

/** Redeems and borrows; returns the atoms left. */
function payFromPool(state: State, pool: Pool, row: number, atoms: number, policy: number, source: number, orderId: number): number {
  const redeemed = (policy & PayPolicy.Redeem) !== 0 ? redeemAct(state, pool, row, atoms, source, orderId) : 0;
  const rest = atoms - redeemed;
  if (rest === 0 || (policy & PayPolicy.Borrow) === 0 || lentAtomsOf(state, row) > 0) return rest;
  borrowAct(state, pool, row, rest, source, orderId);
  return 0;
}
