/** The index against liars, and marks over random walks: what no source, however wild, can do. */
import { roundToTicks } from '@mochila/math';
import { BookState, PriceGrade } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createState } from '../create-state.ts';
import type { State } from '../state.ts';
import { type QuoteRow, sayRows, tick } from '../testing/price-feed.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { explainMark } from './explain-mark.ts';
import { publicBookState } from './market-marks.ts';

const { BTC } = SmallAsset;
const PERP = SmallMarket.BTC_USDC_PERP;
const TRUE_PRICE = 60_000;
const RUNS = { numRuns: 100, seed: 20_251_010 };

/** A venue with five sources in dollars, of the given weights. */
function fiveSources(weights: readonly number[] = [1, 1, 1, 1, 1]): State {
  const { prices } = smallGenesis();
  const sources = weights.map((weight, at) => ({ name: `source${at}`, weight, quote: 'USD' as const }));
  return createState(smallGenesis({ prices: { ...prices, sources } }));
}

/** Every source says its price and a second passes. */
function second(state: State, prices: readonly number[]): void {
  state.timeMicros = (state.tickSecond + 1) * 1e6;
  sayRows(
    state,
    prices.map((price, source): QuoteRow => [source, BTC, price, price, price, state.timeMicros]),
  );
  tick(state);
}

const weight = fc.integer({ min: 1, max: 9 });
const weightsOfFive = fc.tuple(weight, weight, weight, weight, weight);
/** What an honest source says: within 0.3 % of the truth. */
const honest = fc.double({ min: 0.997, max: 1.003, noNaN: true }).map((share) => TRUE_PRICE * share);
/** What a liar says: anything that is a price. */
const lie = fc
  .oneof(fc.constantFrom(0.6, 1.4, 0.01, 100), fc.double({ min: 1e-6, max: 1e4, noNaN: true }))
  .map((share) => TRUE_PRICE * share);

describe('an index of five sources', () => {
  it.each([1, 2])('of which %i lie moves by at most a hundredth of their weight beyond what the honest say', (liars) => {
    fc.assert(
      fc.property(
        weightsOfFive,
        fc.array(honest, { minLength: 5, maxLength: 5 }),
        fc.array(lie, { minLength: 2, maxLength: 2 }),
        (weights, truths, lies) => {
          const state = fiveSources(weights);
          second(state, truths);
          const said = truths.map((truth, at) => (at < liars ? lies[at]! : truth));
          second(state, said);
          const honestly = truths.slice(liars);
          const share = weights.slice(0, liars).reduce((sum, each) => sum + each, 0) / weights.reduce((sum, each) => sum + each, 0);
          const { index, grade } = state.assets[BTC]!.price;
          expect(grade).toBe(PriceGrade.Good);
          expect(index).toBeLessThanOrEqual(Math.max(...honestly) * (1 + 0.01 * share) * (1 + 1e-12));
          expect(index).toBeGreaterThanOrEqual(Math.min(...honestly) * (1 - 0.01 * share) * (1 - 1e-12));
        },
      ),
      RUNS,
    );
  });

  it('off by 40 % in one of five moves by 0.2 %, in two of five by 0.4 %; the mark steps there, no further', () => {
    for (const [liars, moved] of [
      [1, 0.998],
      [2, 0.996],
    ] as const) {
      const state = fiveSources();
      second(
        state,
        [1, 1, 1, 1, 1].map(() => TRUE_PRICE),
      );
      const said = [0, 1, 2, 3, 4].map((at) => (at < liars ? TRUE_PRICE * 0.6 : TRUE_PRICE));
      for (let at = 0; at < 30; at += 1) second(state, said);
      expect(state.assets[BTC]!.price.index / TRUE_PRICE).toBeCloseTo(moved, 12);
      expect(state.markets[PERP]!.price.markExact / TRUE_PRICE).toBeCloseTo(moved, 12);
    }
  });

  it('is within 1 % of the median of the fresh, whatever any number of them says', () => {
    fc.assert(
      fc.property(weightsOfFive, fc.array(lie, { minLength: 5, maxLength: 5 }), (weights, said) => {
        const state = fiveSources(weights);
        second(state, said);
        const { index } = state.assets[BTC]!.price;
        const median = [...said].sort((a, b) => a - b)[2]!;
        expect(Math.abs(index / median - 1)).toBeLessThanOrEqual(0.01 * (1 + 1e-9));
        expect(explainMark(state, PERP).median).toBe(median);
      }),
      RUNS,
    );
  });

  it('all of which drift together is followed, and marks and stable prices at their own speed', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: 5, maxLength: 60 }), (moves) => {
        const state = fiveSources();
        let price = TRUE_PRICE;
        second(
          state,
          [1, 1, 1, 1, 1].map(() => price),
        );
        for (const move of moves) {
          const { mark, stable } = state.assets[BTC]!.price;
          price *= 1 + move;
          second(
            state,
            [1, 1, 1, 1, 1].map(() => price),
          );
          const now = state.assets[BTC]!.price;
          expect(now.index / price).toBeCloseTo(1, 12);
          expect(Math.abs(now.mark - mark)).toBeLessThanOrEqual(mark * 0.005 * (1 + 1e-12));
          expect(Math.abs(now.stable - stable)).toBeLessThanOrEqual(stable * 0.0005 * (1 + 1e-12));
        }
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});

/** One second of one source: silent, the old price under a new stamp, the old price confirmed by its sequence, a new price, a late one. */
const act = fc.constantFrom('silent', 'repeated', 'confirmed', 'new', 'late', 'zero');

describe('the age of a source', () => {
  it('is that of its last new value or rising sequence, and decides freshness and grade alone', () => {
    const oneSecond = fc.record({ acts: fc.array(act, { minLength: 5, maxLength: 5 }), seconds: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(fc.array(oneSecond, { minLength: 1, maxLength: 40 }), (steps) => {
        const state = fiveSources();
        second(
          state,
          [1, 1, 1, 1, 1].map(() => TRUE_PRICE),
        );
        const sources = [0, 1, 2, 3, 4].map(() => ({ price: TRUE_PRICE, seq: state.timeMicros, freshAt: state.timeMicros }));
        let goodUntil = Number.NEGATIVE_INFINITY;
        for (const { acts, seconds } of steps) {
          state.timeMicros = (state.tickSecond + seconds) * 1e6;
          for (const [at, what] of acts.entries()) speak(state, at, what, sources[at]!);
          tick(state, seconds);
          const deaths = sources.map(({ freshAt }) => freshAt + 10e6).sort((a, b) => b - a);
          const fresh = deaths.filter((death) => death > state.timeMicros).length;
          goodUntil = fresh >= 3 ? state.timeMicros : Math.max(goodUntil, Math.min(deaths[2]!, state.timeMicros - 1));
          const { freshSources, grade } = state.assets[BTC]!.price;
          expect(freshSources).toBe(fresh);
          const late = state.timeMicros - goodUntil;
          expect(grade).toBe(late === 0 ? PriceGrade.Good : late < 30e6 ? PriceGrade.Degraded : PriceGrade.Stale);
        }
      }),
      RUNS,
    );
  });
});

type Modelled = { price: number; seq: number; freshAt: number };

function speak(state: State, source: number, what: string, known: Modelled): void {
  if (what === 'silent') return;
  const isFresh = state.timeMicros - known.freshAt < 10e6;
  const price = what === 'zero' ? 0 : what === 'new' ? known.price + 1 : known.price;
  const seq = what === 'confirmed' ? known.seq + 1 : what === 'late' ? known.seq - 1 : known.seq;
  sayRows(state, [[source, BTC, price, price, price, seq]]);
  if (what === 'zero' || (what === 'late' && isFresh)) return;
  if (what === 'new' || what === 'confirmed') known.freshAt = state.timeMicros;
  known.price = price;
  known.seq = seq;
}

describe('the mark of a perpetual', () => {
  it('keeps its layers over random walks: step, range, LimitOnly where they conflict, whole ticks', () => {
    const move = fc.record({ change: fc.double({ min: -0.08, max: 0.08, noNaN: true }), seconds: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 50 }), (moves) => {
        const state = fiveSources();
        let price = TRUE_PRICE;
        second(
          state,
          [1, 1, 1, 1, 1].map(() => price),
        );
        for (const { change, seconds } of moves) {
          price *= 1 + change;
          state.timeMicros = (state.tickSecond + seconds) * 1e6;
          sayRows(
            state,
            [0, 1, 2, 3, 4].map((source): QuoteRow => [source, BTC, price, price, price, state.timeMicros]),
          );
          tick(state, seconds);
          const market = state.markets[PERP]!;
          const { markBefore, layer2, layer3, indexPrice, premiumBound, markTicks, isStepLimited } = explainMark(state, PERP);
          expect(Math.abs(layer3 - markBefore)).toBeLessThanOrEqual(markBefore * 0.005 * seconds * (1 + 1e-12));
          expect(Math.abs(layer2 / indexPrice - 1)).toBeLessThanOrEqual(premiumBound * (1 + 1e-12));
          const isOutside = layer3 < indexPrice * (1 - premiumBound) || layer3 > indexPrice * (1 + premiumBound);
          expect(isStepLimited).toBe(isOutside);
          expect(publicBookState(market)).toBe(isOutside ? BookState.LimitOnly : BookState.Open);
          if (!isOutside) expect(Math.abs(layer3 - layer2)).toBeLessThanOrEqual(indexPrice * 2 * premiumBound);
          expect(markTicks).toBe(roundToTicks(layer3 / market.tickSize));
        }
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});
