/** The end of a second (perpetuals rules 7): after marks, settlement and funding. */
import { openTurns } from '../liquidation/open-turns.ts';
import { openSales } from '../liquidation/settlement-sales/run-sales.ts';
import { findTriggers } from '../matching/triggers.ts';
import { flagAccounts } from '../risk/flag.ts';
import type { State } from '../state.ts';

/** Flags accounts, lists whose liquidation and whose sales go on, and finds triggers; run by the tick, or by the last slice when an epoch is open. */
export function finishSecond(state: State): void {
  flagAccounts(state);
  openTurns(state);
  openSales(state);
  findTriggers(state);
}
