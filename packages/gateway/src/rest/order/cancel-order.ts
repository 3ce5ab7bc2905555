/** `DELETE /api/v1/order`. */
import { commands } from '@mochila/protocol';
import { OrderType } from '../../schemas/order-answers.ts';
import { OrderCancelPayload } from '../../schemas/order-requests.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { orderAnswer, orderViewOfResult } from '../../venue/order-text.ts';
import { readOrderName } from '../../venue/read-order-id.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Cancels one open order. */
export const cancelOrder = defineSignedRoute({
  route: 'DELETE /api/v1/order',
  area: 'Order',
  summary: 'Cancels one open order and answers it as it ended.',
  permission: 'trade',
  lane: 'priority',
  query: NO_QUERY,
  body: OrderCancelPayload,
  answer: OrderType,
  handle: async (context) => {
    const { body, services } = context;
    const market = services.directory.market(body.symbol);
    const fields = { ...commands.cancelOrder.defaults, ...headerOf(context), market: market.ix, ...readOrderName(body) };
    const { result } = await carryOut(context, {
      command: { name: 'cancelOrder', fields },
      about: { market, order: body },
      isPriority: true,
    });
    return orderAnswer(services.directory, orderViewOfResult(result));
  },
});
