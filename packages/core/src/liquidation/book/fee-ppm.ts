/** The rate of the liquidation fee (liquidation rules 2). */
import { liquidationFeePpm } from '@mochila/math';
import type { State } from '../../state.ts';

/** Rate for what closes a notional with a maintenance margin, both USD. @returns ppm, rounded down. */
export function feePpmOf(state: State, maintenance: number, notional: number): number {
  const { feeMax, feeMmfShare } = state.genesis.liquidation;
  return notional > 0 ? liquidationFeePpm(maintenance / notional, feeMax, feeMmfShare) : 0;
}
