import { events, PriceGrade } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { applyPrices } from '../commands/prices.ts';
import { createState } from '../create-state.ts';
import type { State } from '../state.ts';
import { inFrame } from '../testing/ledger-state.ts';
import { eventsOf, live, quoteBytes, say, sayAll, sayRows, tick } from '../testing/price-feed.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';

const { BTC, USDC, USDT } = SmallAsset;

function venue(): State {
  return createState(smallGenesis());
}

describe('an observation', () => {
  it('is ignored and counted when it is nonsense, and the rest is taken', () => {
    const state = venue();
    const good = [0, BTC, 59_990, 60_010, 60_000, 1] as const;
    const bad = [
      [4, BTC, 1, 1, 1, 1],
      [-1, BTC, 1, 1, 1, 1],
      [0.5, BTC, 1, 1, 1, 1],
      [0, 5, 1, 1, 1, 1],
      [0, BTC, 0, 1, 1, 1],
      [0, BTC, 2, 1, 1, 1],
      [0, BTC, Number.NaN, 1, 1, 1],
      [0, BTC, 1, Number.POSITIVE_INFINITY, 1, 1],
      [0, BTC, 1, 1, -1, 1],
      [0, BTC, 1, 1, 1, Number.NaN],
      [0, BTC, 1, 1, 1, -1],
      [0, BTC, 1, 1, 1e300, 1],
    ] as const;
    expect(sayRows(state, [...bad, good])).toEqual([1, bad.length]);
    expect(state.assets[BTC]!.price.bid[0]).toBe(59_990);
  });

  it('is a row of six: a cut last row is ignored and counted, wherever its bytes lie', () => {
    const state = venue();
    expect(sayRows(state, [])).toEqual([0, 0]);
    const two = quoteBytes([
      [0, BTC, 1, 1, 1, 1],
      [1, BTC, 2, 2, 2, 1],
    ]);
    const shifted = new Uint8Array(two.length + 1);
    shifted.set(two, 1);
    inFrame(state, () => applyPrices(state, { quotes: shifted.subarray(1, two.length - 7) }));
    expect([...state.scratch.result.subarray(0, 2)]).toEqual([1, 1]);
    expect(state.assets[BTC]!.price.last[0]).toBe(1);
  });

  it('that came late is dropped while its source is fresh, and taken as a restart when it is stale', () => {
    const state = venue();
    sayRows(state, [[0, BTC, 100, 100, 100, 50]]);
    expect(sayRows(state, [[0, BTC, 90, 90, 90, 49]])).toEqual([0, 1]);
    state.timeMicros += 10_000_000;
    expect(sayRows(state, [[0, BTC, 91, 91, 91, 1]])).toEqual([1, 0]);
    expect(state.assets[BTC]!.price.bid[0]).toBe(91);
  });

  it('keeps its source alive by a new value or a rising sequence, not by being repeated', () => {
    const state = venue();
    const { freshAtMicros } = state.assets[BTC]!.price;
    const start = state.timeMicros;
    sayRows(state, [[0, BTC, 100, 100, 100, 7]]);
    state.timeMicros = start + 5_000_000;
    sayRows(state, [[0, BTC, 100, 100, 100, 7]]);
    expect(freshAtMicros[0]).toBe(start);
    sayRows(state, [[0, BTC, 100, 100, 100, 8]]);
    expect(freshAtMicros[0]).toBe(start + 5_000_000);
    state.timeMicros = start + 6_000_000;
    sayRows(state, [[0, BTC, 100, 101, 100, 8]]);
    expect(freshAtMicros[0]).toBe(start + 6_000_000);
  });
});

describe('the index', () => {
  it('is the weighted mean of sources clamped to 1 % around their median, in USD by the index of their quote', () => {
    const state = venue();
    sayAll(state);
    say(state, USDT, 0.998);
    // alpha 60,000; bravo 60,060; charlie 66,000 (wild); delta 60,120 USDT = 59,999.76 USD.
    sayRows(state, [
      [0, BTC, 59_990, 60_010, 60_000, 9e15],
      [1, BTC, 60_050, 60_070, 60_060, 9e15],
      [2, BTC, 65_000, 67_000, 66_000, 9e15],
      [3, BTC, 60_110, 60_130, 60_120, 9e15],
    ]);
    tick(state);
    const median = (60_000 + 60_060) / 2;
    const mean = (60_000 + 60_060 + median * 1.01 + 60_120 * 0.998) / 4;
    expect(state.assets[USDT]!.price.index).toBeCloseTo(0.998, 12);
    expect(state.assets[BTC]!.price.index).toBeCloseTo(mean, 8);
    expect(state.assets[BTC]!.price.grade).toBe(PriceGrade.Good);
    expect(eventsOf(state, events.indexUpdated).find(({ asset }) => asset === BTC)).toMatchObject({
      freshSources: 4,
      grade: PriceGrade.Good,
    });
  });

  it('does not move by a wick on one source: its last price alone is outvoted, and the whole source by 1 % of its weight', () => {
    const state = venue();
    live(state, 3);
    // A wick in the last trade of one source: the median with bid and ask does not see it.
    sayRows(state, [[0, BTC, 60_000, 60_000, 30_000, 9e15]]);
    tick(state);
    expect(state.assets[BTC]!.price.index).toBe(60_000);
    // A whole source gone to half the price: bounded to 1 % of a quarter.
    sayRows(state, [[0, BTC, 30_000, 30_000, 30_000, 9e15]]);
    tick(state);
    expect(state.assets[BTC]!.price.index).toBeCloseTo(60_000 * 0.9975, 6);
  });

  it('of USDC is 1 and always good; of USDT comes from those who quote it in dollars', () => {
    const state = venue();
    say(state, USDC, 0.5);
    say(state, USDT, 0.99, [0, 1, 2]);
    say(state, USDT, 500, [3]);
    tick(state);
    expect(state.assets[USDC]!.price).toMatchObject({ index: 1, grade: PriceGrade.Good });
    expect(state.assets[USDT]!.price).toMatchObject({ grade: PriceGrade.Good, freshSources: 3 });
    expect(state.assets[USDT]!.price.index).toBeCloseTo(0.99, 12);
  });

  it('of a redeemable asset is its rate times the underlying, with the grade of the underlying; its own book moves nothing', () => {
    const genesis = smallGenesis();
    const eth = genesis.assets[SmallAsset.ETH]!;
    genesis.assets.push({ ...eth, symbol: 'WSTETH', redemption: { underlying: 'ETH', rate: '1.2' } });
    const state = createState(genesis);
    sayAll(state);
    say(state, 5, 400);
    tick(state);
    expect(state.assets[5]!.price).toMatchObject({ index: 3_600, grade: PriceGrade.Good, mark: 3_600 });
    for (let second = 0; second < 60; second += 1) tick(state);
    expect(state.assets[5]!.price.grade).toBe(PriceGrade.Stale);
  });
});

describe('the grade of an index', () => {
  it('is good for 10 s after the last observation, degraded for 30 s more, then stale, and holds its value', () => {
    const state = venue();
    tick(state);
    expect(state.assets[BTC]!.price.grade).toBe(PriceGrade.Stale);
    sayAll(state);
    tick(state);
    const grades: number[] = [state.assets[BTC]!.price.grade];
    for (let second = 0; second < 45; second += 1) {
      tick(state);
      grades.push(state.assets[BTC]!.price.grade);
    }
    // Prices came at the second of the first tick, so entry n is n + 1 seconds after them.
    expect(grades.indexOf(PriceGrade.Degraded)).toBe(9);
    expect(grades.indexOf(PriceGrade.Stale)).toBe(39);
    expect(grades.slice(0, 9).every((grade) => grade === PriceGrade.Good)).toBe(true);
    expect(state.assets[BTC]!.price.index).toBe(60_000);
    expect(state.assets[USDC]!.price.grade).toBe(PriceGrade.Good);
    sayAll(state);
    tick(state);
    expect(state.assets[BTC]!.price.grade).toBe(PriceGrade.Good);
  });

  it('is degraded with two fresh sources and holds its value against them', () => {
    const state = venue();
    live(state, 2);
    for (let second = 0; second < 15; second += 1) {
      say(state, BTC, 61_000, [0, 1]);
      tick(state);
    }
    expect(state.assets[BTC]!.price).toMatchObject({ grade: PriceGrade.Degraded, freshSources: 2 });
    // Half moved while all four were fresh: clamped, (61,000 * 2 + 60,000 * 2) / 4.
    expect(state.assets[BTC]!.price.index).toBe(60_500);
  });

  it('counts time that was skipped: after a pause of a minute it is stale at once', () => {
    const state = venue();
    live(state, 2);
    tick(state, 60);
    expect(state.assets[BTC]!.price.grade).toBe(PriceGrade.Stale);
    expect(state.markets[SmallMarket.BTC_USDC_PERP]!.isReduceOnly).toBe(true);
  });

  it('does not count sources whose quote is stale', () => {
    const state = venue();
    live(state, 1);
    for (let second = 0; second < 60; second += 1) {
      state.timeMicros = (state.tickSecond + 1) * 1e6;
      say(state, BTC, 60_000);
      tick(state);
    }
    expect(state.assets[USDT]!.price.grade).toBe(PriceGrade.Stale);
    expect(state.assets[BTC]!.price).toMatchObject({ freshSources: 3, grade: PriceGrade.Good });
  });
});

describe('mark and stable price of an asset', () => {
  it('follow a jump of the index at 0.5 % and 0.05 % a second at most', () => {
    const state = venue();
    live(state, 2);
    sayAll(state, [1, 1, 90_000, 3_000, 150]);
    tick(state);
    const { price } = state.assets[BTC]!;
    expect(price.mark).toBeCloseTo(60_300, 6);
    // EWMA: 60,000 + 30,000 * (1 - exp(-1/3600)) = 60,008.332..., below the step of 30.
    expect(price.stable).toBeCloseTo(60_000 + 30_000 * 0.00027773920110286, 6);
    tick(state);
    expect(price.mark).toBeCloseTo(60_300 * 1.005, 6);
    sayAll(state, [1, 1, 900_000, 3_000, 150]);
    const before = price.stable;
    tick(state);
    expect(price.stable).toBeCloseTo(before * 1.0005, 6);
  });
});
