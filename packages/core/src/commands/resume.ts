/** The venue goes on after a stop. */
import type { CommandFields, Reject } from '@mochila/protocol';
import { closeStaleMarkets } from '../pricing/reopen.ts';
import type { State } from '../state.ts';

/** Puts markets whose prices went stale meanwhile into PostOnly until prices are good again (perpetuals rules 6). */
export function applyResume(state: State, _command: CommandFields<'resume'>): Reject | null {
  closeStaleMarkets(state);
  return null;
}
