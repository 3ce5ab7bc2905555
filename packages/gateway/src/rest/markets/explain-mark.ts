/** `GET /api/v1/markPrices/explain`. */
import { type MarkExplanation as EngineExplanation, nameOf, PriceGrade } from '@mochila/protocol';
import { ApiError } from '../../errors/api-error.ts';
import { MarketQuery } from '../../schemas/market-requests.ts';
import { MarkExplanation } from '../../schemas/own-answers.ts';
import type { MarketEntry, VenueDirectory } from '../../venue/directory.ts';
import { writeFigure, writePrice, writeUsdPrice } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Explains a mark, layer by layer. */
export const explainMark = definePublicRoute({
  route: 'GET /api/v1/markPrices/explain',
  area: 'Markets',
  summary: 'How a mark price came about, layer by layer.',
  query: MarketQuery,
  body: NO_BODY,
  answer: MarkExplanation,
  handle: async ({ services, query }) => {
    const market = services.directory.market(query.symbol);
    if (!market.isPerp) throw new ApiError('INVALID_MARKET', `${market.symbol} is a spot market: only perpetuals have a mark price.`);
    return explanation(services.directory, market, await services.engine.ask('explainMark', { market: market.ix }));
  },
});

function explanation(directory: VenueDirectory, market: MarketEntry, found: EngineExplanation): MarkExplanation {
  const usd = (value: number): string | null => (value > 0 ? writeUsdPrice(market, value) : null);
  const { sources } = directory.genesis.prices;
  return {
    symbol: market.symbol,
    sources: found.sources.map(({ source, bid, ask, last, price, clamped, weight, ageMs, isFresh }) => ({
      source: sources[source]?.name ?? String(source),
      bid: usd(bid),
      ask: usd(ask),
      last: usd(last),
      price: usd(price),
      clamped: usd(clamped),
      weight: writeFigure(weight),
      ageMs,
      isFresh,
    })),
    median: usd(found.median),
    indexPrice: usd(found.indexPrice),
    grade: nameOf(PriceGrade, found.grade),
    mid: usd(found.mid),
    isMidCounted: found.isMidCounted,
    ewma: writeUsdPrice(market, found.ewma),
    layer1: usd(found.layer1),
    layer2: usd(found.layer2),
    layer3: usd(found.layer3),
    markPrice: found.markTicks > 0 ? writePrice(market, found.markTicks) : null,
    stablePrice: usd(found.stablePrice),
  };
}
