/** `receive`: how an account is credited (accounts rules 3). A credit never waits and is never refused. */
import { BorrowLendSource, PoolState } from '@mochila/protocol';
import { assert, assertSafe } from '@mochila/units';
import type { Asset } from '../assets.ts';
import type { Pool } from '../lending/pool.ts';
import type { State } from '../state.ts';
import { accountAutoLend, accountAutoRepayBorrows, accountNoteHead } from './accounts.ts';
import { changeFree } from './free-cash.ts';
import { ensureHolding, hasDebt, touchHolding } from './holding-rows.ts';
import { reserveCredit } from './ledger-scratch.ts';
import { lendAct, repayAct } from './lending-acts.ts';

/** What a credit does before it becomes free cash; bits. */
export const ReceiveMode = { Free: 0, Lend: 1, Repay: 2 } as const;

/** The mode an account's own settings ask for; while a debt note stands, what comes in stays free cash. */
export function receiveModeOf(state: State, account: number): number {
  if (accountNoteHead(state.accounts, account) >= 0) return ReceiveMode.Free;
  return (
    (accountAutoLend(state.accounts, account) !== 0 ? ReceiveMode.Lend : 0) |
    (accountAutoRepayBorrows(state.accounts, account) !== 0 ? ReceiveMode.Repay : 0)
  );
}

/**
 * Credits an account: repays its debt in the asset, lends the rest, keeps what is left free, as the mode allows. Free cash the
 * pool cannot give on the frame's net is lent when the frame closes (free-credits.ts).
 *
 * @param amountAtoms - Atoms, 0 or more.
 * @param mode - bits of {@link ReceiveMode}.
 * @param source - BorrowLendSource for the record; what a fill or an auto mode causes is told as AutoLend and AutoBorrowRepay.
 */
export function receive(
  state: State,
  account: number,
  asset: number,
  amountAtoms: number,
  mode: number,
  source: number,
  orderId = 0,
): void {
  if (amountAtoms === 0) return;
  assert(amountAtoms > 0, 'a credit is a positive amount');
  const row = ensureHolding(state, account, asset);
  touchHolding(state, row);
  const entry = state.assets[asset]!;
  entry.frameNet = assertSafe(entry.frameNet + amountAtoms);
  const rest = entry.pool === null ? amountAtoms : receiveIntoPool(state, entry.pool, row, amountAtoms, mode, source, orderId);
  if (rest > 0) receiveFree(state, entry, row, rest);
}

/** Repays and lends; returns the atoms left. */
function receiveIntoPool(state: State, pool: Pool, row: number, atoms: number, mode: number, source: number, orderId: number): number {
  const isAuto =
    source === BorrowLendSource.SpotMargin || source === BorrowLendSource.AutoLend || source === BorrowLendSource.AutoBorrowRepay;
  let rest = atoms;
  if ((mode & ReceiveMode.Repay) !== 0)
    rest -= repayAct(state, pool, row, rest, isAuto ? BorrowLendSource.AutoBorrowRepay : source, orderId);
  if (rest === 0 || (mode & ReceiveMode.Lend) === 0 || pool.poolState !== PoolState.Open || hasDebt(state, row)) return rest;
  lendAct(state, pool, row, rest, isAuto ? BorrowLendSource.AutoLend : source, orderId);
  return 0;
}

function receiveFree(state: State, asset: Asset, row: number, atoms: number): void {
  changeFree(state, asset, row, atoms);
  if (asset.pool === null) return;
  const { ledger } = state.scratch;
  reserveCredit(ledger);
  ledger.creditRow[ledger.creditCount] = row;
  ledger.creditAtoms[ledger.creditCount] = atoms;
  ledger.creditCount += 1;
}
