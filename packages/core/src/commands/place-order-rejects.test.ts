/** What placeOrder refuses, in the order of its tests: one order with every fault, mended one fault at a time. */
import {
  BookState,
  commands,
  OrderKind,
  OrderStatus,
  type PlaceOrder,
  rejects,
  SlippageKind,
  TimeInForce,
  TriggerBy,
  Tristate,
} from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { setAccountIsLiquidating, setAccountTriggerOrders } from '../ledger/accounts.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const SPOT = SmallMarket.BTC_USDC;
const MARK = 600_000;

type RejectName = keyof typeof rejects;
/** What is refused now, and what mends it: fields of the order, or something done to the venue. */
type Step = readonly [RejectName, Partial<PlaceOrder> | ((venue: TestVenue, person: Person) => void)];

function mended(venue: TestVenue, person: Person, start: Partial<PlaceOrder>, steps: readonly Step[]): number[] {
  let fields = start;
  for (const [name, mend] of steps) {
    const answer = venue.as(person, commands.placeOrder, fields);
    expect([name, answer.rejectCode]).toEqual([name, rejects[name].code]);
    expect(answer.result).toEqual([]);
    if (typeof mend === 'function') mend(venue, person);
    else fields = { ...fields, ...mend };
  }
  const answer = venue.as(person, commands.placeOrder, fields);
  expect(answer.rejectCode).toBe(0);
  expect(venue.audit()).toEqual([]);
  return answer.result;
}

const setBook = (market: number, bookState: number) => (venue: TestVenue) => {
  venue.send(commands.setBookState, { market, bookState });
};

function venueWith(changes: { limitOrders?: number; positionLimitUsd?: number } = {}): TestVenue {
  const genesis = smallGenesis();
  for (const market of genesis.markets) market.minQuantityLots = 10;
  genesis.limits.limitOrdersPerAccount = changes.limitOrders ?? 2;
  genesis.account.positionLimitUsd = changes.positionLimitUsd ?? 1_000_000;
  const perp = genesis.markets[PERP]!.perp!;
  perp.openInterestLimitUsd = 900_000;
  return new TestVenue(genesis);
}

describe('placeOrder refuses', () => {
  it('a limit order on a perpetual, by shape and then by state', () => {
    const venue = venueWith();
    const person = venue.person(1);
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.Closed });
    const start: Partial<PlaceOrder> = {
      market: 99,
      quantityLots: 1e9,
      isPostOnly: 1,
      timeInForce: TimeInForce.IOC,
      slippageKind: SlippageKind.Percent,
      autoBorrow: Tristate.Yes,
      triggerPriceTicks: 5,
      takeProfitTriggerTicks: 2e7,
    };
    const result = mended(venue, person, start, [
      ['unknownMarket', { market: PERP }],
      ['limitOrderNeeds', { priceTicks: 2e7 }],
      ['postOnlyTimeInForce', { timeInForce: TimeInForce.GTC, isPostOnly: 0 }],
      ['slippageOnLimit', { slippageKind: SlippageKind.None }],
      ['spotMarginFlagsOnPerp', { autoBorrow: Tristate.Absent }],
      ['badQuantity', { quantityLots: 5 }],
      ['belowMinQuantity', { quantityLots: 2_500_000 }],
      ['badPrice', { priceTicks: 800_000 }],
      ['triggerPair', { triggerPriceTicks: 0 }],
      ['badPrice', { takeProfitTriggerTicks: 500_000 }],
      ['attachedWrongSide', { takeProfitTriggerTicks: 0, stopLossTriggerTicks: 900_000 }],
      ['attachedWrongSide', { stopLossTriggerTicks: 0 }],
      ['bookClosed', setBook(PERP, BookState.CancelOnly)],
      ['bookCancelOnly', setBook(PERP, BookState.PostOnly)],
      ['bookPostOnly', { isPostOnly: 1, isReduceOnly: 1 }],
      ['reduceOnlyNotReduced', { isReduceOnly: 0 }],
      ['priceOutsideBand', { priceTicks: 400_000 }],
      ['priceOutsideBand', (v, p) => fillOrders(v, p)],
      ['priceOutsideBand', { priceTicks: MARK }],
      ['orderLimit', (v, p) => v.as(p, commands.cancelAllOrders, { market: PERP })],
      ['positionLimit', { quantityLots: 1_600_000 }],
      ['openInterestLimit', { quantityLots: 1_450_000 }],
    ]);
    expect(result[15]).toBe(OrderStatus.New);
  });

  it('an order that the margin does not carry at its worst price, and says what would be left', () => {
    const venue = venueWith({ positionLimitUsd: 1e9 });
    const person = venue.person(1);
    venue.state.markets[PERP]!.listing.perp!.openInterestLimitUsd = 1e9;
    const lots = 20_000_000;
    const answer = venue.place(person, PERP, 'bid', lots, MARK);
    expect(answer.rejectCode).toBe(rejects.insufficientMargin.code);
    expect(answer.value).toBeLessThan(0);
  });

  it('market orders of the wrong shape, and in a book that takes limit orders only', () => {
    const venue = venueWith();
    const person = venue.person(1);
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.LimitOnly });
    mended(
      venue,
      person,
      {
        market: PERP,
        orderKind: OrderKind.Market,
        quantityLots: 10,
        quoteAtoms: 2 ** 53,
        priceTicks: 5,
        slippageKind: 2,
        slippageTolerance: 2e6,
      },
      [
        ['marketOrderNeedsOne', { quantityLots: 0 }],
        ['marketOrderFlags', { priceTicks: 0, isPostOnly: 1 }],
        ['marketOrderFlags', { isPostOnly: 0 }],
        ['slippageRange', { slippageTolerance: 1_000 }],
        ['notionalTooLarge', { quoteAtoms: 0 }],
        ['marketOrderNeedsOne', { quoteAtoms: 1e6, triggerBy: TriggerBy.MarkPrice, triggerPriceTicks: 1, triggerQuantity: 1 }],
        // A trigger is sized by its own quantity: an amount beside it would be judged as one size and filled as another.
        ['marketOrderNeedsOne', { triggerBy: 0, triggerPriceTicks: 0, triggerQuantity: 0 }],
        ['bookLimitOnly', setBook(PERP, BookState.Open)],
      ],
    );
  });

  it('spot orders without the money, and what exists on perpetuals only', () => {
    const venue = venueWith();
    const person = venue.person(1);
    mended(
      venue,
      person,
      {
        market: SPOT,
        quantityLots: 200_000,
        priceTicks: MARK,
        isReduceOnly: 1,
        stopLossTriggerTicks: 5,
        triggerBy: 1,
        triggerPriceTicks: 1,
        triggerQuantity: 5e5,
        triggerIsPercent: 1,
      },
      [
        ['reduceOnlySpot', { isReduceOnly: 0 }],
        ['triggerOnSpotPercent', { triggerBy: 0, triggerPriceTicks: 0, triggerQuantity: 0, triggerIsPercent: 0 }],
        ['attachedOnSpot', { stopLossTriggerTicks: 0 }],
        ['insufficientFunds', { quantityLots: 166_000 }],
      ],
    );
    const { holdings } = venue.state;
    const held = Array.from({ length: holdings.used }, (_, row) => holdingHeld(holdings, row));
    expect(held).toContain(166_000 * MARK + (166_000 * MARK) / 1_000);
  });

  it('says how much is there and how much is needed', () => {
    const venue = venueWith();
    const answer = venue.place(venue.person(1), SPOT, 'ask', 200_001, MARK);
    expect(answer).toMatchObject({ rejectCode: rejects.insufficientFunds.code, value: 2e8, limit: 200_001_000 });
  });

  it('trigger orders', () => {
    const venue = venueWith();
    const person = venue.person(1);
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.Closed });
    const limit = venue.state.genesis.limits.triggerOrdersPerAccount;
    setAccountTriggerOrders(venue.state.accounts, person.account, limit);
    mended(
      venue,
      person,
      {
        market: PERP,
        orderKind: OrderKind.Market,
        triggerBy: TriggerBy.MarkPrice,
        triggerPriceTicks: 2e7,
        triggerQuantity: 1e9,
        isReduceOnly: 0,
      },
      [
        ['badPrice', { triggerPriceTicks: MARK }],
        ['badQuantity', { triggerQuantity: 9 }],
        ['belowMinQuantity', { triggerQuantity: 10, isReduceOnly: 1 }],
        ['bookClosed', setBook(PERP, BookState.CancelOnly)],
        ['bookCancelOnly', setBook(PERP, BookState.Open)],
        [
          'orderLimit',
          (v, p) => {
            setAccountTriggerOrders(v.state.accounts, p.account, 0);
          },
        ],
        ['triggerAlreadyMet', { triggerPriceTicks: MARK + 1 }],
        ['reduceOnlyNotReduced', { isReduceOnly: 0 }],
      ],
    );
  });

  it('anything but reduce-only orders on a stale price', () => {
    const venue = venueWith();
    const person = venue.person(1);
    const second = venue.state.tickSecond + 60;
    venue.send(commands.tick, { second }, second * 1e6);
    expect(venue.place(person, PERP, 'bid', 10, MARK).rejectCode).toBe(rejects.marketReduceOnly.code);
    expect(venue.place(person, PERP, 'bid', 10, MARK, { isReduceOnly: 1 }).rejectCode).toBe(rejects.reduceOnlyNotReduced.code);
  });

  it('orders of an account that is being liquidated, unless they lower its risk', () => {
    const venue = venueWith();
    const [person, other] = [venue.person(1), venue.person(2)];
    venue.place(other, PERP, 'ask', 1_000, MARK);
    venue.place(person, PERP, 'bid', 1_000, MARK);
    setAccountIsLiquidating(venue.state.accounts, person.account, 1);
    expect(venue.place(person, PERP, 'bid', 10, MARK - 10).rejectCode).toBe(rejects.accountLiquidating.code);
    expect(venue.place(person, PERP, 'ask', 10, MARK + 10).rejectCode).toBe(rejects.accountLiquidating.code);
    expect(venue.place(person, PERP, 'ask', 10, MARK + 10, { isReduceOnly: 1 }).rejectCode).toBe(0);
  });

  it('nobody who wants to close when a table is full: rows there are suffice', () => {
    const venue = venueWith({ limitOrders: 10 });
    const [person, other, third] = [venue.person(1), venue.person(2), venue.person(3)];
    venue.place(other, PERP, 'ask', 100, MARK);
    venue.place(person, PERP, 'bid', 100, MARK);
    const { positions, holdings } = venue.state;
    positions.live = positions.capacity;
    holdings.live = holdings.capacity;
    const [used, usedHoldings] = [positions.used, holdings.used];
    positions.used = positions.capacity;
    expect(venue.place(third, PERP, 'ask', 100, MARK + 10).rejectCode).toBe(rejects.orderTableFull.code);
    expect(venue.place(person, PERP, 'ask', 100, MARK + 10, { isReduceOnly: 1 }).rejectCode).toBe(0);
    positions.used = used;
    holdings.used = usedHoldings;
  });
});

function fillOrders(venue: TestVenue, person: Person): void {
  venue.send(commands.setBookState, { market: PERP, bookState: BookState.Open });
  expect(venue.place(person, PERP, 'bid', 10, MARK - 100).rejectCode).toBe(0);
  expect(venue.place(person, PERP, 'bid', 10, MARK - 100).rejectCode).toBe(0);
  expect(venue.net(person, SmallAsset.USDC)).toBe(100_000e6);
}
