/** Follows the balances of the account. */
import { getBalances } from '../actions/get-balances.ts';
import type { Balance } from '../types/capital.ts';
import type { BalanceUpdateEvent } from '../types/stream-private.ts';
import { type Followed, followAccount } from './follow-account.ts';
import type { Streams } from './open-streams.ts';

/** Balances by asset. */
export type Balances = ReadonlyMap<string, Balance>;

/**
 * Follows the balances of the account.
 *
 * @param streams from {@link openStreams}, with a client that signs
 * @param listener told after every event; the event is null when the balances were read anew
 * @example
 * followBalances(streams, (balances) => console.log(balances.get('USDC')?.available));
 */
export function followBalances(
  streams: Streams,
  listener: (balances: Balances, event: BalanceUpdateEvent | null) => void,
): Followed<Balances> {
  return followAccount(streams, {
    stream: 'account.balanceUpdate',
    empty: new Map(),
    read: async () => new Map(Object.entries(await getBalances(streams.client))),
    apply: (balances, { s, available, locked, staked }) => new Map(balances).set(s, { available, locked, staked }),
    listener,
  });
}
