/** The end of a liquidation: the account is back at liquidation-end, or has nothing left at risk. */
import { events } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { accountHoldingHead, accountPositionHead, setAccountIsLiquidating } from '../ledger/accounts.ts';
import { nextHolding } from '../ledger/holdings.ts';
import type { Health } from '../risk/health.ts';
import { nextPosition, setPositionCaseLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { returnRow } from '../table.ts';

/** Closes the case of an account whose flag is lifted by the caller: its orders are taken again. O(positions and assets). */
export function endCase(state: State, account: number): void {
  const { accounts, positions, holdings, liquidation } = state;
  const row = accounts.liquidationCase[account]!;
  assert(row >= 0, 'a case that ends was opened');
  for (let at = accountPositionHead(accounts, account); at >= 0; at = nextPosition(positions, at)) setPositionCaseLots(positions, at, 0);
  for (let at = accountHoldingHead(accounts, account); at >= 0; at = nextHolding(holdings, at)) holdings.caseAtoms[at] = 0;
  const sale = accounts.saleRow[account]!;
  // What is sold for its settlements goes on in the next second: this one had its slices.
  if (sale >= 0) state.sales.turnSecond[sale] = state.tickSecond;
  accounts.liquidationCase[account] = -1;
  liquidation.cases.account[row] = -1;
  returnRow(liquidation.cases, row);
}

/** Lifts the flag between two slices and closes the case. @param health - of the account as it is now. */
export function unflag(state: State, account: number, health: Health): void {
  setAccountIsLiquidating(state.accounts, account, 0);
  emit(state.out, events.accountFlagged, {
    account,
    isLiquidating: 0,
    equity: health.netEquity,
    maintenance: health.maintenanceMargin,
  });
  endCase(state, account);
}
