/** `GET /api/v1/account/limits/order`. */
import { Side } from '@mochila/protocol';
import { MaxOrderQuantity } from '../../schemas/account-answers.ts';
import { MaxOrderQuery } from '../../schemas/account-requests.ts';
import { readPrice } from '../../venue/read-decimals.ts';
import { writeQuantity } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Tells how large an order the account can place. */
export const maxOrder = defineSignedRoute({
  route: 'GET /api/v1/account/limits/order',
  area: 'Account',
  summary: 'How large an order the account can place now.',
  description: 'Without a price it is about a market order.',
  permission: 'read',
  query: MaxOrderQuery,
  body: NO_BODY,
  answer: MaxOrderQuantity,
  handle: async ({ query, services, caller }) => {
    const market = services.directory.market(query.symbol);
    const { quantity } = await services.engine.ask('maxOrder', {
      account: caller.account,
      market: market.ix,
      side: Side[query.side],
      priceTicks: query.price === undefined ? 0 : readPrice(market, 'price', query.price),
      isReduceOnly: query.reduceOnly ?? false,
      autoBorrow: query.autoBorrow ?? false,
      autoLendRedeem: query.autoLendRedeem ?? true,
    });
    return {
      autoBorrow: query.autoBorrow ?? null,
      autoBorrowRepay: query.autoBorrowRepay ?? null,
      autoLendRedeem: query.autoLendRedeem ?? null,
      maxOrderQuantity: writeQuantity(market, quantity),
      price: query.price ?? null,
      side: query.side,
      symbol: market.symbol,
      reduceOnly: query.reduceOnly ?? null,
    };
  },
});
