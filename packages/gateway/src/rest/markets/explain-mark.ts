/** `GET /api/v1/markPrices/explain`. */
import { BookState, type MarkExplanation as EngineExplanation, MarkRule, nameOf, PriceGrade } from '@mochila/protocol';
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
    return explanation(services.directory, market, await services.engine.ask('explainMark', { market: market.ix }));
  },
});

function explanation(directory: VenueDirectory, market: MarketEntry, found: EngineExplanation): MarkExplanation {
  const usd = (value: number): string | null => (value > 0 ? writeUsdPrice(market, value) : null);
  return {
    symbol: market.symbol,
    marketType: market.isPerp ? 'PERP' : 'SPOT',
    sources: found.sources.map((source) => sourceOf(directory, market, source)),
    median: usd(found.median),
    clampFraction: writeFigure(found.clampFraction),
    freshSources: found.freshSources,
    freshSourcesMin: found.freshSourcesMin,
    indexPrice: usd(found.indexPrice),
    grade: nameOf(PriceGrade, found.grade),
    redemption: redemptionOf(directory, market, found.redemption),
    ...layersOf(market, found),
    markPrice: found.markTicks > 0 ? writePrice(market, found.markTicks) : null,
    orderBookState: nameOf(BookState, found.bookState),
    isReduceOnly: found.isReduceOnly,
    isLimitOnly: found.isStepLimited,
    assetMarkPrice: usd(found.assetMark),
    stablePrice: usd(found.stablePrice),
  };
}

type Source = EngineExplanation['sources'][number];

/** What a source said is shown as it said it, in its own quote. */
function sourceOf({ genesis }: VenueDirectory, market: MarketEntry, found: Source): MarkExplanation['sources'][number] {
  const source = genesis.prices.sources[found.source];
  return {
    source: source?.name ?? String(found.source),
    quote: source?.quote ?? '',
    bid: writeUsdPrice(market, found.bid),
    ask: writeUsdPrice(market, found.ask),
    last: writeUsdPrice(market, found.last),
    quoteUsd: writeFigure(found.quoteUsd),
    price: writeUsdPrice(market, found.price),
    clamped: found.clamped > 0 ? writeUsdPrice(market, found.clamped) : null,
    weight: writeFigure(found.weight),
    ageMs: found.ageMs,
    isFresh: found.isFresh,
  };
}

function redemptionOf(
  directory: VenueDirectory,
  market: MarketEntry,
  found: EngineExplanation['redemption'],
): MarkExplanation['redemption'] {
  if (found === null) return null;
  const { underlying, underlyingIndex, rate, listedRate, bookPrice, bookDiscount } = found;
  return {
    underlying: directory.genesis.assets[underlying]?.symbol ?? String(underlying),
    underlyingIndex: underlyingIndex > 0 ? writeUsdPrice(market, underlyingIndex) : null,
    rate: writeFigure(rate, RATE_DIGITS),
    listedRate: writeFigure(listedRate, RATE_DIGITS),
    bookPrice: bookPrice > 0 ? writeUsdPrice(market, bookPrice) : null,
    bookDiscount: writeFigure(bookDiscount),
  };
}

const RATE_DIGITS = 12;

type Layers = Pick<
  MarkExplanation,
  | 'mid'
  | 'isMidCounted'
  | 'impactNotional'
  | 'ewmaBefore'
  | 'ewma'
  | 'layer1'
  | 'premiumBound'
  | 'layer2'
  | 'isClamped'
  | 'markBefore'
  | 'stepPerSecond'
  | 'seconds'
  | 'layer3'
  | 'isStepBound'
  | 'rule'
>;

function layersOf(market: MarketEntry, found: EngineExplanation): Layers {
  const usd = (value: number): string | null => (value > 0 ? writeUsdPrice(market, value) : null);
  const isStepped = found.rule === MarkRule.Stepped;
  return {
    mid: usd(found.mid),
    isMidCounted: found.isMidCounted,
    impactNotional: writeFigure(found.impactNotionalUsd),
    ewmaBefore: writeUsdPrice(market, found.ewmaBefore),
    ewma: writeUsdPrice(market, found.ewma),
    layer1: usd(found.layer1),
    premiumBound: writeFigure(found.premiumBound),
    layer2: usd(found.layer2),
    isClamped: isStepped && found.layer2 !== found.layer1,
    markBefore: usd(found.markBefore),
    stepPerSecond: writeFigure(found.stepPerSecond),
    seconds: found.seconds,
    layer3: usd(found.layer3),
    isStepBound: isStepped && found.layer3 !== found.layer2,
    rule: ruleOf(found.rule),
  };
}

/** The rule of a spot market is that of its asset, so that the engine never answers the rule of assets. */
function ruleOf(rule: number): MarkExplanation['rule'] {
  if (rule === MarkRule.First) return 'First';
  if (rule === MarkRule.Index) return 'Index';
  if (rule === MarkRule.LastTrade) return 'LastTrade';
  return rule === MarkRule.Held ? 'Held' : 'Stepped';
}
