/** What a withdrawal is paid from: free cash, then redeemed lends, then a borrow; and whether the pool lets that go. */
import { type Reject, rejects } from '@mochila/protocol';
import { findHolding, hasRoomForHoldings, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingFree, holdingHeld } from '../ledger/holdings.ts';
import { checkBorrow, checkRedeemCash } from '../lending/borrow-checks.ts';
import { throttleBoundOf } from '../lending/throttle.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** Atoms by origin; `shortAtoms` is what nothing covers. */
export interface WithdrawalParts {
  redeemAtoms: number;
  borrowAtoms: number;
  shortAtoms: number;
}

/**
 * Splits an amount over what an account has of the asset. Held money stays: what is held first uses what would otherwise
 * not leave, and nothing is borrowed while some is held, since the payment would take the held money instead.
 */
export function partsOf(
  state: State,
  account: number,
  asset: number,
  atoms: number,
  mayRedeem: boolean,
  mayBorrow: boolean,
): WithdrawalParts {
  const row = findHolding(state, account, asset);
  const free = row < 0 ? 0 : holdingFree(state.holdings, row);
  const lent = row < 0 ? 0 : lentAtomsOf(state, row);
  const held = row < 0 ? 0 : holdingHeld(state.holdings, row);
  const available = Math.max(0, Math.min(mayRedeem ? free + lent : free, free + lent - held));
  const own = Math.min(atoms, available);
  const canBorrow = mayBorrow && held === 0;
  const rest = atoms - own;
  return { redeemAtoms: Math.max(0, own - free), borrowAtoms: canBorrow ? rest : 0, shortAtoms: canBorrow ? 0 : rest };
}

/** True when all of the amount is covered. */
export function isCovered(parts: WithdrawalParts): boolean {
  return parts.shortAtoms === 0;
}

/** @returns borrowRequiresLendRedeem, holdingTableFull, a reject of the pool, or null. */
export function checkPartsLeaving(state: State, account: number, asset: number, parts: WithdrawalParts): Reject | null {
  const { redeemAtoms, borrowAtoms } = parts;
  if (borrowAtoms === 0) return redeemAtoms === 0 ? null : checkRedeemCash(state, asset, redeemAtoms);
  const row = findHolding(state, account, asset);
  if (row < 0 && !hasRoomForHoldings(state, 1))
    return reject(state, rejects.holdingTableFull, state.holdings.capacity, state.holdings.capacity);
  const lent = row < 0 ? 0 : lentAtomsOf(state, row);
  if (lent > redeemAtoms) return reject(state, rejects.borrowRequiresLendRedeem, 0, lent);
  const refused = checkBorrow(state, account, asset, borrowAtoms);
  if (refused !== null || redeemAtoms === 0) return refused;
  const { pool } = state.assets[asset]!;
  // Borrowing b on top of a redeem fills the pool like a redeem of b / bound more.
  return pool === null ? null : checkRedeemCash(state, asset, redeemAtoms + Math.ceil(borrowAtoms / throttleBoundOf(pool)));
}
