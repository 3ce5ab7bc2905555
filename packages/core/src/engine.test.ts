import { commands, ExpiryReason, events, OrderStatus, rejects, TriggerBy } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { SmallAsset, SmallMarket } from './testing/small-genesis.ts';
import { TestVenue } from './testing/test-venue.ts';

const BTC_PERP = SmallMarket.BTC_USDC_PERP;

describe('engine', () => {
  it('gives the venue its own accounts at the genesis and breaks no invariant', () => {
    const venue = new TestVenue();
    expect(venue.state.seq).toBeGreaterThan(1);
    expect(venue.audit()).toEqual([]);
  });

  it('fills two orders of a perpetual, settles their profit, and keeps every invariant', () => {
    const venue = new TestVenue();
    const maker = venue.person(1);
    const taker = venue.person(2);
    const market = venue.state.markets[BTC_PERP]!;
    const ticks = market.price.markTicks;
    const lots = Math.round(0.5 / market.lotSize);
    expect(venue.place(maker, BTC_PERP, 'ask', lots, ticks).rejectCode).toBe(0);
    const answer = venue.place(taker, BTC_PERP, 'bid', lots, 0);
    expect(answer.rejectCode).toBe(0);
    expect(answer.result[15]).toBe(OrderStatus.Filled);
    expect(venue.size(taker, BTC_PERP)).toBe(lots);
    expect(venue.size(maker, BTC_PERP)).toBe(-lots);
    expect(venue.audit()).toEqual([]);
    const before = venue.net(taker, SmallAsset.USDC) + venue.net(maker, SmallAsset.USDC);
    venue.usd[SmallAsset.BTC] = 60_600;
    venue.live(25);
    expect(venue.net(taker, SmallAsset.USDC)).toBeGreaterThan(100_000e6);
    expect(venue.audit()).toEqual([]);
    expect(Math.abs(venue.net(taker, SmallAsset.USDC) + venue.net(maker, SmallAsset.USDC) - before)).toBeLessThan(20e6);
  });

  it('trades spot: holds while resting, moves both assets at the fill, returns the hold at a cancel', () => {
    const venue = new TestVenue();
    const buyer = venue.person(1);
    const seller = venue.person(2);
    const market = venue.state.markets[SmallMarket.BTC_USDC]!;
    const ticks = Math.round(60_000 / market.tickSize);
    const lots = Math.round(0.1 / market.lotSize);
    const placed = venue.place(buyer, SmallMarket.BTC_USDC, 'bid', lots, ticks);
    expect(placed.rejectCode).toBe(0);
    expect(venue.audit()).toEqual([]);
    expect(venue.place(seller, SmallMarket.BTC_USDC, 'ask', lots / 2, ticks).result[15]).toBe(OrderStatus.Filled);
    expect(venue.net(buyer, SmallAsset.BTC)).toBe(2.05e8);
    expect(venue.net(seller, SmallAsset.BTC)).toBe(1.95e8);
    expect(venue.net(buyer, SmallAsset.USDC)).toBe(100_000e6 - 3_000e6 - 3_000e6 * 0.0008);
    expect(venue.net(seller, SmallAsset.USDC)).toBe(100_000e6 + 3_000e6 - 3_000e6 * 0.001);
    const cancelled = venue.as(buyer, commands.cancelOrder, { market: SmallMarket.BTC_USDC, orderId: placed.result[2]! });
    expect(cancelled.rejectCode).toBe(0);
    expect(cancelled.result[15]).toBe(OrderStatus.Cancelled);
    expect(venue.events(events.balanceChanged).find((row) => row.account === buyer.account)?.heldAtoms).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('refuses what the margin cannot carry and says what would be left', () => {
    const venue = new TestVenue();
    const person = venue.person(1);
    const market = venue.state.markets[BTC_PERP]!;
    const lots = Math.round(400 / market.lotSize);
    const answer = venue.place(person, BTC_PERP, 'bid', lots, market.price.markTicks);
    expect(answer.rejectCode).toBe(rejects.insufficientMargin.code);
    expect(answer.value).toBeLessThan(0);
  });

  it('lets no order trade with its own user, in each mode', () => {
    const venue = new TestVenue();
    const person = venue.person(1);
    const ticks = venue.state.markets[BTC_PERP]!.price.markTicks;
    const maker = venue.place(person, BTC_PERP, 'ask', 100, ticks);
    const taker = venue.place(person, BTC_PERP, 'bid', 100, ticks);
    expect(taker.result[16]).toBe(ExpiryReason.SelfTradePrevention);
    const second = venue.place(person, BTC_PERP, 'bid', 100, ticks, { selfTradePrevention: 1 });
    expect(second.result[15]).toBe(OrderStatus.New);
    expect(venue.as(person, commands.cancelOrder, { market: BTC_PERP, orderId: maker.result[2]! }).rejectCode).toBe(
      rejects.orderNotFound.code,
    );
    expect(venue.place(person, BTC_PERP, 'ask', 100, ticks, { selfTradePrevention: 2 }).result[16]).toBe(ExpiryReason.SelfTradePrevention);
    expect(venue.size(person, BTC_PERP)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('names what a take-profit or stop-loss watches only where there is one', () => {
    const venue = new TestVenue();
    const person = venue.person(1);
    const mark = venue.state.markets[BTC_PERP]!.price.markTicks;
    const waiting = { triggerBy: TriggerBy.MarkPrice, triggerPriceTicks: mark + 1_000, triggerQuantity: 100 };
    expect(venue.place(person, BTC_PERP, 'bid', 0, mark, waiting).rejectCode).toBe(0);
    const [plain] = venue.events(events.triggerPlaced);
    expect([plain?.takeProfitTriggerBy, plain?.stopLossTriggerBy]).toEqual([TriggerBy.None, TriggerBy.None]);
    expect(venue.place(person, BTC_PERP, 'bid', 100, mark - 100, { takeProfitTriggerTicks: mark + 500 }).rejectCode).toBe(0);
    const [attached] = venue.events(events.orderAccepted);
    expect([attached?.takeProfitTriggerBy, attached?.stopLossTriggerBy]).toEqual([TriggerBy.LastPrice, TriggerBy.None]);
  });
});
