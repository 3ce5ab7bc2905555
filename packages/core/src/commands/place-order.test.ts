/** What an accepted order does: its event, its answer, both accounts, the totals. */
import { BookState, commands, ExpiryReason, events, OrderStatus, SlippageKind, TimeInForce, Tristate } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { accountLimitOrders, accountUser, FEES_ACCOUNT } from '../ledger/accounts.ts';
import { debtAtomsOf, findHolding, freeAtomsOf, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const SPOT = SmallMarket.BTC_USDC;
const MARK = 600_000;
const FEES: Person = { account: FEES_ACCOUNT, key: 0, generation: 0 };
const STATUS = 15;
const REASON = 16;

function parts(venue: TestVenue, person: Person, asset: number): { free: number; lent: number; debt: number } {
  const row = findHolding(venue.state, person.account, asset);
  return row < 0
    ? { free: 0, lent: 0, debt: 0 }
    : { free: freeAtomsOf(venue.state, row), lent: lentAtomsOf(venue.state, row), debt: debtAtomsOf(venue.state, row) };
}

function two(): { venue: TestVenue; maker: Person; taker: Person } {
  const venue = new TestVenue();
  return { venue, maker: venue.person(1), taker: venue.person(2) };
}

describe('a fill', () => {
  it('on a perpetual: event, answer, both positions, cash against the mark, fees to the atom', () => {
    const { venue, maker, taker } = two();
    const fees = venue.net(FEES, SmallAsset.USDC);
    const resting = venue.place(maker, PERP, 'ask', 1_003, MARK + 7, { clientId: 11 });
    expect(resting.result[STATUS]).toBe(OrderStatus.New);
    const answer = venue.place(taker, PERP, 'bid', 1_000, MARK + 10, { clientId: 12 });
    const notional = 1_000 * (MARK + 7);
    const [takerFee, makerFee] = [Math.ceil((notional * 500) / 1e6), Math.ceil((notional * 200) / 1e6)];
    expect(venue.events(events.fill)).toEqual([
      {
        market: PERP,
        tradeId: 1,
        priceTicks: MARK + 7,
        quantityLots: 1_000,
        takerSide: 0,
        takerOrderId: answer.result[2],
        makerOrderId: resting.result[2],
        takerAccount: taker.account,
        makerAccount: maker.account,
        takerFeeAtoms: takerFee,
        makerFeeAtoms: makerFee,
        takerExecutedLots: 1_000,
        takerExecutedQuoteAtoms: notional,
        makerExecutedLots: 1_000,
        makerExecutedQuoteAtoms: notional,
        makerIsFilled: 0,
        takerIsFilled: 1,
        takerClientId: 12,
        makerClientId: 11,
        origin: 0,
      },
    ]);
    expect(answer.result.slice(13, 17)).toEqual([1_000, notional, OrderStatus.Filled, ExpiryReason.None]);
    expect([venue.size(taker, PERP), venue.size(maker, PERP), venue.state.markets[PERP]!.openInterestLots]).toEqual([1_000, -1_000, 1_000]);
    expect(venue.net(taker, SmallAsset.USDC)).toBe(100_000e6 - 7_000 - takerFee);
    expect(venue.net(maker, SmallAsset.USDC)).toBe(100_000e6 + 7_000 - makerFee);
    expect(venue.net(FEES, SmallAsset.USDC) - fees).toBe(takerFee + makerFee);
    expect(venue.events(events.positionChanged)).toMatchObject([
      { account: maker.account, sizeLots: -1_000, entryCostAtoms: -notional },
      { account: taker.account, sizeLots: 1_000, entryCostAtoms: notional },
    ]);
    expect(venue.audit()).toEqual([]);
  });

  it("pays a maker its rebate, rounded down, out of the taker's fee", () => {
    const { venue, maker, taker } = two();
    venue.send(commands.setFeeTier, { user: accountUser(venue.state.accounts, maker.account), feeTier: 2 });
    venue.place(maker, PERP, 'ask', 7, MARK);
    venue.place(taker, PERP, 'bid', 7, MARK);
    // 4,200,000 atoms: 50 millionths are 210; one lot less would be 179.99.
    expect(venue.events(events.fill)).toMatchObject([{ takerFeeAtoms: 2_100, makerFeeAtoms: -210 }]);
    venue.place(maker, PERP, 'ask', 1, MARK + 1);
    venue.place(taker, PERP, 'bid', 1, MARK + 1);
    expect(venue.events(events.fill)).toMatchObject([{ takerFeeAtoms: 301, makerFeeAtoms: -30 }]);
    expect(venue.audit()).toEqual([]);
  });

  it('by quote amount buys as many lots as it pays for, over several levels', () => {
    const { venue, maker, taker } = two();
    venue.place(maker, SPOT, 'ask', 3, MARK);
    venue.place(maker, SPOT, 'ask', 100, MARK + 100);
    const answer = venue.place(taker, SPOT, 'bid', 0, 0, { quoteAtoms: 5 * MARK });
    expect(answer.result[STATUS]).toBe(OrderStatus.Filled);
    expect(venue.events(events.fill).map((fill) => [fill.priceTicks, fill.quantityLots])).toEqual([
      [MARK, 3],
      [MARK + 100, 1],
    ]);
    expect(answer.result[14]).toBe(3 * MARK + MARK + 100);
  });
});

describe('time in force and flags', () => {
  it('GTC rests what is left; IOC and market orders expire it; post-only never takes', () => {
    const { venue, maker, taker } = two();
    const run = (more: object, ticks = MARK) => {
      venue.as(maker, commands.cancelAllOrders, { market: PERP });
      venue.as(taker, commands.cancelAllOrders, { market: PERP });
      venue.place(maker, PERP, 'ask', 10, MARK);
      const { result } = venue.place(taker, PERP, 'bid', 25, ticks, more);
      return [result[13], result[STATUS], result[REASON], accountLimitOrders(venue.state.accounts, taker.account)];
    };
    expect(run({})).toEqual([10, OrderStatus.PartiallyFilled, 0, 1]);
    expect(run({ timeInForce: TimeInForce.IOC })).toEqual([10, OrderStatus.Expired, ExpiryReason.ImmediateOrCancel, 0]);
    expect(run({ timeInForce: TimeInForce.FOK })).toEqual([0, OrderStatus.Expired, ExpiryReason.FillOrKill, 0]);
    expect(run({}, 0)).toEqual([10, OrderStatus.Expired, ExpiryReason.InsufficientLiquidity, 0]);
    expect(run({ isPostOnly: 1 })).toEqual([0, OrderStatus.Expired, ExpiryReason.PostOnlyTaker, 0]);
    expect(run({ isPostOnly: 1 }, MARK - 1)).toEqual([0, OrderStatus.New, 0, 1]);
    expect(venue.audit()).toEqual([]);
  });

  it('reduce-only orders are cut to the position, shrink with it, and cannot turn it', () => {
    const { venue, maker, taker } = two();
    venue.place(maker, PERP, 'ask', 100, MARK);
    venue.place(taker, PERP, 'bid', 100, MARK);
    const first = venue.place(taker, PERP, 'ask', 500, MARK + 10, { isReduceOnly: 1 });
    expect(first.result[11]).toBe(100);
    venue.place(taker, PERP, 'ask', 60, MARK + 20, { isReduceOnly: 1 });
    venue.place(maker, PERP, 'bid', 70, MARK + 10);
    expect(venue.events(events.orderModified)).toMatchObject([{ quantityLots: 30, executedLots: 0 }]);
    venue.place(maker, PERP, 'bid', 1_000, MARK + 20);
    expect(venue.size(taker, PERP)).toBe(0);
    expect(accountLimitOrders(venue.state.accounts, taker.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('lets through what a PostOnly or LimitOnly book takes', () => {
    const { venue, maker, taker } = two();
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.PostOnly });
    expect(venue.place(maker, PERP, 'ask', 10, MARK + 10, { isPostOnly: 1 }).rejectCode).toBe(0);
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.LimitOnly });
    expect(venue.place(taker, PERP, 'bid', 10, MARK + 10).result[STATUS]).toBe(OrderStatus.Filled);
  });
});

describe('bands', () => {
  it('stop a taker at the impact band, at its own slippage, at the mean mark, at the mean premium', () => {
    const { venue, maker, taker } = two();
    const sweep = (tops: number[], more: object = {}) => {
      venue.as(maker, commands.cancelAllOrders, { market: PERP });
      for (const ticks of tops) venue.place(maker, PERP, 'ask', 10, ticks);
      const { result } = venue.place(taker, PERP, 'bid', 1_000, 0, more);
      return [result[13], result[REASON]];
    };
    expect(sweep([MARK, 606_000, 606_001])).toEqual([20, ExpiryReason.PriceImpact]);
    expect(sweep([MARK, MARK + 5, MARK + 6], { slippageKind: SlippageKind.TickSize, slippageTolerance: 5 })).toEqual([
      20,
      ExpiryReason.SlippageToleranceExceeded,
    ]);
    expect(sweep([MARK, MARK + 60, MARK + 61], { slippageKind: SlippageKind.Percent, slippageTolerance: 100 })).toEqual([
      20,
      ExpiryReason.SlippageToleranceExceeded,
    ]);
    // Best ask 4.8 % above: the index with 5 % premium ends at 630,000, before the impact band.
    expect(sweep([628_800, 630_000, 630_001])).toEqual([20, ExpiryReason.PriceOutOfBounds]);
    venue.state.markets[PERP]!.price.meanMark = 55_000;
    expect(sweep([MARK, 605_000, 605_001])).toEqual([20, ExpiryReason.PriceOutOfBounds]);
  });
});

describe('spot margin', () => {
  /** Somebody with USDC lent and no BTC. */
  function staged(): { venue: TestVenue; buyer: Person; seller: Person } {
    const venue = new TestVenue(smallGenesis());
    const seller = venue.person(1);
    venue.deposit(seller, SmallAsset.BTC, 100e8);
    venue.deposit(venue.person(2), SmallAsset.USDC, 10_000_000e6);
    const buyer = venue.subaccount(venue.person(3), 103);
    venue.deposit(buyer, SmallAsset.USDC, 60_000e6);
    return { venue, buyer, seller };
  }

  it('borrows what is missing with autoBorrow, and repays with what comes in', () => {
    const { venue, buyer, seller } = staged();
    venue.place(seller, SPOT, 'ask', 200_000, MARK);
    const answer = venue.place(buyer, SPOT, 'bid', 150_000, MARK, { autoBorrow: Tristate.Yes });
    expect(answer.result[STATUS]).toBe(OrderStatus.Filled);
    expect(parts(venue, buyer, SmallAsset.USDC)).toEqual({ free: 0, lent: 0, debt: 30_000e6 + 90e6 });
    expect(parts(venue, buyer, SmallAsset.BTC)).toEqual({ free: 0, lent: 1.5e8, debt: 0 });
    venue.place(seller, SPOT, 'bid', 100_000, MARK - 10);
    venue.place(buyer, SPOT, 'ask', 100_000, MARK - 10);
    expect(parts(venue, buyer, SmallAsset.USDC).debt).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('keeps proceeds free with autoLend off, and beside the debt with autoBorrowRepay off', () => {
    const { venue, buyer, seller } = staged();
    venue.place(seller, SPOT, 'ask', 200_000, MARK);
    venue.place(buyer, SPOT, 'bid', 150_000, MARK, { autoBorrow: Tristate.Yes, autoLend: Tristate.No });
    expect(parts(venue, buyer, SmallAsset.BTC)).toEqual({ free: 1.5e8, lent: 0, debt: 0 });
    venue.place(seller, SPOT, 'bid', 10_000, MARK - 10);
    venue.place(buyer, SPOT, 'ask', 10_000, MARK - 10, { autoBorrowRepay: Tristate.No });
    const usdc = parts(venue, buyer, SmallAsset.USDC);
    expect(usdc.debt).toBe(30_090e6);
    expect(usdc.free).toBe(10_000 * (MARK - 10) - Math.ceil((10_000 * (MARK - 10)) / 1_000));
    expect(venue.audit()).toEqual([]);
  });

  it('pays from free cash alone with autoLendRedeem off', () => {
    const { venue, buyer, seller } = staged();
    venue.place(seller, SPOT, 'ask', 1_000, MARK);
    expect(venue.place(buyer, SPOT, 'bid', 1_000, MARK, { autoLendRedeem: Tristate.No }).rejectCode).not.toBe(0);
    expect(venue.place(buyer, SPOT, 'bid', 1_000, MARK).result[STATUS]).toBe(OrderStatus.Filled);
  });
});

describe('cancels', () => {
  it("answer the order by id or by the newest client id, return its hold, and know nobody else's", () => {
    const { venue, maker, taker } = two();
    const first = venue.place(maker, SPOT, 'bid', 100, MARK - 10, { clientId: 5 });
    const second = venue.place(maker, SPOT, 'bid', 100, MARK - 20, { clientId: 5 });
    const cancel = (person: Person, fields: object) => venue.as(person, commands.cancelOrder, { market: SPOT, ...fields });
    expect(cancel(taker, { orderId: first.result[2] }).rejectCode).not.toBe(0);
    expect(cancel(maker, { market: PERP, orderId: first.result[2] }).rejectCode).not.toBe(0);
    expect(cancel(maker, { clientId: 5 }).result[2]).toBe(second.result[2]);
    const answer = cancel(maker, { orderId: first.result[2] });
    expect([answer.result[2], answer.result[STATUS]]).toEqual([first.result[2], OrderStatus.Cancelled]);
    expect(venue.events(events.levelChanged)).toMatchObject([{ side: 0, priceTicks: MARK - 10, lots: 0 }]);
    const { holdings } = venue.state;
    expect(Array.from({ length: holdings.used }, (_, row) => holdingHeld(holdings, row)).every((held) => held === 0)).toBe(true);
    expect(cancel(maker, { orderId: first.result[2] }).rejectCode).not.toBe(0);
  });

  it('of all orders take those of their scope and market, oldest first', () => {
    const { venue, maker } = two();
    const trigger = { triggerBy: 1, triggerPriceTicks: MARK + 500, triggerQuantity: 5 };
    for (const more of [{}, trigger, {}, trigger]) venue.place(maker, PERP, 'bid', 5, MARK - 10, more);
    venue.place(maker, SPOT, 'bid', 5, MARK - 10);
    const all = (scope: number) => venue.as(maker, commands.cancelAllOrders, { market: PERP, scope }).result;
    expect(all(2)).toEqual([2]);
    expect(all(1)).toEqual([2]);
    const ids = venue.events(events.orderCancelled).map((view) => view.createdAtMicros);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(all(0)).toEqual([0]);
    expect(venue.state.orders.live).toBe(1);
  });
});
