/** How a handler refuses: one reusable reject, so that refusing allocates nothing. */
import type { Reject, RejectInfo } from '@mochila/protocol';
import type { State } from './state.ts';

/**
 * Fills the state's reject and returns it. A handler returns it before its point of no return, never after.
 *
 * @example
 * if (quantityLots < 1) return reject(state, rejects.badQuantity, quantityLots, market.listing.maxQuantityLots);
 */
export function reject(state: State, info: RejectInfo, value = 0, limit = 0): Reject {
  const out = state.scratch.reject;
  out.code = info.code;
  out.value = value;
  out.limit = limit;
  return out;
}
