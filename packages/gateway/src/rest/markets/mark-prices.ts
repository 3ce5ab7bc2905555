/** `GET /api/v1/markPrices`. */
import type { MarketAnswer } from '@mochila/protocol';
import { z } from 'zod';
import { MarkPrice } from '../../schemas/market-data-answers.ts';
import { MarkPricesQuery } from '../../schemas/market-requests.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { writeMillis, writePpb, writePrice, writeUsdPrice } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Lists mark prices, index prices and funding. */
export const markPrices = definePublicRoute({
  route: 'GET /api/v1/markPrices',
  area: 'Markets',
  summary: 'Mark price, index price and funding of perpetuals.',
  description: 'A market is left out until it has a mark.',
  query: MarkPricesQuery,
  body: NO_BODY,
  answer: z.array(MarkPrice),
  handle: async ({ services, query, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=1');
    const { directory, marketData } = services;
    const wanted = query.symbol === undefined ? directory.markets : [directory.market(query.symbol)];
    const type = query.marketType ?? 'PERP';
    const figures = await marketData.figures.markets();
    return wanted.filter(({ listing }) => listing.type === type).flatMap((market) => markPriceAnswer(market, figures[market.ix]));
  },
});

function markPriceAnswer(market: MarketEntry, live: MarketAnswer | undefined): MarkPrice[] {
  if (live === undefined || live.markTicks === 0) return [];
  return [
    {
      fundingRate: market.isPerp ? writePpb(live.fundingPpb) : null,
      indexPrice: live.indexPrice > 0 ? writeUsdPrice(market, live.indexPrice) : null,
      markPrice: writePrice(market, live.markTicks),
      nextFundingTimestamp: market.isPerp ? writeMillis(live.nextFundingMicros) : null,
      symbol: market.symbol,
    },
  ];
}
