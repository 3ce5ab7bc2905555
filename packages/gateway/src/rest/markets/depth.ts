/** `GET /api/v1/depth`. */
import type { Level } from '@mochila/projections';
import { BookState } from '@mochila/protocol';
import { ApiError } from '../../errors/api-error.ts';
import { Depth } from '../../schemas/market-data-answers.ts';
import { DepthQuery } from '../../schemas/market-requests.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { writePrice, writeQuantity } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

const LEVELS_DEFAULT = 1_000;

/** Shows a book: the one that the depth streams speak of, so its id is never behind a delta that was sent. */
export const depth = definePublicRoute({
  route: 'GET /api/v1/depth',
  area: 'Markets',
  summary: 'The order book of a market.',
  description: 'Both sides ascend in price: the best bid is the last bid, the best ask the first ask.',
  query: DepthQuery,
  body: NO_BODY,
  answer: Depth,
  handle: ({ services, query }) => {
    const market = services.directory.market(query.symbol);
    const { depth: book, bookState } = services.marketData.market(market.ix);
    if (bookState?.bookState === BookState.Closed) {
      throw new ApiError('RESOURCE_NOT_FOUND', `Not Found: ${market.symbol} is closed and has no book.`);
    }
    const { asks, bids, updateId } = book.snapshot(query.limit === undefined ? LEVELS_DEFAULT : Number(query.limit));
    return {
      asks: writeLevels(market, asks),
      bids: writeLevels(market, bids),
      lastUpdateId: String(updateId),
      timestamp: services.marketData.timeMicros,
    };
  },
});

function writeLevels(market: MarketEntry, levels: readonly Level[]): [string, string][] {
  return levels.map(([priceTicks, lots]) => [writePrice(market, priceTicks), writeQuantity(market, lots)]);
}
