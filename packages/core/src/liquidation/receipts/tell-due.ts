/** Tells the receipt of a taking why its account was left to the backstop (liquidation rules 2, stage 2). */
import { isBackstopDue } from '@mochila/math';
import { ReceiptTerm } from '@mochila/protocol';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import type { State } from '../../state.ts';
import { bookOf } from '../stage.ts';
import { addReceiptTerm } from './add-receipt-act.ts';

const health = createHealth();

/**
 * Adds what the receipt's own lines do not say: the figures its turn began with, where an earlier taking of the turn has changed
 * them, and what the book took of what it was offered, where that is the reason.
 *
 * @param account - one that is being liquidated.
 */
export function tellDue(state: State, account: number): void {
  const { due } = state.liquidation;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  const isAsItBegan =
    health.netEquity === due.netEquity && health.maintenanceMargin === due.maintenance && health.totalExposure === due.exposure;
  if (!isAsItBegan) {
    addReceiptTerm(state, ReceiptTerm.DueNetEquity, due.netEquity);
    addReceiptTerm(state, ReceiptTerm.DueMaintenance, due.maintenance);
    addReceiptTerm(state, ReceiptTerm.DueExposure, due.exposure);
  }
  const { backstopMmfShare, backstopMmfLess } = state.genesis.liquidation;
  if (isBackstopDue(due.netEquity, due.maintenance, due.exposure, backstopMmfShare, backstopMmfLess)) return;
  const { offeredUsd, takenUsd } = bookOf(state, state.accounts.liquidationCase[account]!);
  addReceiptTerm(state, ReceiptTerm.BookOffered, offeredUsd);
  addReceiptTerm(state, ReceiptTerm.BookTaken, takenUsd);
}
