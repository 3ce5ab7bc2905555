import { stepLimit } from '@mochila/math';
import { commands, MarkRule, PriceGrade, Side } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../codec/snapshot.ts';
import type { State } from '../state.ts';
import { quoteBytes, sayRows, tick } from '../testing/price-feed.ts';
import { restOrder } from '../testing/resting-order.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { TestVenue } from '../testing/test-venue.ts';
import { explainMark } from './explain-mark.ts';

const PERP = SmallMarket.BTC_USDC_PERP;

/** Rests 11,000 USD on both sides around a mid price; BTC ticks are 0.1 USD, lots 0.00001 BTC. */
function quote(state: State, mid: number): void {
  const lots = Math.ceil(11_000 / (mid * 0.00001));
  restOrder(state, PERP, Side.Bid, (mid - 1) * 10, lots);
  restOrder(state, PERP, Side.Ask, (mid + 1) * 10, lots);
}

/** A venue whose sources differ: one is wild, one quotes in USDT below par, one went silent. */
function livedVenue(): TestVenue {
  const venue = new TestVenue();
  quote(venue.state, 60_060);
  for (let second = 0; second < 20; second += 1) {
    const time = (venue.state.tickSecond + 1) * 1_000_000;
    const rows = [0, 1, 2, 3].flatMap((source) => [
      [source, SmallAsset.USDT, 0.998, 0.998, 0.998, time] as const,
      [source, SmallAsset.ETH, 3_000, 3_000, 3_000, time] as const,
      [source, SmallAsset.SOL, 150, 150, 150, time] as const,
    ]);
    const btc = [
      [0, SmallAsset.BTC, 59_990, 60_010, 60_000, time],
      [1, SmallAsset.BTC, 65_000, 67_000, 66_000, time],
      [3, SmallAsset.BTC, 60_110, 60_130, 60_120, time],
    ] as const;
    venue.send(commands.prices, { quotes: quoteBytes([...rows, ...btc]) }, time);
    venue.send(commands.tick, { second: time / 1_000_000 }, time);
  }
  return venue;
}

describe('the explanation of a mark', () => {
  it('has every number that the mark is made of, so that the sum can be done again', () => {
    const { state } = livedVenue();
    const found = explainMark(state, PERP);
    const fresh = found.sources.filter(({ isFresh }) => isFresh);
    expect(fresh.map(({ source }) => source)).toEqual([0, 1, 3]);
    expect(found.sources[3]).toMatchObject({ source: 3, bid: 60_110, quoteUsd: state.assets[SmallAsset.USDT]!.price.index });
    for (const { bid, ask, last, quoteUsd, price } of found.sources)
      expect(price).toBe([bid, ask, last].sort((a, b) => a - b)[1]! * quoteUsd);
    const prices = fresh.map(({ price }) => price).sort((a, b) => a - b);
    expect(found.median).toBe(prices[1]);
    for (const { price, clamped } of fresh) {
      expect(clamped).toBe(Math.min(found.median * 1.01, Math.max(found.median * 0.99, price)));
    }
    expect(found.sources[2]).toMatchObject({ source: 2, isFresh: false, clamped: 0, ageMs: 20_000 });
    const weights = fresh.reduce((sum, { weight }) => sum + weight, 0);
    expect(fresh.reduce((sum, { clamped, weight }) => sum + clamped * weight, 0) / weights).toBeCloseTo(found.indexPrice, 9);
    expect(found).toMatchObject({ freshSources: 3, freshSourcesMin: 3, clampFraction: 0.01, grade: PriceGrade.Good });
    const gap = found.isMidCounted ? found.mid - found.indexPrice : 0;
    // 1 - exp(-1/300), to twelve digits.
    expect(found.ewma).toBeCloseTo(found.ewmaBefore + (gap - found.ewmaBefore) * 0.003327783947, 8);
    expect(found.layer1).toBe(found.indexPrice + found.ewma);
    const [low, high] = [found.indexPrice * (1 - found.premiumBound), found.indexPrice * (1 + found.premiumBound)];
    expect(found.layer2).toBe(Math.min(high, Math.max(low, found.layer1)));
    expect(found.layer3).toBe(stepLimit(found.markBefore, found.layer2, found.stepPerSecond, found.seconds));
    expect(found).toMatchObject({ rule: MarkRule.Stepped, isStepLimited: false, isReduceOnly: false, redemption: null });
    expect(found.markTicks).toBe(Math.round(found.layer3 * 10));
  });

  it('is of the last second: what sources say after it is not in it', () => {
    const { state } = livedVenue();
    const before = explainMark(state, PERP);
    sayRows(state, [[0, SmallAsset.BTC, 1_000, 1_000, 1_000, 9e15]]);
    state.timeMicros += 400_000;
    expect(explainMark(state, PERP)).toEqual(before);
  });

  it('is the same after a replay, and from a snapshot', () => {
    const venue = livedVenue();
    const again = livedVenue();
    const restored = TestVenue.restored(venue, writeSnapshot(venue.state));
    for (const { ix } of venue.state.markets) {
      expect(explainMark(again.state, ix)).toEqual(explainMark(venue.state, ix));
      expect(explainMark(restored.state, ix)).toEqual(explainMark(venue.state, ix));
    }
  });

  it('of a stale market says what it holds', () => {
    const { state } = livedVenue();
    for (let second = 0; second < 50; second += 1) tick(state);
    const found = explainMark(state, PERP);
    expect(found).toMatchObject({ median: 0, freshSources: 0, grade: PriceGrade.Stale, rule: MarkRule.Held, isReduceOnly: true });
    expect(found.markBefore).toBe(found.layer3);
    expect(found.sources.every(({ isFresh, clamped }) => !isFresh && clamped === 0)).toBe(true);
  });

  it('of a spot market is that of its asset: the index at a limited speed', () => {
    const venue = new TestVenue();
    venue.usd[SmallAsset.BTC] = 70_000;
    venue.live(2);
    const found = explainMark(venue.state, SmallMarket.BTC_USDC);
    expect(found).toMatchObject({ mid: 0, ewma: 0, premiumBound: 0, layer1: 70_000, layer2: 70_000, rule: MarkRule.Stepped });
    expect(found.layer3).toBe(stepLimit(found.markBefore, found.layer2, found.stepPerSecond, found.seconds));
    expect(found.layer3).toBeCloseTo(60_000 * 1.005 ** 2, 6);
    expect(found.markTicks).toBe(Math.round(found.layer3 * 10));
    for (let second = 0; second < 50; second += 1) tick(venue.state);
    expect(explainMark(venue.state, SmallMarket.BTC_USDC)).toMatchObject({ rule: MarkRule.Held });
  });

  it('of a market nobody has spoken of has nothing in it', () => {
    const genesis = smallGenesis();
    const eth = genesis.assets[SmallAsset.ETH]!;
    genesis.assets.push({ ...eth, symbol: 'NEW' });
    genesis.markets.push({ ...genesis.markets[SmallMarket.ETH_USDC]!, symbol: 'NEW_USDC', base: 'NEW' });
    const { state } = new TestVenue(genesis);
    expect(explainMark(state, 7)).toMatchObject({
      sources: [],
      median: 0,
      indexPrice: 0,
      markTicks: 0,
      grade: PriceGrade.Stale,
      rule: MarkRule.Held,
    });
  });
});
