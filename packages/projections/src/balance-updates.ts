/** Balances after a command, absolute. */
import type { EventBatch } from '@mochila/protocol';

/** One asset of one account. `available` is free plus lent less held and never negative; debts stand elsewhere. */
export interface BalanceUpdate {
  readonly account: number;
  readonly asset: number;
  readonly availableAtoms: number;
  /** What open orders hold. */
  readonly lockedAtoms: number;
}

/** The parts of a balance, in atoms. */
export interface BalanceParts {
  readonly freeAtoms: number;
  readonly lentAtoms: number;
  readonly heldAtoms: number;
}

/**
 * Returns what can be used at once.
 *
 * @example availableAtoms({ freeAtoms: 5, lentAtoms: 10, heldAtoms: 3 }) // 12
 */
export function availableAtoms({ freeAtoms, lentAtoms, heldAtoms }: BalanceParts): number {
  return Math.max(0, freeAtoms + lentAtoms - heldAtoms);
}

/**
 * Reads the balances a batch changed: one for each account and asset, as they are after it.
 *
 * @param usdc index of the asset that settles
 */
export function balanceUpdatesOf(batch: EventBatch, usdc: number): BalanceUpdate[] {
  const last = new Map<string, BalanceUpdate>();
  for (const event of batch.events) {
    if (event.name !== 'balanceChanged' && event.name !== 'accountSettled') continue;
    const asset = event.name === 'balanceChanged' ? event.fields.asset : usdc;
    const { account, heldAtoms } = event.fields;
    last.set(`${account}/${asset}`, { account, asset, availableAtoms: availableAtoms(event.fields), lockedAtoms: heldAtoms });
  }
  return [...last.values()];
}
