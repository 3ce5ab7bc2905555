import { Side } from '@mochila/protocol';
import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock, type TestPerson, TestVenue } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DOWN_HISTORY } from '../testing/down-history.ts';
import { TestHistory } from '../testing/test-history.ts';
import { tradableGenesis } from '../testing/venue-gateway.ts';
import { MarketDataFeed } from './market-data-feed.ts';

const PERP = 'SOL_USDC_PERP';

let engine: InlineLink;
let venue: TestVenue;
let history: TestHistory;
let maker: TestPerson;
let taker: TestPerson;
let whole: MarketDataFeed;
beforeEach(async () => {
  const genesis = tradableGenesis();
  const clock = createSimulatedClock(genesis.createdAtMicros);
  engine = createInlineLink({ genesis, clock });
  venue = new TestVenue(engine, clock, genesis);
  history = await TestHistory.open(engine, genesis);
  whole = await open(null);
  await venue.passSeconds(2);
  maker = await venue.person();
  taker = await venue.person();
});
afterEach(async () => {
  whole.close();
  engine.close();
  await history.store.close();
});

function open(store: TestHistory['store'] | typeof DOWN_HISTORY | null, catchUpMs = 2_000): Promise<MarketDataFeed> {
  return MarketDataFeed.open({ engine, genesis: venue.genesis, history: store, onHistoryFault: (fault) => faults.push(fault), catchUpMs });
}
const faults: Error[] = [];

async function trade(lots: number, ticks: number): Promise<void> {
  await venue.place(maker, { market: PERP, side: Side.Ask, lots, ticks });
  await venue.place(taker, { market: PERP, side: Side.Bid, lots, ticks });
}

/** What the public sees of a market. */
function faceOf(feed: MarketDataFeed): object {
  const market = feed.market(venue.market(PERP));
  return {
    depth: market.depth.snapshot(1_000),
    trades: market.trades.latest(1_000).map(({ tradeId, priceTicks, quantityLots }) => ({ tradeId, priceTicks, quantityLots })),
    candles: (['1m', '15m', '1h', '1d', '1w', '1month'] as const).map((interval) => market.candles.map((one) => one.running(interval))),
    tickers: [market.tickers.figures('1d', feed.fold.timeMicros), market.tickers.figures('1w', feed.fold.timeMicros)],
    markTicks: feed.markTicks(market.facts.market),
  };
}

describe('a feed that opens in the middle', () => {
  it('shows what one shows that followed from the start, while trading goes on', async () => {
    for (let round = 0; round < 40; round += 1) {
      await trade(1 + round, 15_000 + (round % 7));
      if (round % 4 === 0) await venue.passSeconds(20);
    }
    await venue.place(maker, { market: PERP, side: Side.Bid, lots: 5, ticks: 14_900 });
    await history.catchUp();
    const opening = open(history.store);
    // History is written on while it is read, as by its own thread.
    for (let round = 0; round < 30; round += 1) {
      await trade(3, 15_010);
      await history.catchUp();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const late = await opening;
    await trade(2, 15_020);
    await venue.passSeconds(1);
    expect(faceOf(late)).toEqual(faceOf(whole));
    expect(late.orders.size).toBe(whole.orders.size);
    expect(late.orders.missed).toBe(0);
    late.close();
  });

  it.each([
    ['down', () => open(DOWN_HISTORY)],
    ['behind', () => open(history.store, 50)],
  ])('goes on without a history that is %s, and says so', async (_what, start) => {
    await trade(1, 15_000);
    faults.length = 0;
    const late = await start();
    expect(faults).toHaveLength(1);
    await trade(2, 15_010);
    expect(
      late
        .market(venue.market(PERP))
        .trades.latest(9)
        .map(({ quantityLots }) => quantityLots),
    ).toEqual([2]);
    expect(late.market(venue.market(PERP)).depth.updateId).toBe(whole.market(venue.market(PERP)).depth.updateId);
    late.close();
  });
});
