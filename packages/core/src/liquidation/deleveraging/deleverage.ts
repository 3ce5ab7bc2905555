/**
 * Stage 4 (liquidation rules 2 and 3): the deficit of an account is shared over its positions, each of which is closed whole
 * against winners. What the price clamp leaves, and debts that nobody took, the fund pays; what it cannot, the lenders lose.
 */
import { shareOut } from '@mochila/math';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import type { State } from '../../state.ts';
import { type ExposedPart, exposedParts } from '../exposed-parts.ts';
import { closePosition } from './close-position.ts';
import { losePastFund, payDebts } from './pay-debts.ts';

const health = createHealth();

/**
 * Closes all that is left of an account. Afterwards it has no position and no debt, but for what waits: a position in a
 * market whose price is stale is not closed before it is good again, and debts are met once no position is left.
 */
export function deleverage(state: State, account: number): void {
  const positions = exposedParts(state, account).filter((part) => part.market >= 0);
  const open = positions.filter((part) => !part.isStale);
  closeAll(state, account, open);
  if (open.length < positions.length) return;
  if (account === FUND_ACCOUNT) losePastFund(state);
  else payDebts(state, account);
}

function closeAll(state: State, account: number, parts: readonly ExposedPart[]): void {
  if (parts.length === 0) return;
  const deficit = shareOut(deficitAtoms(state, account), parts.map(weightOf));
  for (const [at, part] of parts.entries()) closePosition(state, account, part, deficit[at]!);
}

/** Notional in whole cents, at least one: sums of many stay exact. */
function weightOf(part: ExposedPart): number {
  return Math.max(1, Math.round(part.notional * 100));
}

/** Debts left when all assets are counted: USDC atoms, rounded up; 0 while real equity is not negative. */
export function deficitAtoms(state: State, account: number): number {
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  return Math.max(0, Math.ceil(0 - health.realEquity * state.assets[state.usdc]!.unitAtoms));
}
