/** `DELETE /api/v1/orders`. */
import type { EngineLink } from '@mochila/ports';
import { CancelScope, commands, type Outcome, type UserHeader } from '@mochila/protocol';
import { z } from 'zod';
import { ApiError } from '../../errors/api-error.ts';
import { BoundedMap } from '../../limits/bounded-map.ts';
import { OrderType } from '../../schemas/order-answers.ts';
import { OrderCancelAllPayload } from '../../schemas/order-requests.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import type { VenueDirectory } from '../../venue/directory.ts';
import { orderAnswer } from '../../venue/order-text.ts';
import { type CommandWatch, watchCommand } from '../../venue/watch-command.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Answers to idempotency keys that are kept to be given again: the engine keeps how many orders it were, not which. */
const ANSWERS_KEPT = 10_000;
const kept = new WeakMap<EngineLink, BoundedMap<string, OrderType[]>>();

/** Cancels the open orders of a market. */
export const cancelOrders = defineSignedRoute({
  route: 'DELETE /api/v1/orders',
  area: 'Order',
  summary: 'Cancels the open orders of a market and answers them as they ended.',
  description:
    'orderType limits it to orders on the book, or to those that wait for a trigger. Sent again with its X-Idempotency-Key it cancels nothing more and answers the same list; ' +
    'once the venue was started anew it answers PRECONDITION_FAILED with how many orders it had cancelled, and GET /wapi/v1/history/orders shows them.',
  permission: 'trade',
  lane: 'priority',
  query: NO_QUERY,
  body: OrderCancelAllPayload,
  answer: z.array(OrderType),
  handle: async (context) => {
    const { body, services } = context;
    const { directory, engine } = services;
    const market = directory.market(body.symbol);
    const header = headerOf(context);
    const fields = { ...commands.cancelAllOrders.defaults, ...header, market: market.ix, scope: CancelScope[body.orderType ?? 'All'] };
    const watch = watchCommand(engine, 'cancelAllOrders');
    try {
      const outcome = await carryOut(context, { command: { name: 'cancelAllOrders', fields }, about: { market }, isPriority: true });
      return outcome.isRepeated ? answerAgain(engine, header, outcome) : answerOnce(engine, header, cancelledIn(watch, outcome, directory));
    } finally {
      watch.stop();
    }
  },
});

function cancelledIn(watch: CommandWatch, { seq, result }: Outcome, directory: VenueDirectory): OrderType[] {
  const orders = watch.eventsOf(seq).flatMap(({ name, fields }) => (name === 'orderCancelled' ? [orderAnswer(directory, fields)] : []));
  if (orders.length !== result[0]) throw new Error(`command ${seq} cancelled ${result[0]} orders and told of ${orders.length}`);
  return orders;
}

function answerOnce(engine: EngineLink, header: UserHeader, orders: OrderType[]): OrderType[] {
  if (header.idempotencyHi === 0 && header.idempotencyLo === 0) return orders;
  const answers = kept.get(engine) ?? new BoundedMap<string, OrderType[]>(ANSWERS_KEPT);
  kept.set(engine, answers);
  answers.set(answerKey(header), orders);
  return orders;
}

function answerAgain(engine: EngineLink, header: UserHeader, { result }: Outcome): OrderType[] | ApiError {
  const orders = kept.get(engine)?.get(answerKey(header));
  if (orders !== undefined) return orders;
  if (result[0] === 0) return [];
  return new ApiError(
    'PRECONDITION_FAILED',
    `This request was carried out before and cancelled ${result[0]} orders: GET /wapi/v1/history/orders shows them.`,
  );
}

function answerKey({ account, idempotencyHi, idempotencyLo }: UserHeader): string {
  return `${account}/${idempotencyHi}/${idempotencyLo}`;
}
