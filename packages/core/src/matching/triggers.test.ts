/** Trigger orders: found by the second, fired by id, each watching its own price; children of orders that fill. */
import { BookState, commands, ExpiryReason, events, OrderKind, OrderStatus, rejects, TriggerBy } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { accountTriggerOrders } from '../ledger/accounts.ts';
import { type QuoteRow, quoteBytes } from '../testing/price-feed.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const MARK = 600_000;

/** A long of 1,000 lots and a deep book around the mark. */
function longVenue(): { venue: TestVenue; long: Person; maker: Person } {
  const venue = new TestVenue();
  const [long, maker] = [venue.person(1), venue.person(2)];
  venue.place(maker, PERP, 'ask', 1_000, MARK);
  venue.place(long, PERP, 'bid', 1_000, MARK);
  venue.place(maker, PERP, 'bid', 500_000, MARK - 3_000);
  venue.place(maker, PERP, 'ask', 500_000, MARK + 3_000);
  return { venue, long, maker };
}

const stop = (ticks: number, quantity: number, more: object = {}) => ({
  triggerBy: TriggerBy.MarkPrice,
  triggerPriceTicks: ticks,
  triggerQuantity: quantity,
  isReduceOnly: 1,
  ...more,
});

/** One tick with BTC at a price, and none of the work it leaves. */
function tickOnly(venue: TestVenue, btc: number): void {
  venue.usd[SmallAsset.BTC] = btc;
  const time = (venue.state.tickSecond + 1) * 1e6;
  const rows = venue.usd.flatMap((price, asset) => [0, 1, 2, 3].map((source): QuoteRow => [source, asset, price, price, price, time]));
  venue.sendOne(commands.prices, { quotes: quoteBytes(rows) }, time);
  venue.sendOne(commands.tick, { second: venue.state.tickSecond + 1 }, time);
}

describe('triggers', () => {
  it('wait without margin or hold, and close the position when the mark is there', () => {
    const { venue, long } = longVenue();
    const placed = venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 1_000, 400));
    expect(placed.result[15]).toBe(OrderStatus.TriggerPending);
    venue.live(1);
    expect(venue.size(long, PERP)).toBe(1_000);
    tickOnly(venue, 59_850);
    venue.runSystemWork();
    expect(venue.size(long, PERP)).toBe(600);
    expect(venue.events(events.orderAccepted)[0]).toMatchObject({
      orderId: placed.result[2],
      triggeredAtMicros: venue.state.timeMicros,
      quantityLots: 400,
    });
    expect(venue.audit()).toEqual([]);
  });

  it('follow the whole position by percentage, whatever it is by then', () => {
    const { venue, long, maker } = longVenue();
    venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 1_000, 500_000, { triggerIsPercent: 1, isReduceOnly: 0 }));
    venue.place(maker, PERP, 'ask', 500, MARK);
    venue.place(long, PERP, 'bid', 500, MARK);
    venue.usd[SmallAsset.BTC] = 59_850;
    venue.live(1);
    expect(venue.size(long, PERP)).toBe(750);
  });

  it('watch the last price or the index as asked', () => {
    const { venue, long, maker } = longVenue();
    venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 2_000, 100, { triggerBy: TriggerBy.LastPrice }));
    venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 2_000, 10, { triggerBy: TriggerBy.IndexPrice }));
    venue.live(1);
    expect(venue.size(long, PERP)).toBe(1_000);
    const other = venue.person(3);
    venue.place(maker, PERP, 'bid', 10, MARK - 2_500);
    venue.place(other, PERP, 'ask', 10, MARK - 2_500);
    venue.live(1);
    expect(venue.size(long, PERP)).toBe(900);
    venue.usd[SmallAsset.BTC] = 59_700;
    venue.live(1);
    expect(venue.size(long, PERP)).toBe(890);
  });

  it('go with the position they were to close', () => {
    const { venue, long } = longVenue();
    venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 1_000, 400));
    venue.place(long, PERP, 'ask', 1_000, 0);
    expect(venue.events(events.orderExpired)).toMatchObject([{ expiryReason: ExpiryReason.StopWithoutPosition }]);
    expect(accountTriggerOrders(venue.state.accounts, long.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('do not fire in the place of one that was cancelled after it was found', () => {
    const { venue, long } = longVenue();
    const first = venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 1_000, 400));
    tickOnly(venue, 59_850);
    venue.sendOne(commands.cancelOrder, { ...venue.signedBy(long), market: PERP, orderId: first.result[2]! });
    const far = { ...venue.signedBy(long), market: PERP, side: 1, orderKind: OrderKind.Market, ...stop(MARK - 50_000, 400) };
    expect(venue.sendOne(commands.placeOrder, far).result[15]).toBe(OrderStatus.TriggerPending);
    venue.runSystemWork();
    expect(venue.size(long, PERP)).toBe(1_000);
  });

  it('tell why they could not be placed, and end', () => {
    const venue = new TestVenue();
    const person = venue.person(1);
    venue.place(person, PERP, 'bid', 30_000_000, 0, {
      triggerBy: TriggerBy.MarkPrice,
      triggerPriceTicks: MARK + 500,
      triggerQuantity: 30_000_000,
    });
    tickOnly(venue, 60_100);
    venue.runSystemWork();
    expect(venue.events(events.triggerFailed)).toMatchObject([
      { rejectCode: rejects.insufficientMargin.code, status: OrderStatus.TriggerFailed },
    ]);
    expect(venue.state.orders.live).toBe(0);
  });

  it('wait while the book is PostOnly, or takes limit orders only, and fire when it takes them', () => {
    const { venue, long } = longVenue();
    expect(venue.place(long, PERP, 'ask', 0, 0, stop(MARK + 2_000, 1_000)).rejectCode).toBe(0);
    const operator = new Uint8Array(0);
    for (const bookState of [BookState.PostOnly, BookState.LimitOnly]) {
      venue.send(commands.setBookState, { market: PERP, bookState, operator });
      tickOnly(venue, 60_300);
      expect(venue.state.counters.dueTriggers).toBe(0);
    }
    // Open again, but the mark lies behind the index: only limit orders are taken.
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.Open, operator });
    tickOnly(venue, 62_000);
    expect(venue.state.markets[PERP]!.isStepLimited).toBe(true);
    expect(venue.state.counters.dueTriggers).toBe(0);
    tickOnly(venue, 60_300);
    expect(venue.state.markets[PERP]!.isStepLimited).toBe(false);
    venue.runSystemWork();
    expect(venue.size(long, PERP)).toBe(0);
  });

  it('fire although the table of orders is full: they have their place', () => {
    const { venue, long } = longVenue();
    venue.place(long, PERP, 'ask', 0, 0, stop(MARK - 1_000, 400));
    tickOnly(venue, 59_850);
    const { orders } = venue.state;
    const [used, free] = [orders.used, orders.freeHead];
    orders.used = orders.capacity;
    orders.freeHead = -1;
    venue.runSystemWork();
    orders.used = used;
    if (free >= 0) orders.freeHead = free;
    expect(venue.size(long, PERP)).toBe(600);
  });
});

describe('take-profit and stop-loss', () => {
  it('grow with every fill of their parent, fire as far as the position goes, and end with it', () => {
    const venue = new TestVenue();
    const [person, maker] = [venue.person(1), venue.person(2)];
    const parent = venue.place(person, PERP, 'bid', 300, MARK, {
      takeProfitTriggerTicks: MARK + 1_000,
      stopLossTriggerTicks: MARK - 1_000,
    });
    expect(venue.events(events.triggerPlaced)).toHaveLength(0);
    venue.place(maker, PERP, 'ask', 100, MARK);
    const children = venue.events(events.triggerPlaced);
    expect(children).toMatchObject([
      {
        side: 1,
        isReduceOnly: 1,
        triggerPriceTicks: MARK + 1_000,
        triggerQuantity: 100,
        relatedOrderId: parent.result[2],
        triggerBy: TriggerBy.LastPrice,
      },
      { side: 1, isReduceOnly: 1, triggerPriceTicks: MARK - 1_000, triggerQuantity: 100 },
    ]);
    venue.place(maker, PERP, 'ask', 150, MARK);
    expect(venue.events(events.orderModified).map((view) => view.triggerQuantity)).toEqual([250, 250]);
    venue.place(maker, PERP, 'bid', 1_000, MARK + 1_000);
    venue.place(venue.person(3), PERP, 'ask', 10, MARK + 1_000);
    venue.live(1);
    expect(venue.size(person, PERP)).toBe(0);
    expect(accountTriggerOrders(venue.state.accounts, person.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('are refused on the wrong side of where a trigger order would enter, not of the mark', () => {
    const venue = new TestVenue();
    const person = venue.person(1);
    const entry = { triggerBy: TriggerBy.MarkPrice, triggerPriceTicks: MARK + 10_000, triggerQuantity: 10 };
    expect(venue.place(person, PERP, 'bid', 0, 0, { ...entry, stopLossTriggerTicks: MARK + 5_000 }).rejectCode).toBe(0);
    expect(venue.place(person, PERP, 'bid', 0, 0, { ...entry, stopLossTriggerTicks: MARK + 15_000 }).rejectCode).toBe(
      rejects.attachedWrongSide.code,
    );
  });
});
