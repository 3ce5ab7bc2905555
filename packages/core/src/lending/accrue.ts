/**
 * Interest (lending rules 1). It accrues by whole seconds of command time: at each tick, and before anything in a later second
 * reads or changes a balance. So what is lent and redeemed, or borrowed and repaid, within one second is the same to the atom.
 *
 * The borrow index grows by the rate, rounded up. Interest is one integer: the worth of all debt shares at the new index,
 * rounded up, less the total borrowed before. The venue's fee is lent by the fees account; the rest raises the lend index,
 * rounded down and never so far that the claims together pass the total lent. What rounding leaves stays in the pool, behind
 * nobody's claim: the dust of INV-06.
 */
import { accrueIndexUp, divBigDown, divBigUp } from '@mochila/math';
import { INDEX_SCALED_MAX, MICROS_PER_DAY, MICROS_PER_SECOND, refreshIndexLimbs } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { FEES_ACCOUNT } from '../ledger/accounts.ts';
import { ensureHolding, lentAtomsOf } from '../ledger/holding-rows.ts';
import type { State } from '../state.ts';
import { depositsOf } from './deposits-guard.ts';
import type { Pool } from './pool.ts';
import { emitPoolUpdated } from './pool-answer.ts';
import { borrowedTotalOf, changeLentTotal, foldPool } from './pool-totals.ts';
import { addLendShares } from './shares.ts';
import { rollThrottle } from './throttle.ts';
import { feePpmOf, scaledBorrowRate } from './utilization.ts';

/** Pico-shares times an index scaled 1e18. */
const SHARE_INDEX_SCALE = 10n ** 30n;
const MILLION = 1_000_000n;

/** Brings every asset to the second of the running command; nothing to do when they are there, and they are in step. */
export function accrueAssets(state: State): void {
  const second = Math.floor(state.timeMicros / MICROS_PER_SECOND) * MICROS_PER_SECOND;
  const span = second - state.assets[state.usdc]!.accruedAtMicros;
  if (span <= 0) return;
  for (const asset of state.assets) {
    asset.accruedAtMicros = second;
    updateAverages(asset, Math.min(1, span / MICROS_PER_DAY));
    const { ix, pool } = asset;
    if (pool === null) continue;
    accruePool(state, ix, pool, span);
    if (rollThrottle(pool, second)) emitPoolUpdated(state, ix);
  }
}

/** One-day averages, of what stood since the last accrual. */
function updateAverages(asset: Asset, share: number): void {
  asset.averageDeposits += (depositsOf(asset) - asset.averageDeposits) * share;
  if (asset.pool !== null) asset.pool.averageBorrowed += (borrowedTotalOf(asset.pool) - asset.pool.averageBorrowed) * share;
}

/** Accrues one pool over a span in microseconds. */
function accruePool(state: State, asset: number, pool: Pool, span: number): void {
  foldPool(pool);
  if (pool.borrowShares === 0n && pool.borrowedAtoms === 0n) return;
  const grown = accrueIndexUp(pool.borrowIndex, scaledBorrowRate(pool), span);
  // At the highest index, nine thousand times what was owed, interest ends: the engine does not.
  pool.borrowIndex = grown < INDEX_SCALED_MAX ? grown : INDEX_SCALED_MAX;
  refreshIndexLimbs(pool.borrowLimbs, pool.borrowIndex);
  const worth = divBigUp(pool.borrowShares * pool.borrowIndex, SHARE_INDEX_SCALE);
  if (worth > pool.borrowedAtoms) shareInterest(state, asset, pool, worth - pool.borrowedAtoms);
}

/** Gives interest to the venue and the lenders, each a whole number of atoms. */
function shareInterest(state: State, asset: number, pool: Pool, interest: bigint): void {
  pool.borrowedAtoms += interest;
  const feeMillionths = interest * BigInt(feePpmOf(pool.listing)) + BigInt(pool.feeRemainder);
  // Without lenders all of it is the venue's.
  const fee = pool.lendShares === 0n ? interest : feeMillionths / MILLION;
  pool.feeRemainder = Number(feeMillionths % MILLION);
  raiseLendIndex(pool, interest - fee);
  if (fee > 0n) lendFee(state, asset, pool, Number(fee));
  foldPool(pool);
}

function raiseLendIndex(pool: Pool, atoms: bigint): void {
  if (atoms === 0n) return;
  pool.lentAtoms += atoms;
  const raised = pool.lendIndex + divBigDown(atoms * SHARE_INDEX_SCALE, pool.lendShares);
  const covered = divBigDown(pool.lentAtoms * SHARE_INDEX_SCALE, pool.lendShares);
  const next = raised < covered ? raised : covered;
  if (next <= pool.lendIndex) return;
  pool.lendIndex = next;
  refreshIndexLimbs(pool.lendLimbs, next);
}

/** The fee is a claim, not cash: in cash it would drive a full pool negative. */
function lendFee(state: State, asset: number, pool: Pool, atoms: number): void {
  const row = ensureHolding(state, FEES_ACCOUNT, asset);
  addLendShares(state.holdings, row, pool, atoms, lentAtomsOf(state, row) + atoms, state.scratch.shares);
  changeLentTotal(pool, atoms);
  if (state.holdings.openedSeq[row] === 0) state.holdings.openedSeq[row] = state.seq;
  state.holdings.base[row] = state.holdings.base[row]! + atoms;
}
