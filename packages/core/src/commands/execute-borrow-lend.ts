/** Lends, redeems, borrows or repays by hand (lending rules 6). */
import { BorrowLendSide, BorrowLendSource, type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { accountIsLiquidating } from '../ledger/accounts.ts';
import { changeFree } from '../ledger/free-cash.ts';
import {
  availableAtomsOf,
  debtAtomsOf,
  ensureHolding,
  findHolding,
  hasRoomForHoldings,
  holdingMax,
  lentAtomsOf,
  roomForCredit,
  touchHolding,
} from '../ledger/holding-rows.ts';
import { holdingFree } from '../ledger/holdings.ts';
import { borrowAct, lendAct, redeemAct, repayAct } from '../ledger/lending-acts.ts';
import { checkBorrow, checkBorrowGrowth, checkLend, checkRedeemCash } from '../lending/borrow-checks.ts';
import type { Pool } from '../lending/pool.ts';
import { HOLDING_ATOMS_MAX } from '../limits.ts';
import { checkNoNote } from '../liquidation/notes/check-note.ts';
import { reject } from '../reject.ts';
import { checkLeaving } from '../risk/check.ts';
import { clearProjection } from '../risk/projection.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

type ExecuteBorrowLend = CommandFields<'executeBorrowLend'>;

/**
 * Side Lend repays what the account owes, or lends free cash; side Borrow redeems what it lends, or borrows into free cash. One
 * command does one of the two: an amount beyond the debt (or the lend) is refused, so no act crosses over.
 *
 * Which acts would an auto mode undo at once? Auto modes act on credits as they arrive, never on cash that lies free: redeemed
 * cash stays free with autoLend on, borrowed cash stays beside its debt with autoRepayBorrows on, and what comes in *later* is
 * lent or repays. So nothing done here is undone at once and manualUndone is not answered; refusing instead would close the
 * whole call to accounts with default settings, whose clients redeem and borrow by hand.
 *
 * Answers [quantityAtoms].
 *
 * @returns unknownAsset, notBorrowable, badAmount, debtNoteStands, holdingTableFull; lendRequiresBorrowRepay, insufficientBalance, poolClosed,
 * poolRepayOnly, openBorrowLendLimit, holdingLimit (Lend); borrowRequiresLendRedeem, accountLiquidating, holdingLimit and those of {@link checkBorrow}
 * and {@link checkLeaving} (Borrow); or null.
 */
export function executeBorrowLend(state: State, command: ExecuteBorrowLend): Reject | null {
  const { account, quantityAtoms } = command;
  const asset = state.assets[command.asset];
  if (asset === undefined) return reject(state, rejects.unknownAsset, command.asset);
  const { pool } = asset;
  if (pool === null) return reject(state, rejects.notBorrowable);
  const isWhole = Number.isSafeInteger(quantityAtoms) && quantityAtoms >= 1;
  if (!isWhole) return reject(state, rejects.badAmount, quantityAtoms, HOLDING_ATOMS_MAX);
  const noted = checkNoNote(state, account);
  if (noted !== null) return noted;
  const row = findHolding(state, account, asset.ix);
  if (command.side === BorrowLendSide.Lend) return lendOrRepay(state, asset, pool, row, quantityAtoms);
  if (row < 0 && !hasRoomForHoldings(state, 1))
    return reject(state, rejects.holdingTableFull, state.holdings.capacity, state.holdings.capacity);
  return borrowOrRedeem(state, asset, pool, account, row, quantityAtoms);
}

function lendOrRepay(state: State, asset: Asset, pool: Pool, row: number, atoms: number): Reject | null {
  if (row < 0) return reject(state, rejects.insufficientBalance, 0, atoms);
  const debt = debtAtomsOf(state, row);
  if (debt > 0 && debt < atoms) return reject(state, rejects.lendRequiresBorrowRepay, atoms, debt);
  // Lent money still covers what orders hold; repaid money is gone.
  const usable = debt > 0 ? availableAtomsOf(state, row) : holdingFree(state.holdings, row);
  if (usable < atoms) return reject(state, rejects.insufficientBalance, usable, atoms);
  const refused = debt > 0 ? null : (checkLend(state, asset.ix, atoms) ?? checkCountable(state, asset.ix, row, atoms));
  if (refused !== null) return refused;
  // Point of no return.
  touchHolding(state, row);
  changeFree(state, asset, row, -atoms);
  if (debt > 0) {
    const repaid = repayAct(state, pool, row, atoms, BorrowLendSource.Manual, 0);
    assert(repaid === atoms, 'what is repaid was owed');
  } else {
    lendAct(state, pool, row, atoms, BorrowLendSource.Manual, 0);
  }
  setResult(state.scratch, atoms);
  return null;
}

/** Free cash from before the lenders lost may be more than a lend can be now. */
function checkCountable(state: State, asset: number, row: number, atoms: number): Reject | null {
  const most = holdingMax(state, asset);
  return lentAtomsOf(state, row) + atoms > most ? reject(state, rejects.holdingLimit, atoms, most) : null;
}

function borrowOrRedeem(state: State, asset: Asset, pool: Pool, account: number, row: number, atoms: number): Reject | null {
  const lent = row < 0 ? 0 : lentAtomsOf(state, row);
  if (lent > 0 && lent < atoms) return reject(state, rejects.borrowRequiresLendRedeem, atoms, lent);
  const refused = lent > 0 ? checkRedeemCash(state, asset.ix, atoms) : checkManualBorrow(state, asset, account, atoms);
  if (refused !== null) return refused;
  // Point of no return.
  const target = ensureHolding(state, account, asset.ix);
  touchHolding(state, target);
  changeFree(state, asset, target, atoms);
  if (lent > 0) {
    const redeemed = redeemAct(state, pool, target, atoms, BorrowLendSource.Manual, 0);
    assert(redeemed === atoms, 'what is redeemed was lent');
  } else {
    borrowAct(state, pool, target, atoms, BorrowLendSource.Manual, 0);
  }
  setResult(state.scratch, atoms);
  return null;
}

/** A borrow changes no equity and, since free and debt of one asset are netted, no margin: it needs the account to stand well as it is. */
function checkManualBorrow(state: State, asset: Asset, account: number, atoms: number): Reject | null {
  if (accountIsLiquidating(state.accounts, account) !== 0) return reject(state, rejects.accountLiquidating);
  const room = roomForCredit(state, account, asset.ix);
  if (room < atoms) return reject(state, rejects.holdingLimit, atoms, holdingMax(state, asset.ix));
  const refused = checkBorrow(state, account, asset.ix, atoms) ?? checkBorrowGrowth(state, asset.ix, atoms);
  if (refused !== null) return refused;
  clearProjection(state.scratch.projection);
  return checkLeaving(state, account);
}
