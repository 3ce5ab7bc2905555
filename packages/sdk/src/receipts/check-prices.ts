/** Index of every asset from its sources, and the marks of assets and markets, layer by layer: the venue's own formulas. */
import {
  clamp,
  ewmaNext,
  ewmaWeightFiveMinutes,
  indexPrice,
  isRedemptionTrusted,
  median,
  median3,
  roundToTicks,
  stepLimit,
} from '@mochila/math';
import { MarkRule, PriceGrade, type ReceiptNumbers, type ReceiptRow } from '@mochila/protocol';
import type { Checks } from './checks.ts';
import { parameterOf } from './parameters.ts';

const PART = 'prices';
const MICROS_PER_MILLI = 1_000;

type AssetLine = ReceiptRow<'assets'>;
type MarketLine = ReceiptRow<'markets'>;

/** Computes every index and mark again. */
export function checkPrices(numbers: ReceiptNumbers, checks: Checks): void {
  for (const line of numbers.lines.assets) {
    checkIndex(numbers, line, checks);
    checkAssetMark(numbers, line, checks);
  }
  for (const line of numbers.lines.markets) checkMarket(numbers, line, checks);
  if (numbers.version >= 2) checkSeconds(numbers, checks);
}

/** All marks moved in one tick. */
function checkSeconds({ lines }: ReceiptNumbers, checks: Checks): void {
  const seconds = new Set([...lines.assets, ...lines.markets].flatMap((line) => (line.seconds === 0 ? [] : [line.seconds])));
  checks.holds(PART, 'seconds', seconds.size <= 1, 'the same for all marks');
}

function checkIndex(numbers: ReceiptNumbers, line: AssetLine, checks: Checks): void {
  const { asset, index } = line;
  const symbol = symbolOf(numbers, asset);
  if (asset === numbers.usdc) {
    checks.equal(PART, `${symbol} index`, index, 1);
    checks.equal(PART, `${symbol} grade`, line.grade, PriceGrade.Good);
    if (numbers.version >= 2) checks.equal(PART, `${symbol} fresh sources`, line.freshSources, 0);
  } else if (line.underlying >= 0) checkRedemption(numbers, line, checks);
  else checkSources(numbers, line, checks);
}

function checkRedemption(numbers: ReceiptNumbers, line: AssetLine, checks: Checks): void {
  const symbol = symbolOf(numbers, line.asset);
  const underlying = numbers.lines.assets.find(({ asset }) => asset === line.underlying);
  checks.holds(PART, `${symbol} underlying`, underlying !== undefined, 'the underlying has its line');
  if (underlying === undefined) return;
  checks.equal(PART, `${symbol} index`, line.index, underlying.index * line.redemptionRate);
  const isTrusted = isRedemptionTrusted(line.redemptionRate, line.listedRate);
  checks.equal(PART, `${symbol} grade`, line.grade, isTrusted ? underlying.grade : Math.max(underlying.grade, PriceGrade.Degraded));
  checks.equal(PART, `${symbol} fresh sources`, line.freshSources, underlying.freshSources);
}

function checkSources(numbers: ReceiptNumbers, line: AssetLine, checks: Checks): void {
  const symbol = symbolOf(numbers, line.asset);
  const sources = numbers.lines.sources.filter(({ asset }) => asset === line.asset);
  const counting = sources.filter((source) => isFresh(numbers, source) && source.price > 0);
  const middle = counting.length === 0 ? 0 : median(counting.map(({ price }) => price));
  const fraction = parameterOf(numbers, 'clampFraction');
  for (const [at, source] of sources.entries()) {
    const what = `${symbol} source ${at + 1}`;
    const counts = counting.includes(source);
    checks.holds(PART, `${what} quote`, isQuoteSound(numbers, symbol, source.quoteUsd), 'a dollar, or the index of USDT');
    checks.holds(PART, `${what} spread`, source.bid <= source.ask, 'the bid is not above the ask');
    checks.equal(PART, `${what} price`, source.price, median3(source.bid, source.ask, source.last) * source.quoteUsd);
    checks.equal(PART, `${what} fresh`, source.isFresh, isFresh(numbers, source) ? 1 : 0);
    checks.equal(
      PART,
      `${what} clamped`,
      source.clamped,
      counts ? clamp(source.price, middle * (1 - fraction), middle * (1 + fraction)) : 0,
    );
  }
  checks.equal(PART, `${symbol} fresh sources`, line.freshSources, counting.length);
  const isEnough = counting.length >= parameterOf(numbers, 'freshSourcesMin');
  checks.holds(PART, `${symbol} grade`, isEnough === (line.grade === PriceGrade.Good), 'good while enough sources are fresh');
  if (!isEnough) return;
  const weights = counting.map(({ weight }) => weight);
  const isWeighted = weights.every((weight) => weight > 0);
  checks.holds(PART, `${symbol} weights`, isWeighted, 'above 0');
  if (!isWeighted) return;
  checks.equal(
    PART,
    `${symbol} index`,
    line.index,
    indexPrice(
      counting.map(({ price }) => price),
      weights,
      fraction,
    ),
  );
}

function isFresh(numbers: ReceiptNumbers, { ageMicros }: ReceiptRow<'sources'>): boolean {
  return ageMicros < parameterOf(numbers, 'sourceStaleMs') * MICROS_PER_MILLI;
}

/** USDT is never priced in itself: a source that quotes in it does not speak of it. */
function isQuoteSound(numbers: ReceiptNumbers, symbol: string, quoteUsd: number): boolean {
  if (quoteUsd === 1) return true;
  if (symbol === 'USDT') return quoteUsd === 0;
  const usdt = numbers.lines.assets.find(({ asset }) => symbolOf(numbers, asset) === 'USDT');
  return usdt !== undefined && quoteUsd === (usdt.grade === PriceGrade.Stale ? 0 : usdt.index);
}

function checkAssetMark(numbers: ReceiptNumbers, line: AssetLine, checks: Checks): void {
  const { weightKind, weightBase, weightPenalty, underlying, redemptionRate, listedRate } = line;
  const isUnused =
    (weightKind !== 0 || (weightBase === 0 && weightPenalty === 0)) && (underlying >= 0 || (redemptionRate === 0 && listedRate === 0));
  checks.holds(PART, `${symbolOf(numbers, line.asset)} functions`, isUnused, 'what does not apply is 0');
  checks.equal(PART, `${symbolOf(numbers, line.asset)} mark`, line.mark, assetMark(line));
}

function assetMark({ markRule, markBefore, index, stepPerSecond, seconds, mark }: AssetLine): number {
  switch (markRule) {
    case MarkRule.Stepped:
      return stepLimit(markBefore, index, stepPerSecond, seconds);
    case MarkRule.Held:
      return markBefore;
    case MarkRule.LastTrade:
      return mark;
    default:
      return index;
  }
}

function checkMarket(numbers: ReceiptNumbers, line: MarketLine, checks: Checks): void {
  const market = numbers.markets[line.market];
  const base = numbers.lines.assets.find(({ asset }) => asset === market?.base);
  const quote = numbers.lines.assets.find(({ asset }) => asset === market?.quote);
  if (market === undefined || base === undefined || quote === undefined) {
    checks.fault(PART, `a market stands without its assets`);
    return;
  }
  const { symbol, tickSize } = market;
  checks.equal(PART, `${symbol} index`, line.index, quote.index === 0 ? 0 : base.index / quote.index);
  checks.equal(PART, `${symbol} grade`, line.grade, Math.max(base.grade, quote.grade));
  const areStepped = line.markRule === MarkRule.Stepped && base.markRule === MarkRule.Stepped;
  if (numbers.version < 2 || areStepped) checks.equal(PART, `${symbol} step`, line.stepPerSecond, base.stepPerSecond);
  checkLayers(symbol, line, base.mark / quote.mark, checks);
  // From version 2 on the largest price is told where the mark stands at it, else 0.
  const isAtMost = numbers.version < 2 || line.maxPriceTicks === line.markTicks;
  const most = isAtMost ? line.maxPriceTicks : line.maxPriceTicks === 0 ? Number.MAX_SAFE_INTEGER : Number.NaN;
  const ticks = line.layer3 === 0 ? 0 : clamp(roundToTicks(line.layer3 / tickSize), 1, most);
  checks.equal(PART, `${symbol} mark`, line.markTicks, ticks);
}

function checkLayers(symbol: string, line: MarketLine, ofAssets: number, checks: Checks): void {
  const { markRule, index, seconds, mid, isMidCounted, premiumBound, markBefore, stepPerSecond } = line;
  if (markRule === MarkRule.LastTrade) return;
  if (markRule === MarkRule.Held) {
    checks.equal(PART, `${symbol} layer 3`, line.layer3, markBefore);
    return;
  }
  if (markRule === MarkRule.Assets || markRule === MarkRule.First) {
    const only = markRule === MarkRule.First ? index : ofAssets;
    for (const layer of [line.layer1, line.layer2, line.layer3]) checks.equal(PART, `${symbol} layers`, layer, only);
    return;
  }
  const isIndex = markRule === MarkRule.Index;
  const premium = isMidCounted === 1 ? mid - index : 0;
  const ewma =
    Number.isSafeInteger(seconds) && seconds > 0 ? ewmaNext(line.ewmaBefore, premium, ewmaWeightFiveMinutes(seconds)) : Number.NaN;
  checks.equal(PART, `${symbol} smoothed premium`, line.ewma, ewma);
  checks.equal(PART, `${symbol} layer 1`, line.layer1, index + line.ewma);
  const bounded = premiumBound >= 0 ? clamp(line.layer1, index * (1 - premiumBound), index * (1 + premiumBound)) : Number.NaN;
  checks.equal(PART, `${symbol} layer 2`, line.layer2, isIndex ? index : bounded);
  checks.equal(PART, `${symbol} layer 3`, line.layer3, isIndex ? index : stepLimit(markBefore, line.layer2, stepPerSecond, seconds));
}

function symbolOf(numbers: ReceiptNumbers, asset: number): string {
  return numbers.assets[asset]?.symbol ?? `asset ${asset}`;
}
