/** The borrower: keeps pools in use around a target that wanders, so that lenders earn something. */
import { clamp } from './quote-ladder.ts';

/** A pool as the borrower sees it, in units of the asset. */
export interface PoolView {
  readonly lent: number;
  readonly borrowed: number;
  /** Share of the pool that is to be borrowed. */
  readonly target: number;
  /** What this borrower owes. */
  readonly owed: number;
  /** Most that it may owe. */
  readonly owedMax: number;
}

/** What it does: a positive quantity. */
export interface PoolAct {
  readonly side: 'Borrow' | 'Lend';
  readonly quantity: number;
}

/** Slack around the target, and the largest step as a share of the pool. */
const SLACK = 0.02;
const STEP_SHARE = 0.05;

/** Decides whether to borrow more or to repay (`Lend` repays debts first). @returns null when the pool is near its target. */
export function decidePool({ lent, borrowed, target, owed, owedMax }: PoolView): PoolAct | null {
  if (lent <= 0) return null;
  const missing = target * lent - borrowed;
  if (Math.abs(missing) < SLACK * lent) return null;
  if (missing > 0) {
    const quantity = Math.min(missing, STEP_SHARE * lent, owedMax - owed);
    return quantity > 0 ? { side: 'Borrow', quantity } : null;
  }
  const quantity = Math.min(-missing, STEP_SHARE * lent, owed);
  return quantity > 0 ? { side: 'Lend', quantity } : null;
}

/** A target between 20 % and 32 % that wanders over hours; a pool's first day lets a third be borrowed at most. */
export function targetOf(seconds: number, phase: number): number {
  return clamp(0.26 + 0.06 * Math.sin(2 * Math.PI * (seconds / (6 * 3_600) + phase)), 0.2, 0.32);
}
