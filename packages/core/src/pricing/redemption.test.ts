import { BookState, commands, PriceGrade, Side } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { applySetBookState } from '../commands/set-book-state.ts';
import { accountIsLiquidating } from '../ledger/accounts.ts';
import { HealthMode } from '../risk/compute-health.ts';
import { inFrame } from '../testing/ledger-state.ts';
import { restOrder, unrestOrder } from '../testing/resting-order.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';
import { explainMark } from './explain-mark.ts';

const WRAPPED = 5;
const WRAPPED_USDC = 7;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** 1.2 ETH at 3,000 USD. */
const WORTH = 3_600;

function wrappedVenue(): TestVenue {
  const genesis = smallGenesis();
  const eth = genesis.assets[SmallAsset.ETH]!;
  genesis.assets.push({ ...eth, symbol: 'WSTETH', redemption: { underlying: 'ETH', rate: '1.2' }, stepPerSecond: 0.01 });
  genesis.markets.push({ ...genesis.markets[SmallMarket.ETH_USDC]!, symbol: 'WSTETH_USDC', base: 'WSTETH' });
  return new TestVenue(genesis);
}

/** Somebody who owes dollars against ten wrapped coins, not far from the edge. */
function borrower(venue: TestVenue): Person {
  const lender = venue.person(8);
  venue.deposit(lender, SmallAsset.USDC, 10_000_000e6);
  venue.as(lender, commands.executeBorrowLend, { asset: SmallAsset.USDC, side: 0, quantityAtoms: 9_000_000e6 });
  const person = venue.subaccount(venue.person(9), 10);
  venue.deposit(person, WRAPPED, 10 * venue.state.assets[WRAPPED]!.unitAtoms);
  const lots = Math.round(2 / venue.state.markets[SmallMarket.BTC_USDC_PERP]!.lotSize);
  const ticks = venue.state.markets[SmallMarket.BTC_USDC_PERP]!.price.markTicks;
  expect(venue.place(lender, SmallMarket.BTC_USDC_PERP, 'ask', lots, ticks).rejectCode).toBe(0);
  expect(venue.place(person, SmallMarket.BTC_USDC_PERP, 'bid', lots, ticks).rejectCode).toBe(0);
  return person;
}

/** Both sides of the wrapped coin's own book hold enough around a share of its worth. */
function tradeAt(venue: TestVenue, share: number): number[] {
  const { tickSize, lotSize } = venue.state.markets[WRAPPED_USDC]!;
  const middle = Math.round((WORTH * share) / tickSize);
  const lots = Math.ceil(12_000 / (WORTH * share * lotSize));
  return [
    restOrder(venue.state, WRAPPED_USDC, Side.Bid, middle - 1, lots),
    restOrder(venue.state, WRAPPED_USDC, Side.Ask, middle + 1, lots),
  ];
}

function listRate(venue: TestVenue, rate: string): void {
  const { listing } = venue.state.assets[WRAPPED]!;
  const json = new TextEncoder().encode(JSON.stringify({ ...listing, redemption: { underlying: 'ETH', rate } }));
  expect(venue.send(commands.updateParameters, { json }).rejectCode).toBe(0);
}

/** Seconds in steps that no source goes stale in. */
function pass(venue: TestVenue, seconds: number): void {
  for (let at = 0; at < seconds; at += 5) venue.pass(5);
}

describe('a wrapped asset that trades far below its worth on its own book', () => {
  it.each([0.12, 0.2, 0.65])('at %s of it for 40 minutes liquidates nobody, and counts less and less for new risk', (share) => {
    const venue = wrappedVenue();
    const person = borrower(venue);
    const { price } = venue.state.assets[WRAPPED]!;
    const before = venue.health(person);
    const leavingBefore = venue.health(person, HealthMode.Leaving).collateral;
    tradeAt(venue, share);
    pass(venue, MINUTE);
    expect(price).toMatchObject({ index: WORTH, mark: WORTH, grade: PriceGrade.Good });
    // An hour's average: one minute of it is 1.7 %.
    expect(price.bookDiscount).toBeCloseTo((1 - share) * (1 - Math.exp(-1 / 60)), 3);
    pass(venue, 39 * MINUTE);
    expect(price).toMatchObject({ index: WORTH, mark: WORTH });
    expect(price.bookDiscount).toBeCloseTo((1 - share) * (1 - Math.exp(-40 / 60)), 3);
    const after = venue.health(person);
    expect(after.collateral).toBe(before.collateral);
    // Interest on a few cents of settled P&L.
    expect(after.maintenanceMargin).toBeCloseTo(before.maintenanceMargin, 3);
    expect(accountIsLiquidating(venue.state.accounts, person.account)).toBe(0);
    expect(venue.size(person, SmallMarket.BTC_USDC_PERP)).toBeGreaterThan(0);
    const leaving = venue.health(person, HealthMode.Leaving).collateral;
    expect(leaving).toBeCloseTo(leavingBefore * (1 - price.bookDiscount), 3);
    expect(venue.health(person, HealthMode.Placing).collateral).toBeCloseTo(leaving, 3);
    expect(explainMark(venue.state, WRAPPED_USDC).redemption).toMatchObject({
      rate: 1.2,
      listedRate: 1.2,
      bookDiscount: price.bookDiscount,
    });
    expect(venue.audit().filter((line) => !line.includes('order'))).toEqual([]);
  });

  it('counts fully again some time after it recovers, and a premium raises nothing', () => {
    const venue = wrappedVenue();
    const { price } = venue.state.assets[WRAPPED]!;
    const slots = tradeAt(venue, 0.5);
    pass(venue, HOUR);
    expect(price.bookDiscount).toBeGreaterThan(0.3);
    for (const slot of slots) unrestOrder(venue.state, slot);
    tradeAt(venue, 1.4);
    pass(venue, 6 * HOUR);
    expect(price.bookDiscount).toBeLessThan(0.001);
    expect(price.bookDiscount).toBeGreaterThanOrEqual(0);
    expect(price.index).toBe(WORTH);
  });

  it('is no evidence while one side is thin, the book does not trade, or prices are stale', () => {
    const venue = wrappedVenue();
    const { price } = venue.state.assets[WRAPPED]!;
    const [bid = 0] = tradeAt(venue, 0.5);
    unrestOrder(venue.state, bid);
    pass(venue, MINUTE);
    expect(price).toMatchObject({ bookPrice: 0, bookDiscount: 0 });
    tradeAt(venue, 0.5);
    inFrame(venue.state, () =>
      applySetBookState(venue.state, { market: WRAPPED_USDC, bookState: BookState.PostOnly, operator: new Uint8Array(0) }),
    );
    pass(venue, MINUTE);
    expect(price.bookDiscount).toBe(0);
    inFrame(venue.state, () =>
      applySetBookState(venue.state, { market: WRAPPED_USDC, bookState: BookState.Open, operator: new Uint8Array(0) }),
    );
    pass(venue, MINUTE);
    const { bookDiscount } = price;
    expect(bookDiscount).toBeGreaterThan(0);
    venue.send(commands.tick, { second: venue.state.tickSecond + 300 }, (venue.state.tickSecond + 300) * 1e6);
    expect(price).toMatchObject({ grade: PriceGrade.Stale, bookDiscount });
  });
});

describe('a wrapped asset and its underlying', () => {
  it('move at one speed, in a fall and in a PostOnly book, so that a hedge is never valued at two', () => {
    const venue = wrappedVenue();
    const [wrapped, underlying] = [venue.state.assets[WRAPPED]!.price, venue.state.assets[SmallAsset.ETH]!.price];
    for (const eth of [2_700, 2_100, 2_400, 3_100]) {
      venue.usd[SmallAsset.ETH] = eth;
      for (let second = 0; second < 20; second += 1) {
        venue.live(1);
        expect(wrapped.mark / underlying.mark).toBeCloseTo(1.2, 12);
        expect(wrapped.stable / underlying.stable).toBeCloseTo(1.2, 12);
      }
    }
    const postOnly = { market: SmallMarket.ETH_USDC_PERP, bookState: BookState.PostOnly, operator: new Uint8Array(0) };
    inFrame(venue.state, () => applySetBookState(venue.state, postOnly));
    venue.usd[SmallAsset.ETH] = 1_500;
    venue.live(1);
    expect([underlying.mark, wrapped.mark]).toEqual([1_500, 1_800]);
  });
});

describe('a redemption rate', () => {
  it('that grows as yield does is followed within minutes, at a good grade all the time', () => {
    const venue = wrappedVenue();
    const { price } = venue.state.assets[WRAPPED]!;
    // A day of 7 % a year.
    listRate(venue, '1.20023');
    for (let minute = 0; minute < 2; minute += 1) {
      pass(venue, MINUTE);
      expect(price.grade).toBe(PriceGrade.Good);
    }
    expect(price.index).toBeCloseTo(1.20023 * 3_000, 9);
  });

  it.each([
    ['doubles', '2.4', 1.01],
    ['loses all but a thousandth', '0.0012', 0.99],
  ])('that %s is walked to by a hundredth an hour, and nothing new is lent on it meanwhile', (_what, rate, hourly) => {
    const venue = wrappedVenue();
    const person = borrower(venue);
    const { price } = venue.state.assets[WRAPPED]!;
    listRate(venue, rate);
    venue.live(1);
    expect(price.index / WORTH).toBeCloseTo(1, 5);
    expect(price.grade).toBe(PriceGrade.Degraded);
    pass(venue, HOUR);
    expect(price.index / WORTH).toBeCloseTo(hourly, 3);
    expect(price.grade).toBe(PriceGrade.Degraded);
    expect(venue.health(person, HealthMode.Leaving).collateral).toBe(0);
    expect(accountIsLiquidating(venue.state.accounts, person.account)).toBe(0);
    listRate(venue, '1.2');
    pass(venue, 2 * HOUR);
    expect(price).toMatchObject({ index: WORTH, grade: PriceGrade.Good });
  });

  it('that is corrected a little is trusted as soon as the rest is below a thousandth', () => {
    const venue = wrappedVenue();
    const { price } = venue.state.assets[WRAPPED]!;
    listRate(venue, '1.212');
    pass(venue, 50 * MINUTE);
    expect(price.grade).toBe(PriceGrade.Degraded);
    pass(venue, 5 * MINUTE);
    expect(price.grade).toBe(PriceGrade.Good);
    expect(price.index).toBeLessThan(1.212 * 3_000);
  });
});
