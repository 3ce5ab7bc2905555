/**
 * The fence around a provider's capital. It stays in the account, earns and counts as margin of what was taken, but
 * - nothing leaves below it: equity available at leaving prices stays at least all of it until the notice has ended;
 * - no order of the provider's own uses it: of what stands behind nothing taken yet, equity available stays at least that.
 */
import { accountPostingHead } from '../../ledger/accounts.ts';
import type { State } from '../../state.ts';
import { carriedNotional } from './capacity.ts';
import { offerOf } from './offer.ts';

/** USD of ring-fenced capital of an account, over all markets. 0 for whoever posted nothing, at once. */
export function fencedUsd(state: State, account: number): number {
  let atoms = 0;
  for (let row = accountPostingHead(state.accounts, account); row >= 0; row = state.backstop.next[row]!)
    atoms += offerOf(state, row).capitalAtoms;
  return atoms / state.assets[state.usdc]!.unitAtoms;
}

/** USD of it that stands behind nothing taken: what orders may not use as margin. */
export function unusedFenceUsd(state: State, account: number): number {
  const { providerLeverageMax } = state.genesis.liquidation;
  let atoms = 0;
  for (let row = accountPostingHead(state.accounts, account); row >= 0; row = state.backstop.next[row]!) {
    atoms += Math.max(0, offerOf(state, row).capitalAtoms - carriedNotional(state, row) / providerLeverageMax);
  }
  return atoms / state.assets[state.usdc]!.unitAtoms;
}
