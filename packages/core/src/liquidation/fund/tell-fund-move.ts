/** What the fund received or paid is told where it happens, so that its balance can be explained to the atom. */
import { events } from '@mochila/protocol';
import { emit } from '../../event-buffer.ts';
import type { State } from '../../state.ts';

/**
 * Tells a move of the fund; nothing when it is of nothing.
 *
 * @param move - FundMove.
 * @param account - whom it was about.
 * @param amountAtoms - atoms of `asset`, negative when the fund paid.
 */
export function tellFundMove(state: State, move: number, account: number, asset: number, amountAtoms: number): void {
  if (amountAtoms !== 0) emit(state.out, events.fundMoved, { move, account, asset, amountAtoms });
}
