/** Stage 2: backstop providers take over what they offered to (liquidation rules 2). */
import { LiquidationStage } from '@mochila/protocol';
import { accountIsLiquidating, accountNoteHead, accountUser } from '../../ledger/accounts.ts';
import type { Market } from '../../markets.ts';
import type { State } from '../../state.ts';
import type { Desk, Seat } from '../desk.ts';
import { type TakingEnd, takeOver } from '../taking.ts';
import { freeCapacity } from './capacity.ts';
import { carryMore } from './carried.ts';
import { countTaken } from './window.ts';

const providers: Desk = { stage: LiquidationStage.Backstop, seats, took };

/** Lets the providers take from an account. @returns as {@link takeOver}. */
export function takeByBackstop(state: State, account: number): TakingEnd {
  return takeOver(state, account, providers);
}

/** Postings with room, the oldest first. Nobody takes from an account of the same user; who is liquidated or owes on a note takes nothing. */
function seats(state: State, market: Market, _isBuying: boolean, exceptAccount: number): Seat[] {
  const { backstop, accounts } = state;
  const found: Seat[] = [];
  for (let row = 0; row < backstop.used; row += 1) {
    if (backstop.market[row] !== market.ix) continue;
    const account = backstop.account[row]!;
    if (accountUser(accounts, account) === accountUser(accounts, exceptAccount)) continue;
    if (accountIsLiquidating(accounts, account) === 1 || accountNoteHead(accounts, account) >= 0) continue;
    const roomAtoms = freeCapacity(state, row);
    if (roomAtoms > 0) found.push({ account, posting: row, roomAtoms });
  }
  return found;
}

function took(state: State, seat: Seat, amount: number, notionalAtoms: number): void {
  countTaken(state, seat.posting, notionalAtoms);
  carryMore(state, seat.posting, amount);
}
