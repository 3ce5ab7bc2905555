/**
 * Forced lends: credits that had to be lent against the owner's setting. One queue per pool, a holding at most once, in the
 * order the holdings joined; they become free cash, oldest first, as far as the pool allows.
 */
import { BorrowLendSource } from '@mochila/protocol';
import type { Asset } from '../assets.ts';
import type { Pool } from '../lending/pool.ts';
import { spareOf } from '../lending/utilization.ts';
import type { State } from '../state.ts';
import { accountAutoLend } from './accounts.ts';
import { changeFree } from './free-cash.ts';
import { lentAtomsOf, touchHolding } from './holding-rows.ts';
import { holdingAccount } from './holdings.ts';
import { redeemAct } from './lending-acts.ts';

/** Adds atoms a holding had to lend to what it waits for. */
export function enqueueForcedLend(state: State, pool: Pool, row: number, atoms: number): void {
  const { holdings } = state;
  const isWaiting = holdings.forced[row]! > 0;
  holdings.forced[row] = holdings.forced[row]! + atoms;
  if (isWaiting) return;
  holdings.forcedNext[row] = -1;
  if (pool.forcedTail < 0) pool.forcedHead = row;
  else holdings.forcedNext[pool.forcedTail] = row;
  pool.forcedTail = row;
}

/** Turns forced lends into free cash as far as every pool stays within maxUtilization. Each epoch calls it when clearing is zero again. */
export function releaseForcedLends(state: State): void {
  for (const asset of state.assets) if (asset.pool !== null && asset.pool.forcedHead >= 0) releaseOfPool(state, asset, asset.pool);
}

function releaseOfPool(state: State, asset: Asset, pool: Pool): void {
  const { holdings } = state;
  let spare = spareOf(asset, pool);
  while (pool.forcedHead >= 0) {
    const row = pool.forcedHead;
    // What was redeemed, paid away or is lent by choice now waits no longer.
    const isWanted = accountAutoLend(state.accounts, holdingAccount(holdings, row)) === 0;
    const waiting = isWanted ? Math.min(holdings.forced[row]!, lentAtomsOf(state, row)) : 0;
    const atoms = Math.min(waiting, Math.max(0, spare));
    if (atoms > 0) {
      touchHolding(state, row);
      redeemAct(state, pool, row, atoms, BorrowLendSource.AutoLend, 0);
      changeFree(state, asset, row, atoms);
      spare -= atoms;
    }
    holdings.forced[row] = waiting - atoms;
    if (atoms < waiting) return;
    pool.forcedHead = holdings.forcedNext[row]!;
    holdings.forcedNext[row] = -1;
    if (pool.forcedHead < 0) pool.forcedTail = -1;
  }
}
