/** An operator changes what a book accepts (perpetuals rules 6). */
import { BookState, type CommandFields, commands, events, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { emitBookState } from '../pricing/market-marks.ts';
import { forgetReopening } from '../pricing/reopen.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/** Rejects: unknownMarket, badParameters. */
export function applySetBookState(state: State, command: CommandFields<'setBookState'>): Reject | null {
  const market = state.markets[command.market];
  if (market === undefined) return reject(state, rejects.unknownMarket, command.market);
  if (!Object.values<number>(BookState).includes(command.bookState)) return reject(state, rejects.badParameters, command.bookState);
  // Point of no return.
  market.bookState = command.bookState;
  forgetReopening(market);
  emitBookState(state, market);
  emit(state.out, events.operatorActed, { commandCode: commands.setBookState.code, operator: command.operator });
  return null;
}
