/** An operator changes what a lending pool accepts (lending.md 3). */
import { type CommandFields, commands, events, PoolState, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { borrowedTotalOf, lentTotalOf } from '../lending/pool-totals.ts';
import { ratesOf, utilizationOf } from '../lending/utilization.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** Rejects: unknownAsset, notBorrowable, badParameters. Settlement borrows go on in every state. */
export function applySetPoolState(state: State, command: CommandFields<'setPoolState'>): Reject | null {
  const asset = state.assets[command.asset];
  if (asset === undefined) return reject(state, rejects.unknownAsset, command.asset);
  const { pool } = asset;
  if (pool === null) return reject(state, rejects.notBorrowable);
  if (!Object.values<number>(PoolState).includes(command.poolState)) return reject(state, rejects.badParameters, command.poolState);
  // Point of no return.
  pool.poolState = command.poolState;
  emit(state.out, events.poolUpdated, {
    asset: asset.ix,
    poolState: pool.poolState,
    lentAtoms: lentTotalOf(pool),
    borrowedAtoms: borrowedTotalOf(pool),
    ...ratesOf(pool),
    utilization: utilizationOf(pool),
  });
  emit(state.out, events.operatorActed, { commandCode: commands.setPoolState.code, operator: command.operator });
  return null;
}
