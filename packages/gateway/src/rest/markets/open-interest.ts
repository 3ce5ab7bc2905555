/** `GET /api/v1/openInterest`. */
import { z } from 'zod';
import { OpenInterest } from '../../schemas/market-data-answers.ts';
import { OptionalMarketQuery } from '../../schemas/market-requests.ts';
import { writeMillis, writeQuantity } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Lists open interest. */
export const openInterest = definePublicRoute({
  route: 'GET /api/v1/openInterest',
  area: 'Markets',
  summary: 'Open interest of perpetuals.',
  query: OptionalMarketQuery,
  body: NO_BODY,
  answer: z.array(OpenInterest),
  handle: async ({ services, query }) => {
    const { directory, marketData } = services;
    const wanted = query.symbol === undefined ? directory.markets : [directory.market(query.symbol)];
    const figures = await marketData.figures.markets();
    const timestamp = writeMillis(marketData.timeMicros);
    return wanted
      .filter(({ isPerp }) => isPerp)
      .map((market) => ({
        symbol: market.symbol,
        openInterest: writeQuantity(market, figures[market.ix]?.openInterestLots ?? 0),
        timestamp,
      }));
  },
});
