/** What the sequencer has to issue so that the liquidations of a second go on. */
import type { State } from '../state.ts';

/** The next turns of accounts that are being liquidated, or whose settlement borrow is being repaid. */
export interface PendingTurns {
  kind: 'liquidate';
  second: number;
  round: number;
}

/** The next `liquidate` command; null when every account had its turn, and the fund its own. */
export function pendingTurns(state: State): PendingTurns | null {
  const { second, round, next, turns, isFundDue } = state.liquidation;
  return next < turns || state.sales.left > 0 || isFundDue ? { kind: 'liquidate', second, round } : null;
}
