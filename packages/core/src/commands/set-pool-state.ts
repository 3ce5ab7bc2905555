/** An operator changes what a lending pool accepts (lending rules 3). */
import { type CommandFields, commands, events, PoolState, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { emitPoolUpdated } from '../lending/pool-answer.ts';
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
  emitPoolUpdated(state, asset.ix);
  emit(state.out, events.operatorActed, { commandCode: commands.setPoolState.code, operator: command.operator });
  return null;
}
