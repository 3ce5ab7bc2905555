import { BookState, events, PriceGrade, Side } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { applySetBookState } from '../commands/set-book-state.ts';
import { createState } from '../create-state.ts';
import type { State } from '../state.ts';
import { inFrame } from '../testing/ledger-state.ts';
import { eventsOf, live, sayAll, tick } from '../testing/price-feed.ts';
import { restOrder, unrestOrder } from '../testing/resting-order.ts';
import { SmallMarket, smallGenesis } from '../testing/small-genesis.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
/** 1 - exp(-1/300), to twelve digits. */
const A1 = 0.003327783947;

function venue(): State {
  const state = createState(smallGenesis());
  live(state, 1);
  return state;
}

/** Rests `usd` of notional on both sides around a mid price; BTC ticks are 0.1 USD, lots 0.00001 BTC. */
function quote(state: State, mid: number, usd: { bid: number; ask: number }): number[] {
  const lotsOf = (notional: number) => Math.ceil(notional / (mid * 0.00001)) + 1;
  return [
    restOrder(state, PERP, Side.Bid, (mid - 1) * 10, lotsOf(usd.bid)),
    restOrder(state, PERP, Side.Ask, (mid + 1) * 10, lotsOf(usd.ask)),
  ];
}

describe('layer 1: index + EWMA of mid - index', () => {
  it('starts everything at the index', () => {
    const { price } = venue().markets[PERP]!;
    expect(price).toMatchObject({
      markTicks: 600_000,
      markExact: 60_000,
      ewma: 0,
      premium: 0,
      meanMark: 60_000,
      settleTicks: 600_000,
      settleTicksBefore: 600_000,
      premiumSamples: 1,
    });
  });

  it('moves 0.33 % of the way to the mid in a second', () => {
    const state = venue();
    quote(state, 60_060, { bid: 11_000, ask: 11_000 });
    live(state, 1);
    const { price } = state.markets[PERP]!;
    expect(price.isMidCounted).toBe(true);
    expect(price.mid).toBe(60_060);
    expect(price.ewma).toBeCloseTo(60 * A1, 8);
    expect(price.layer1).toBeCloseTo(60_000 + 60 * A1, 8);
    expect(price.markTicks).toBe(600_002);
    live(state, 299);
    expect(price.ewma).toBeCloseTo(60 * (1 - 1 / Math.E), 6);
  });

  it('does the same in one step when seconds were skipped', () => {
    const one = venue();
    const many = venue();
    for (const state of [one, many]) quote(state, 60_060, { bid: 11_000, ask: 11_000 });
    live(many, 8);
    one.timeMicros += 8_000_000;
    sayAll(one);
    tick(one, 8);
    expect(one.markets[PERP]!.price.ewma).toBeCloseTo(many.markets[PERP]!.price.ewma, 9);
    expect(one.markets[PERP]!.price.premiumSamples).toBe(2);
  });

  it('counts the mid only when both sides hold 10,000 USD; else it decays to the index', () => {
    const state = venue();
    const slots = quote(state, 60_060, { bid: 11_000, ask: 11_000 });
    live(state, 30);
    const { price } = state.markets[PERP]!;
    const before = price.ewma;
    for (const slot of slots) unrestOrder(state, slot);
    quote(state, 60_060, { bid: 11_000, ask: 9_900 });
    live(state, 1);
    expect(price.isMidCounted).toBe(false);
    expect(price.ewma).toBeCloseTo(before * (1 - A1), 9);
  });

  it('lets a wick on our book move the mark by basis points over seconds', () => {
    const state = venue();
    const calm = quote(state, 60_000, { bid: 11_000, ask: 11_000 });
    live(state, 10);
    const { price } = state.markets[PERP]!;
    // Somebody sweeps the asks and quotes 5 % higher for three seconds.
    unrestOrder(state, calm[1]!);
    const wick = quote(state, 63_000, { bid: 11_000, ask: 11_000 });
    live(state, 3);
    // 3,000 * (1 - exp(-3/300)) = 29.85 USD, 5 basis points.
    expect(price.markExact).toBeCloseTo(60_029.85, 2);
    for (const slot of wick) unrestOrder(state, slot);
    quote(state, 60_010, { bid: 11_000, ask: 11_000 });
    live(state, 300);
    expect(price.markExact).toBeLessThan(60_020);
  });
});

describe('layer 2: premium range', () => {
  it('holds the mark within index +- 1 %, and the premium with it', () => {
    const state = venue();
    quote(state, 66_000, { bid: 11_000, ask: 11_000 });
    live(state, 120);
    const { price } = state.markets[PERP]!;
    expect(price.layer1).toBeGreaterThan(60_600);
    expect(price.layer2).toBe(60_600);
    expect(price.premium).toBeCloseTo(0.01, 12);
    expect(price.markTicks).toBe(606_000);
  });
});

describe('layer 3: step', () => {
  it('moves 0.5 % a second; beyond the range of 1 % the step wins and the market is LimitOnly until they agree', () => {
    const state = venue();
    const usd = [1, 1, 61_800, 3_000, 150];
    live(state, 1, usd);
    const market = state.markets[PERP]!;
    expect(market.price.markExact).toBeCloseTo(60_300, 6);
    expect(market.isStepLimited).toBe(true);
    expect(eventsOf(state, events.markUpdated).find(({ market: ix }) => ix === PERP)).toMatchObject({ isStepLimited: 1 });
    // 60,300 -> 60,601.5 -> 60,904.5: the range begins at 61,182, so three more seconds.
    live(state, 1, usd);
    expect(market.price.markExact).toBeCloseTo(60_601.5, 6);
    live(state, 2, usd);
    expect(market.isStepLimited).toBe(false);
    live(state, 5, usd);
    expect(market.price.markTicks).toBe(618_000);
  });

  it('tells the state of the book when it turns LimitOnly and when it opens again', () => {
    const state = venue();
    const usd = [1, 1, 61_800, 3_000, 150];
    const told: number[] = [];
    for (let second = 0; second < 6; second += 1) {
      state.timeMicros = (state.tickSecond + 1) * 1e6;
      sayAll(state, usd);
      tick(state);
      for (const { market, bookState } of eventsOf(state, events.bookStateChanged)) if (market === PERP) told.push(bookState);
    }
    expect(told).toEqual([BookState.LimitOnly, BookState.Open]);
  });
});

describe('layer 4: what holds the mark', () => {
  it('holds the last good mark while the index is stale, and the market is reduce-only', () => {
    const state = venue();
    quote(state, 60_300, { bid: 11_000, ask: 11_000 });
    for (let second = 0; second < 38; second += 1) tick(state);
    const market = state.markets[PERP]!;
    expect(market.price.grade).toBe(PriceGrade.Degraded);
    const { markTicks, premiumSamples } = market.price;
    for (let second = 0; second < 20; second += 1) tick(state);
    expect(market).toMatchObject({ isReduceOnly: true });
    expect(market.price.grade).toBe(PriceGrade.Stale);
    expect(market.price.markTicks - markTicks).toBeLessThanOrEqual(10);
    const held = market.price.markTicks;
    for (let second = 0; second < 20; second += 1) tick(state);
    expect(market.price.markTicks).toBe(held);
    expect(market.price.premiumSamples).toBeLessThan(premiumSamples + 3);
    live(state, 1);
    expect(market).toMatchObject({ isReduceOnly: false });
  });

  it('is the index in a PostOnly book, for the asset too', () => {
    const state = venue();
    quote(state, 60_300, { bid: 11_000, ask: 11_000 });
    live(state, 60);
    inFrame(state, () => applySetBookState(state, { market: PERP, bookState: BookState.PostOnly, operator: new Uint8Array(0) }));
    live(state, 1, [1, 1, 58_000, 3_000, 150]);
    expect(state.markets[PERP]!.price).toMatchObject({ markTicks: 580_000, premium: 0, isMidCounted: false });
    expect(state.assets[2]!.price.mark).toBe(58_000);
    expect(state.markets[SmallMarket.BTC_USDC]!.price.markTicks).toBe(580_000);
  });

  it('is rounded to whole ticks, half to even, last of all', () => {
    const state = venue();
    live(state, 5, [1, 1, 60_000, 3_000, 150.125]);
    expect(state.markets[SmallMarket.SOL_USDC_PERP]!.price.markTicks).toBe(15_012);
    live(state, 5, [1, 1, 60_000, 3_000, 150.375]);
    expect(state.markets[SmallMarket.SOL_USDC_PERP]!.price.markTicks).toBe(15_038);
  });
});

describe('spot and perpetual', () => {
  it('move at one speed, so a hedge is never valued at two', () => {
    const state = venue();
    for (const btc of [59_000, 57_000, 48_000, 50_000, 61_000]) {
      live(state, 3, [1, 1, btc, 3_000, 150]);
      expect(state.assets[2]!.price.mark).toBeCloseTo(state.markets[PERP]!.price.markExact, 6);
      expect(state.markets[SmallMarket.BTC_USDC]!.price.markTicks).toBe(state.markets[PERP]!.price.markTicks);
    }
  });
});

describe('five-minute means', () => {
  it('follow mark and premium with the same horizon', () => {
    const state = venue();
    live(state, 1, [1, 1, 60_120, 3_000, 150]);
    const { price } = state.markets[PERP]!;
    expect(price.meanMark).toBeCloseTo(60_000 + 120 * A1, 6);
    live(state, 299, [1, 1, 60_120, 3_000, 150]);
    expect(price.meanMark).toBeCloseTo(60_120 - 120 / Math.E, 6);
    expect(price.meanPremium).toBe(0);
  });
});
