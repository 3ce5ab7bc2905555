import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideArbitrage } from './arbitrage.ts';
import { fairPerpPrice, followMove, urgencyOf, widenBy } from './fair-price.ts';
import { decidePool, targetOf } from './lending-target.ts';
import { scaleOf } from './market-scale.ts';
import { behind, type LadderPlan, layLadder, notionalOf } from './quote-ladder.ts';
import { createRandom, secretOf } from './random.ts';
import { createRequestBudget } from './request-budget.ts';
import { drawTakerAct, nextMood, pickWeighted } from './taker-flow.ts';

const PLAN: LadderPlan = {
  fair: 100,
  tick: 0.01,
  lot: 0.01,
  lotsMin: 1,
  halfSpread: 0.001,
  spacing: 0.001,
  levels: 4,
  firstNotional: 1_000,
  growth: 1.5,
  inventory: 0,
  lean: 0.002,
  askMax: 1e9,
  bidMax: 1e9,
};

describe('a ladder', () => {
  it('has its levels on both sides at their distances and sizes', () => {
    expect(layLadder({ ...PLAN, levels: 2 })).toEqual([
      { side: 'Bid', ticks: 9_990, lots: 1_000 },
      { side: 'Bid', ticks: 9_980, lots: 1_500 },
      { side: 'Ask', ticks: 10_010, lots: 1_000 },
      { side: 'Ask', ticks: 10_020, lots: 1_500 },
    ]);
  });

  it('never crosses itself, never repeats a price and never sells more than there is', () => {
    const plans = fc.record({
      fair: fc.double({ min: 0.00001, max: 200_000, noNaN: true }),
      tickShare: fc.double({ min: 0.000001, max: 0.01, noNaN: true }),
      halfSpread: fc.double({ min: 0.00001, max: 0.02, noNaN: true }),
      spacing: fc.double({ min: 0, max: 0.01, noNaN: true }),
      inventory: fc.double({ min: -3, max: 3, noNaN: true }),
      askMaxUsd: fc.double({ min: 0, max: 20_000, noNaN: true }),
    });
    fc.assert(
      fc.property(plans, ({ tickShare, askMaxUsd, ...drawn }) => {
        const plan = { ...PLAN, ...drawn, tick: drawn.fair * tickShare, lot: 1 / drawn.fair, askMax: askMaxUsd / drawn.fair };
        const orders = layLadder(plan);
        const bids = orders.filter(({ side }) => side === 'Bid').map(({ ticks }) => ticks);
        const asks = orders.filter(({ side }) => side === 'Ask').map(({ ticks }) => ticks);
        for (const bid of bids) for (const ask of asks) expect(bid).toBeLessThan(ask);
        expect(bids).toEqual([...new Set(bids)].sort((a, b) => b - a));
        expect(asks).toEqual([...new Set(asks)].sort((a, b) => a - b));
        const sold = orders.reduce((sum, { side, lots }) => (side === 'Ask' ? sum + lots * plan.lot : sum), 0);
        expect(sold).toBeLessThanOrEqual(plan.askMax * (1 + 1e-9));
      }),
      { seed: 21 },
    );
  });

  it('leans against what is held', () => {
    const middleOf = (inventory: number): number => {
      const orders = layLadder({ ...PLAN, inventory });
      return ((orders[0]?.ticks ?? 0) + (orders.find(({ side }) => side === 'Ask')?.ticks ?? 0)) / 2;
    };
    expect(middleOf(1)).toBeLessThan(middleOf(0));
    expect(middleOf(-1)).toBeGreaterThan(middleOf(0));
    expect(middleOf(5)).toBe(middleOf(1));
  });

  it('moves each side as a whole behind what stands in its way, and not without need', () => {
    const ladder = layLadder({ ...PLAN, levels: 2 });
    expect(behind(ladder, { bid: null, ask: null })).toEqual(ladder);
    expect(behind(ladder, { bid: 10_009, ask: 9_991 })).toEqual(ladder);
    expect(behind(ladder, { bid: 10_010, ask: 9_985 }).map(({ ticks }) => ticks)).toEqual([9_984, 9_974, 10_011, 10_021]);
    expect(behind(ladder, { bid: null, ask: 5 }).map(({ side }) => side)).toEqual(['Bid', 'Ask', 'Ask']);
    expect(behind([], { bid: 1, ask: 2 })).toEqual([]);
  });

  it('says what a side is worth', () => {
    expect(notionalOf(layLadder({ ...PLAN, levels: 1 }), 'Bid', PLAN)).toBeCloseTo(999, 6);
  });
});

describe('a quote', () => {
  const life = { tolerance: 0.001, secondsMin: 2, secondsMax: 60 };
  const quoted = { fair: 100, atSeconds: 10, isIncomplete: false };

  it.each([
    ['there is none', null, 100, 10, true],
    ['the price stands still', quoted, 100, 20, false],
    ['the price has moved', quoted, 100.2, 20, true],
    ['the price has moved a moment ago', quoted, 100.2, 11, false],
    ['it was filled or refused', { ...quoted, isIncomplete: true }, 100, 20, true],
    ['it is old', quoted, 100, 71, true],
  ])('is renewed as it should when %s', (_when, quote, fair, seconds, isDue) => {
    expect(urgencyOf(quote, fair, seconds, life) >= 1).toBe(isDue);
  });

  it('is wider when prices move more or it stands longer, and stays within reach', () => {
    const style = { halfSpread: 0.0002, spacing: 0.0002, levels: 3, reachMax: 0.004 };
    expect(widenBy(style, { movePerRootSecond: 0, renewSeconds: 10 })).toBe(1);
    expect(widenBy(style, { movePerRootSecond: 0.0004, renewSeconds: 4 })).toBeCloseTo(2.8, 6);
    expect(widenBy(style, { movePerRootSecond: 0.1, renewSeconds: 100 })).toBeCloseTo(0.004 / 0.0006, 6);
  });

  it('learns what moves are usual, whatever the time between looks', () => {
    let usual = 0;
    for (let look = 0; look < 200; look += 1) usual = followMove(usual, { before: 100, now: 100.2, seconds: 4 });
    expect(usual).toBeCloseTo(0.001, 6);
    expect(followMove(0.5, { before: 1, now: 2, seconds: 0 })).toBe(0.5);
  });

  it('of a perpetual goes above and below the index in turns, and part of the way with the mark', () => {
    const premiums = Array.from({ length: 48 }, (_, at) => fairPerpPrice({ index: 100, mark: 100 }, at * 300, 0) / 100 - 1);
    expect(Math.max(...premiums)).toBeGreaterThan(0.0005);
    expect(Math.min(...premiums)).toBeLessThan(-0.0005);
    expect(fairPerpPrice({ index: 100, mark: 100.3 }, 0, 0)).toBeCloseTo(100.12, 6);
    expect(fairPerpPrice({ index: 100, mark: 150 }, 0, 0)).toBeLessThan(100.21);
  });
});

describe('the arbitrageur', () => {
  const rules = { enter: 0.001, leave: 0.0003, clipUsd: 1_000, positionMaxUsd: 1_500 };

  it.each([
    ['sells a dear perpetual', { premium: 0.002, positionUsd: 0, coinsUsd: 0 }, { perpSide: 'Ask', notionalUsd: 1_000 }],
    ['sells no more than it dares', { premium: 0.002, positionUsd: -1_200, coinsUsd: 0 }, { perpSide: 'Ask', notionalUsd: 300 }],
    ['stops when it is full', { premium: 0.002, positionUsd: -1_500, coinsUsd: 0 }, null],
    [
      'buys a cheap one when it has coins to sell',
      { premium: -0.002, positionUsd: 0, coinsUsd: 5_000 },
      { perpSide: 'Bid', notionalUsd: 1_000 },
    ],
    ['leaves a cheap one when it has none', { premium: -0.002, positionUsd: 0, coinsUsd: 10 }, null],
    ['undoes what it did when it is over', { premium: 0.0001, positionUsd: -700, coinsUsd: 700 }, { perpSide: 'Bid', notionalUsd: 700 }],
    ['waits in between', { premium: 0.0006, positionUsd: -700, coinsUsd: 700 }, null],
    ['leaves crumbs', { premium: 0, positionUsd: -50, coinsUsd: 50 }, null],
  ])('%s', (_what, view, act) => {
    expect(decideArbitrage(view, rules)).toEqual(act);
  });
});

describe('the crowd', () => {
  it('is the same for the same seed', () => {
    const draw = (seed: string): number[] =>
      Array.from(
        { length: 20 },
        (
          (random) => () =>
            random.uniform()
        )(createRandom(seed, 'a')),
      );
    expect(draw('x')).toEqual(draw('x'));
    expect(draw('x')).not.toEqual(draw('y'));
    expect(secretOf('x', 'a')).not.toBe(secretOf('x', 'b'));
    expect(Buffer.from(secretOf('x', 'a'), 'base64')).toHaveLength(32);
  });

  it('has moods that stay within bounds, last, and turn', () => {
    const random = createRandom('moods', 'a');
    let mood = 0;
    const moods = Array.from({ length: 3_000 }, () => {
      mood = nextMood(mood, random);
      return mood;
    });
    expect(Math.max(...moods)).toBe(1);
    expect(Math.min(...moods)).toBe(-1);
    const kept = moods.filter((value, at) => Math.sign(value) === Math.sign(moods[at + 10] ?? value)).length / moods.length;
    expect(kept).toBeGreaterThan(0.6);
  });

  it('buys in a good mood, sells what it has too much of, and keeps its size', () => {
    const random = createRandom('acts', 'a');
    const buysOf = (mood: number, inventory: number): number => {
      const acts = Array.from({ length: 500 }, () => drawTakerAct({ mood, inventory, medianUsd: 100, maxUsd: 400 }, random));
      for (const { notionalUsd, offset } of acts) {
        expect(notionalUsd).toBeGreaterThan(0);
        expect(notionalUsd).toBeLessThanOrEqual(400);
        if (offset !== null) expect(offset).toBeLessThan(0.003);
      }
      return acts.filter(({ side }) => side === 'Bid').length / acts.length;
    };
    expect(buysOf(1, 0)).toBeGreaterThan(0.7);
    expect(buysOf(-1, 0)).toBeLessThan(0.3);
    expect(buysOf(1, 1)).toBeLessThan(0.5);
  });

  it('picks markets by their weight', () => {
    const random = createRandom('weights', 'a');
    const picks = Array.from({ length: 2_000 }, () => pickWeighted([1, 0, 3], random));
    expect(picks.filter((at) => at === 1)).toHaveLength(0);
    expect(picks.filter((at) => at === 2).length / picks.length).toBeCloseTo(0.75, 1);
    expect(pickWeighted([], random)).toBe(-1);
  });
});

describe('the borrower', () => {
  const pool = { lent: 1_000, borrowed: 100, target: 0.3, owed: 0, owedMax: 500 };

  it.each([
    ['borrows towards its target in steps', pool, { side: 'Borrow', quantity: 50 }],
    ['borrows no more than it may', { ...pool, owed: 480 }, { side: 'Borrow', quantity: 20 }],
    ['stops when it owes all it may', { ...pool, owed: 500 }, null],
    ['is content near its target', { ...pool, borrowed: 290 }, null],
    ['repays when there is too much', { ...pool, borrowed: 400, owed: 30 }, { side: 'Lend', quantity: 30 }],
    ['leaves the debts of others alone', { ...pool, borrowed: 400 }, null],
    ['leaves an empty pool alone', { ...pool, lent: 0, borrowed: 0 }, null],
  ])('%s', (_what, view, act) => {
    expect(decidePool(view)).toEqual(act);
  });

  it('aims below what a pool lets be borrowed on its first day', () => {
    for (let seconds = 0; seconds < 100_000; seconds += 997) {
      expect(targetOf(seconds, 0.3)).toBeGreaterThanOrEqual(0.2);
      expect(targetOf(seconds, 0.3)).toBeLessThan(1 / 3);
    }
  });
});

describe('a request budget', () => {
  it('lets a burst through, then a steady rate, whatever the clock does', () => {
    let now = 0;
    const budget = createRequestBudget({ perSecond: 10, burst: 20 }, () => now);
    expect(budget.tryTake(20)).toBe(true);
    expect(budget.tryTake(1)).toBe(false);
    now = 500;
    expect(budget.tryTake(5)).toBe(true);
    expect(budget.tryTake(1)).toBe(false);
    now = 0;
    expect(budget.tryTake(1)).toBe(false);
    now = 1_000_000;
    expect(budget.tryTake(21)).toBe(false);
    expect(budget.tryTake(20)).toBe(true);
  });
});

describe('the scale of a market', () => {
  it('writes ticks and lots as the exchange reads them', () => {
    const bonk = scaleOf({
      symbol: 'BONK_USDC',
      marketType: 'SPOT',
      baseSymbol: 'BONK',
      tickSize: '0.000000001',
      stepSize: '1000',
      minQuantity: '1000',
    });
    expect(bonk.priceText(20_123)).toBe('0.000020123');
    expect(bonk.quantityText(7)).toBe('7000');
    expect(bonk.lotsMin).toBe(1);
  });
});
