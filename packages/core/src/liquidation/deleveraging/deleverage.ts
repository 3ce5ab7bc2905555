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
 * Closes all that is left of an account, in as many commands as that takes: what began in one second is finished whatever
 * orders come in between. Afterwards it has no position and no debt, but for what waits: a position in a market whose price
 * is stale is not closed before it is good again, and debts are met once no position is left.
 *
 * @returns false when the command did enough, and the next one goes on.
 */
export function deleverage(state: State, account: number): boolean {
  const positions = exposedParts(state, account).filter((part) => part.market >= 0);
  const open = positions.filter((part) => !part.isStale);
  if (!closeAll(state, account, open)) return false;
  state.liquidation.unborneAtoms = 0;
  if (open.length < positions.length) return true;
  if (account === FUND_ACCOUNT) losePastFund(state);
  else payDebts(state, account);
  return true;
}

/** Shares the deficit over positions and closes them. What the bound left over of it already is borne by none of them. */
function closeAll(state: State, account: number, parts: readonly ExposedPart[]): boolean {
  if (parts.length === 0) return true;
  const { liquidation } = state;
  const borneAtoms = Math.max(0, deficitAtoms(state, account) - liquidation.unborneAtoms);
  const deficit = shareOut(borneAtoms, parts.map(weightOf));
  for (const [at, part] of parts.entries()) {
    const { lots, leftAtoms } = closePosition(state, account, part, deficit[at]!);
    liquidation.unborneAtoms += leftAtoms;
    if (lots < Math.abs(part.lots)) return false;
  }
  return true;
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
