import type { EngineEvent, EventBatch } from '@mochila/protocol';
import { OrderOrigin, PriceType } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { lastPriceTicks, MarketDataFold } from './market-data.ts';
import { marketFactsOf } from './market-facts.ts';
import { RecentTrades } from './recent-trades.ts';
import { batchOf, fillEvent, smallFacts, smallListings } from './testing/batches.ts';

const START = 1_760_000_000e6;

function level(updateId: number, side: number, priceTicks: number, lots: number): EngineEvent {
  return { name: 'levelChanged', fields: { market: 1, side, priceTicks, lots, updateId } };
}

function mark(markTicks: number, indexPrice: number): EngineEvent {
  const fields = {
    market: 1,
    markTicks,
    indexPrice,
    ewma: 0,
    premium: 0,
    fundingPpb: 1_250,
    nextFundingMicros: 0,
    grade: 0,
    isStepLimited: 0,
  };
  return { name: 'markUpdated', fields };
}

describe('facts of markets', () => {
  it('are read from a genesis in engine units, exactly', () => {
    const facts = marketFactsOf(smallListings());
    expect(facts).toEqual([
      { market: 0, symbol: 'SOL_USDC', type: 0, base: 1, quote: 0, k: 100, lotAtoms: 10_000_000 },
      { market: 1, symbol: 'BTC_USDC_PERP', type: 1, base: 2, quote: 0, k: 1, lotAtoms: 1_000 },
    ]);
  });

  it('are refused when a tick times a lot is a part of an atom', () => {
    const listings = smallListings();
    const broken = { ...listings, markets: listings.markets.map((market) => ({ ...market, tickSize: '0.0000000001' })) };
    expect(() => marketFactsOf(broken)).toThrow('whole number of quote atoms');
  });
});

describe('market data', () => {
  it('tells a forced fill to who listens, but makes no price, candle or volume of it', () => {
    const told: number[] = [];
    const fold = new MarketDataFold(smallFacts(), { trade: (_market, trade) => told.push(trade.tradeId) });
    fold.apply(batchOf(1, START, [fillEvent({ market: 1, tradeId: 1, priceTicks: 600_000, quantityLots: 2 })]));
    for (const [at, origin] of [OrderOrigin.BackstopLiquidityProvider, OrderOrigin.AdlAutoclose].entries())
      fold.apply(batchOf(2 + at, START + 10, [fillEvent({ market: 1, tradeId: 2 + at, priceTicks: 590_000, quantityLots: 9, origin })]));
    expect(told).toEqual([1, 2, 3]);
    expect(lastPriceTicks(fold.markets[1]!)).toBe(600_000);
    expect(fold.markets[1]!.candles[PriceType.Last].running('1h')).toMatchObject({ close: 600_000, low: 600_000, trades: 1 });
  });

  it('folds a batch into depth, trades, candles and marks, and tells the listener', () => {
    const told: string[] = [];
    const fold = new MarketDataFold(smallFacts(), {
      level: (market, change) => told.push(`level ${market.facts.symbol} ${change.updateId}`),
      book: (market) => told.push(`book ${market.depth.updateId}`),
      trade: (_market, trade) => told.push(`trade ${trade.tradeId}`),
      candleClosed: (_market, priceType, { interval }) => told.push(`closed ${priceType} ${interval}`),
      mark: () => told.push('mark'),
    });
    fold.apply(batchOf(1, START, [level(1, 0, 600_000, 5), level(2, 1, 600_100, 7), mark(600_050, 60_001.5)]));
    fold.apply(
      batchOf(2, START + 10, [fillEvent({ market: 1, tradeId: 1, priceTicks: 600_100, quantityLots: 2 }), level(3, 1, 600_100, 5)]),
    );
    const market = fold.markets[1];
    expect(market?.depth.ticker()).toEqual({ updateId: 3, bid: [600_000, 5], ask: [600_100, 5] });
    expect(market?.trades.latest(5)).toMatchObject([{ tradeId: 1, quoteAtoms: 1_200_200, isBuyerMaker: false, timeMicros: START + 10 }]);
    expect(market?.candles[PriceType.Mark].running('1h')?.close).toBe(600_050);
    expect(market?.candles[PriceType.Index].running('1h')?.close).toBe(60_001.5);
    expect(market?.mark?.fundingPpb).toBe(1_250);
    expect(told).toEqual([
      'level BTC_USDC_PERP 1',
      'level BTC_USDC_PERP 2',
      'mark',
      'book 2',
      'trade 1',
      'level BTC_USDC_PERP 3',
      'book 3',
    ]);
    told.length = 0;
    fold.apply(batchOf(3, START + 1e6, []));
    expect(told).toEqual(['closed 0 1s', 'closed 1 1s', 'closed 2 1s']);
  });

  it('takes a batch once', () => {
    const fold = new MarketDataFold(smallFacts());
    const batch: EventBatch = batchOf(7, START, [fillEvent({ market: 1, tradeId: 1, priceTicks: 10, quantityLots: 2 })]);
    fold.apply(batch);
    fold.apply(batch);
    expect(fold.markets[1]?.candles[PriceType.Last].running('1d')?.trades).toBe(1);
    expect(fold.seq).toBe(7);
  });

  it('keeps what events tell and takes the rest from the engine', () => {
    const fold = new MarketDataFold(smallFacts());
    fold.apply(batchOf(1, START, [{ name: 'bookStateChanged', fields: { market: 1, bookState: 2, isReduceOnly: 0 } }]));
    const answer = {
      bookState: 0,
      isReduceOnly: false,
      markTicks: 0,
      indexPrice: 0,
      indexGrade: 0,
      lastPriceTicks: 0,
      fundingPpb: 0,
      nextFundingMicros: 0,
      updateId: 0,
    };
    fold.load([
      { ...answer, market: 0, openInterestLots: 0 },
      { ...answer, market: 1, openInterestLots: 44 },
    ]);
    expect(fold.markets[1]?.openInterestLots).toBe(44);
    expect(fold.markets.map(({ bookState }) => bookState?.bookState)).toEqual([0, 2]);
    expect(fold.markets.map(lastPriceTicks)).toEqual([null, null]);
  });
});

describe('recent trades', () => {
  it('are the last ones, newest first', () => {
    const trades = new RecentTrades(3);
    expect(trades.latest(10)).toEqual([]);
    for (let tradeId = 1; tradeId <= 5; tradeId += 1) {
      trades.add({
        market: 0,
        tradeId,
        timeMicros: 0,
        priceTicks: 1,
        quantityLots: 1,
        quoteAtoms: 1,
        buyerOrderId: 1,
        sellerOrderId: 2,
        isBuyerMaker: true,
        origin: 0,
      });
    }
    expect(trades.latest(10).map(({ tradeId }) => tradeId)).toEqual([5, 4, 3]);
    expect(trades.latest(2).map(({ tradeId }) => tradeId)).toEqual([5, 4]);
  });
});
