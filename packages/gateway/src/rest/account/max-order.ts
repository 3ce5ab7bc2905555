/** `GET /api/v1/account/limits/order`. */
import { Side } from '@mochila/protocol';
import { ApiError } from '../../errors/api-error.ts';
import { MaxOrderQuantity } from '../../schemas/account-answers.ts';
import { MaxOrderQuery } from '../../schemas/account-requests.ts';
import type { MarketEntry } from '../../venue/directory.ts';
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
    const { quantity, limitedBy } = await services.engine.ask('maxOrder', {
      account: caller.account,
      market: market.ix,
      side: Side[query.side],
      priceTicks: query.price === undefined ? 0 : readPrice(market, 'price', query.price),
      isReduceOnly: query.reduceOnly ?? false,
      autoBorrow: query.autoBorrow ?? false,
      autoLendRedeem: query.autoLendRedeem ?? true,
    });
    if (quantity === 0 && limitedBy === 'priceBand' && query.price !== undefined) throw outsideBand(market, query.price);
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

/** What an order at this price would be answered too: 0 alone would look like a lack of money. */
function outsideBand({ symbol }: MarketEntry, price: string): ApiError {
  return new ApiError(
    'INVALID_PRICE',
    `Price is too far from the last active price: no order at ${price} is taken on ${symbol} now; GET /api/v1/markPrices has its mark and index.`,
  );
}
