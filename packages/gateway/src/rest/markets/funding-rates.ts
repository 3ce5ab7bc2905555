/** `GET /api/v1/fundingRates`. */
import { z } from 'zod';
import { ApiError } from '../../errors/api-error.ts';
import { FundingIntervalRate } from '../../schemas/market-data-answers.ts';
import { FundingRatesQuery } from '../../schemas/market-requests.ts';
import { writeIso, writePpb } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Lists the funding rates of past hours. */
export const fundingRates = definePublicRoute({
  route: 'GET /api/v1/fundingRates',
  area: 'Markets',
  summary: 'Funding rates of past hours, newest first.',
  query: FundingRatesQuery,
  body: NO_BODY,
  answer: z.array(FundingIntervalRate),
  handle: async ({ services, query, setHeader }) => {
    const market = services.directory.market(query.symbol);
    if (!market.isPerp) throw new ApiError('INVALID_MARKET', `${market.symbol} is a spot market: only perpetuals have funding.`);
    const { limit, offset } = query;
    const { rows, total } = await services.history.fundingRates(market.ix, { limit: Math.max(1, limit), offset, direction: 'desc' });
    setHeader('X-Total', String(total));
    setHeader('X-Page-Size', String(limit));
    setHeader('X-Page-Count', String(limit === 0 ? 0 : Math.ceil(total / limit)));
    setHeader('X-Current-Page', String(limit === 0 ? 0 : Math.floor(offset / limit)));
    return rows.slice(0, limit).map(({ hourEndMicros, ratePpb }) => ({
      symbol: market.symbol,
      intervalEndTimestamp: writeIso(hourEndMicros),
      fundingRate: writePpb(ratePpb),
    }));
  },
});
