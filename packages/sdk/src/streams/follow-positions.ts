/** Follows the perpetual positions of the account. */
import { listPositions } from '../actions/list-positions.ts';
import type { FuturePositionWithMargin } from '../types/positions.ts';
import type { PositionUpdateEvent } from '../types/stream-private.ts';
import type { Decimal } from '../types/words.ts';
import { type Followed, followAccount } from './follow-account.ts';
import type { Streams } from './open-streams.ts';

/** An open position, as far as both REST and streams tell of it. */
export type OpenPosition = {
  readonly symbol: string;
  /** Negative when short. */
  readonly netQuantity: Decimal;
  readonly entryPrice: Decimal;
  readonly markPrice: Decimal;
  readonly pnlRealized: Decimal;
  readonly pnlUnrealized: Decimal;
};

/** Open positions by symbol. */
export type OpenPositions = ReadonlyMap<string, OpenPosition>;

/**
 * Follows the perpetual positions of the account.
 *
 * @param streams from {@link openStreams}, with a client that signs
 * @param listener told after every event; the event is null when the positions were read anew
 * @example
 * followPositions(streams, (positions) => console.log(positions.get('SOL_USDC_PERP')?.netQuantity ?? 'flat'));
 */
export function followPositions(
  streams: Streams,
  listener: (positions: OpenPositions, event: PositionUpdateEvent | null) => void,
): Followed<OpenPositions> {
  return followAccount(streams, {
    stream: 'account.positionUpdate',
    empty: new Map(),
    read: async () => new Map((await listPositions(streams.client)).map((position) => [position.symbol, ofAnswer(position)])),
    apply: applyEvent,
    listener,
  });
}

function applyEvent(positions: OpenPositions, event: PositionUpdateEvent): OpenPositions {
  const next = new Map(positions);
  if (event.e === 'positionClosed' || Number(event.q) === 0) next.delete(event.s);
  else next.set(event.s, ofEvent(event));
  return next;
}

function ofAnswer({ symbol, netQuantity, entryPrice, markPrice, pnlRealized, pnlUnrealized }: FuturePositionWithMargin): OpenPosition {
  return { symbol, netQuantity, entryPrice, markPrice, pnlRealized, pnlUnrealized };
}

function ofEvent({ s, q, B, M, p, P }: PositionUpdateEvent): OpenPosition {
  return { symbol: s, netQuantity: q, entryPrice: B, markPrice: M, pnlRealized: p, pnlUnrealized: P };
}
