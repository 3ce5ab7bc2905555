/** The mark of one perpetual, in layers (perpetuals rules 2). */
import { clamp, ewmaNext, ewmaWeightFiveMinutes, premiumE12, roundToTicks, stepLimit } from '@mochila/math';
import { BookState, MarkRule, Side } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { bestTicks, coveredNotional } from '../book/book.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import { marketIndex } from './market-index.ts';
import { stepPerSecondOf } from './redemption.ts';

/**
 * Moves the mark of a perpetual whose index is not stale by `seconds`, and takes one premium sample.
 *
 * Layers: 1 index + EWMA of (mid - index), 2 premium range, 3 step, 4 a PostOnly book's mark is the index. Where step and
 * range conflict the step wins and the market is LimitOnly (`isStepLimited`).
 */
export function stepPerpMark(state: State, market: Market, seconds: number): void {
  const { price } = market;
  const index = marketIndex(state, market);
  assert(index > 0, 'a market that is not stale has an index');
  if (price.markTicks === 0) startPerpMark(market, index);
  else if (state.genesis.prices.marks === 'lastTrade') followLastTrade(market, index);
  else movePerpMark(state, market, index, seconds);
  const sample = premiumE12(price.layer2, index);
  price.premium = sample / 1e12;
  price.premiumSum += sample;
  price.premiumSamples += 1;
  price.steppedAtMicros = state.timeMicros;
}

/** The first price of a market starts everything at the index. */
function startPerpMark(market: Market, index: number): void {
  const { price } = market;
  price.markRule = MarkRule.First;
  price.layer1 = index;
  price.layer2 = index;
  price.markExact = index;
  price.markTicks = publishedTicks(market, index);
  price.meanMark = index;
  price.settleTicks = price.markTicks;
  price.settleTicksBefore = price.markTicks;
}

/** Without layers: what was traded last is the mark, whoever traded it. */
function followLastTrade(market: Market, index: number): void {
  const { price } = market;
  price.markRule = MarkRule.LastTrade;
  price.layer1 = market.lastTicks > 0 ? market.lastTicks * market.tickSize : index;
  price.layer2 = price.layer1;
  price.markExact = price.layer1;
  price.markTicks = publishedTicks(market, price.layer1);
  price.meanMark = price.layer1;
}

function movePerpMark(state: State, market: Market, index: number, seconds: number): void {
  const { price } = market;
  const { premiumBound } = perpOf(market);
  const stepPerSecond = stepPerSecondOf(state, state.assets[market.base]!);
  const low = index * (1 - premiumBound);
  const high = index * (1 + premiumBound);
  takeMid(state, market);
  const weight = ewmaWeightFiveMinutes(seconds);
  price.ewma = ewmaNext(price.ewma, price.isMidCounted ? price.mid - index : 0, weight);
  const isPostOnly = market.bookState === BookState.PostOnly;
  price.markRule = isPostOnly ? MarkRule.Index : MarkRule.Stepped;
  price.layer1 = index + price.ewma;
  price.layer2 = isPostOnly ? index : clamp(price.layer1, low, high);
  price.markExact = isPostOnly ? index : stepLimit(price.markExact, price.layer2, stepPerSecond, seconds);
  market.isStepLimited = price.markExact < low || price.markExact > high;
  price.markTicks = publishedTicks(market, price.markExact);
  price.meanMark = ewmaNext(price.meanMark, price.markExact, weight);
  price.meanPremium = ewmaNext(price.meanPremium, (price.layer2 - index) / index, weight);
}

/** Middle of the book, in the quote; it counts when trading is on and both sides hold the impact notional. */
function takeMid(state: State, market: Market): void {
  const { price, book } = market;
  const bid = bestTicks(book, Side.Bid);
  const ask = bestTicks(book, Side.Ask);
  price.mid = bid > 0 && ask > 0 ? ((bid + ask) / 2) * market.tickSize : 0;
  const isTrading = market.bookState === BookState.Open || market.bookState === BookState.LimitOnly;
  const want = perpOf(market).impactNotionalUsd * state.assets[market.quote]!.unitAtoms;
  price.isMidCounted =
    isTrading && price.mid > 0 && coveredNotional(book, Side.Bid, market.k, want) && coveredNotional(book, Side.Ask, market.k, want);
}

/** Whole ticks, half to even; never 0, which means no price, nor beyond what the market's numbers are exact for. */
export function publishedTicks(market: Market, exact: number): number {
  return clamp(roundToTicks(exact / market.tickSize), 1, market.listing.maxPriceTicks);
}

function perpOf(market: Market): NonNullable<Market['listing']['perp']> {
  const { perp } = market.listing;
  assert(perp !== null, 'a perpetual has its parameters');
  return perp;
}
