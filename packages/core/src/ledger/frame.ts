/**
 * Frames (accounts rules 3): every command moves money inside one, and it closes only when the changes of each asset over all
 * accounts, clearing and custody sum to zero.
 */
import { assert } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { emitBalanceChanged } from '../event-buffer.ts';
import { accrueAssets } from '../lending/accrue.ts';
import { poolCashOf } from '../lending/pool-totals.ts';
import { noteChanged } from '../risk/short-index.ts';
import type { State } from '../state.ts';
import { FIRST_CUSTOMER_ACCOUNT } from './accounts.ts';
import { settleFreeCredits } from './free-credits.ts';
import { debtAtomsOf, lentAtomsOf } from './holding-rows.ts';
import { holdingAccount, holdingAsset, holdingFree, holdingHeld, setHoldingStamp } from './holdings.ts';
import { emitMoves } from './moves.ts';

/** Opens the frame of a command. Interest is brought up to the command's second first, so no balance read in it moves by itself. */
export function openFrame(state: State): void {
  const { scratch } = state;
  assert(!scratch.isFrameOpen, 'one frame at a time');
  accrueAssets(state);
  scratch.isFrameOpen = true;
}

/** Judges cash on the frame's net, checks that it closes, and tells every balance that changed, once. */
export function closeFrame(state: State): void {
  const { scratch } = state;
  assert(scratch.isFrameOpen, 'a closed frame was open');
  // Most commands move no money: an order that rests, a cancel of a perpetual's.
  if (scratch.isMoneyMoved) closeMoves(state);
  scratch.isFrameOpen = false;
}

function closeMoves(state: State): void {
  const { scratch } = state;
  settleFreeCredits(state);
  for (const asset of state.assets) closeAsset(asset);
  emitMoves(state);
  for (let at = 0; at < scratch.touchedHoldingCount; at += 1) closeHolding(state, scratch.touchedHoldings[at]!);
  scratch.touchedHoldingCount = 0;
  scratch.isMoneyMoved = false;
}

function closeAsset(asset: Asset): void {
  assert(asset.frameNet === 0, 'INV-01: every frame closes at zero');
  asset.isClearingMoved = false;
  const { pool } = asset;
  if (pool === null || !pool.isMoved) return;
  pool.isMoved = false;
  // Stronger than INV-06 while winners are paid first: what clearing still has to collect counts as borrowed.
  assert(poolCashOf(pool) + asset.clearingAtoms >= 0, 'INV-06: no more is borrowed than lent');
}

function closeHolding(state: State, row: number): void {
  const { holdings, scratch } = state;
  setHoldingStamp(holdings, row, 0);
  const account = holdingAccount(holdings, row);
  if (account < FIRST_CUSTOMER_ACCOUNT) return;
  noteChanged(scratch.shortIndex, account);
  emitBalanceChanged(
    state.out,
    account,
    holdingAsset(holdings, row),
    holdingFree(holdings, row),
    lentAtomsOf(state, row),
    debtAtomsOf(state, row),
    holdingHeld(holdings, row),
  );
}
