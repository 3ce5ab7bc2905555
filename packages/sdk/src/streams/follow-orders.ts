/** Follows the open orders of the account. */
import { listOpenOrders } from '../actions/list-open-orders.ts';
import type { OrderAnswer } from '../types/orders.ts';
import type { OrderUpdateEvent } from '../types/stream-private.ts';
import type { Decimal, OrderStatus, Side } from '../types/words.ts';
import { type Followed, followAccount } from './follow-account.ts';
import type { Streams } from './open-streams.ts';

/** An open order, as far as both REST and streams tell of it. */
export type OpenOrder = {
  readonly id: string;
  readonly clientId: number | null;
  readonly symbol: string;
  readonly side: Side;
  /** Null for a market order that waits for a trigger. */
  readonly price: Decimal | null;
  /** Null when it follows the position or is given in the quote asset. */
  readonly quantity: Decimal | null;
  readonly executedQuantity: Decimal;
  readonly status: OrderStatus;
  readonly triggerPrice: Decimal | null;
  readonly reduceOnly: boolean;
};

/** Open orders by id. */
export type OpenOrders = ReadonlyMap<string, OpenOrder>;

const OPEN: readonly OrderStatus[] = ['New', 'PartiallyFilled', 'TriggerPending'];

/**
 * Follows the open orders of the account.
 *
 * @param streams from {@link openStreams}, with a client that signs
 * @param listener told after every event; the event is null when the orders were read anew
 * @param symbol only this market
 * @example
 * const orders = followOrders(streams, (open, event) => console.log(open.size, 'open', event?.e ?? ''));
 */
export function followOrders(
  streams: Streams,
  listener: (orders: OpenOrders, event: OrderUpdateEvent | null) => void,
  symbol?: string,
): Followed<OpenOrders> {
  const query = symbol === undefined ? {} : { symbol };
  return followAccount(streams, {
    stream: symbol === undefined ? 'account.orderUpdate' : `account.orderUpdate.${symbol}`,
    empty: new Map(),
    read: async () => new Map((await listOpenOrders(streams.client, query)).map((order) => [order.id, ofAnswer(order)])),
    apply: applyEvent,
    listener,
  });
}

function applyEvent(orders: OpenOrders, event: OrderUpdateEvent): OpenOrders {
  const next = new Map(orders);
  if (OPEN.includes(event.X)) next.set(event.i, ofEvent(event, orders.get(event.i)));
  else next.delete(event.i);
  return next;
}

function ofAnswer(order: OrderAnswer): OpenOrder {
  return {
    id: order.id,
    clientId: order.clientId,
    symbol: order.symbol,
    side: order.side,
    price: order.orderType === 'Limit' ? order.price : null,
    quantity: order.quantity,
    executedQuantity: order.executedQuantity,
    status: order.status,
    triggerPrice: order.triggerPrice,
    reduceOnly: order.reduceOnly === true,
  };
}

function ofEvent(event: OrderUpdateEvent, before: OpenOrder | undefined): OpenOrder {
  return {
    id: event.i,
    clientId: event.c ?? before?.clientId ?? null,
    symbol: event.s,
    side: event.S,
    price: event.p ?? before?.price ?? null,
    quantity: event.q ?? before?.quantity ?? null,
    executedQuantity: event.z,
    status: event.X,
    triggerPrice: event.P ?? before?.triggerPrice ?? null,
    reduceOnly: event.r,
  };
}
