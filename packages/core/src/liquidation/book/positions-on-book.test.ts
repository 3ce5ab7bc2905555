import { BookState, commands, events, LiquidationStage, OrderOrigin, OrderStatus } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { fallenVenue, isFlagged, poorPerson, trade, untilFlagged } from '../../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const FUND: Person = { account: FUND_ACCOUNT, key: 0, generation: 0 };

/** One BTC long on little money, entered at 60,000 where maintenance is 1.25 %. */
function oneLong(usdc = 3_100, bookSeconds = 10): { venue: TestVenue; rich: Person; long: Person } {
  const { venue, rich } = fallenVenue({ liquidation: { ...smallGenesis().liquidation, bookSeconds } });
  const long = poorPerson(venue, 2, usdc);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  return { venue, rich, long };
}

describe('a position in liquidation', () => {
  it('is closed by a fifth of its size at the trigger each second, until liquidation-end', () => {
    const { venue, rich, long } = oneLong();
    venue.place(rich, PERP, 'bid', 5_000, 575_000);
    venue.usd[SmallAsset.BTC] = 57_600;
    const fund = venue.net(FUND, SmallAsset.USDC);
    expect(untilFlagged(venue, long)).toBe(true);
    // A second took what the book had; the mark is 57,641.6 there and equity below 1.1 * maintenance.
    expect(venue.size(long, PERP)).toBe(95_000);
    const [first] = venue.events(events.fill);
    expect(first).toMatchObject({ origin: OrderOrigin.LiquidationAutoclose, quantityLots: 5_000, priceTicks: 575_000 });
    expect(first!.takerFeeAtoms).toBe((5_000 * 575_000 * 3_125) / 1e6);
    const told = venue.events(events.positionChanged).find(({ account }) => account === long.account);
    expect(told).toMatchObject({ closedLots: 5_000, liquidatedLots: 5_000, liquidationFeesAtoms: first!.takerFeeAtoms });
    expect(venue.net(FUND, SmallAsset.USDC) - fund).toBe(first!.takerFeeAtoms);
    const [order] = venue.events(events.orderAccepted);
    expect(order).toMatchObject({ account: long.account, quantityLots: 20_000, isReduceOnly: 1, orderKind: 1 });
    expect(venue.events(events.orderExpired)).toMatchObject([{ status: OrderStatus.Expired, executedLots: 5_000 }]);
    // The next slice is again a fifth of what there was at first.
    venue.place(rich, PERP, 'bid', 500_000, 575_500);
    venue.live(1);
    expect(venue.events(events.fill)[0]).toMatchObject({ quantityLots: 20_000 });
    expect(venue.size(long, PERP)).toBe(75_000);
    const health = venue.health(long);
    expect(health.netEquity).toBeGreaterThanOrEqual(1.1 * health.maintenanceMargin);
    expect(isFlagged(venue, long)).toBe(false);
    expect(venue.audit()).toEqual([]);
    // Its orders are taken again.
    expect(venue.place(long, PERP, 'ask', 1_000, 590_000).rejectCode).toBe(0);
  });

  it('is a short as well as a long', () => {
    const { venue, rich } = fallenVenue();
    const short = poorPerson(venue, 2, 3_100);
    trade(venue, PERP, rich, short, 100_000, 600_000);
    venue.place(rich, PERP, 'ask', 500_000, 624_500);
    venue.usd[SmallAsset.BTC] = 62_400;
    for (let second = 0; second < 20 && venue.size(short, PERP) === -100_000; second += 1) venue.live(1);
    expect(venue.size(short, PERP)).toBe(-80_000);
    expect(venue.audit()).toEqual([]);
  });

  it('goes whole below 1,000 USD', () => {
    const { venue, rich } = fallenVenue();
    const long = poorPerson(venue, 2, 50);
    trade(venue, PERP, long, rich, 1_600, 600_000);
    venue.place(rich, PERP, 'bid', 500_000, 578_000);
    venue.usd[SmallAsset.BTC] = 57_000;
    for (let second = 0; second < 20 && venue.size(long, PERP) > 0; second += 1) venue.live(1);
    expect(venue.events(events.fill)).toMatchObject([{ quantityLots: 1_600, origin: OrderOrigin.LiquidationAutoclose }]);
    expect(isFlagged(venue, long)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });

  it('of one lot is closed', () => {
    const { venue, rich } = fallenVenue();
    const long = poorPerson(venue, 2, 0.032);
    trade(venue, PERP, long, rich, 1, 600_000);
    expect(venue.size(long, PERP)).toBe(1);
    venue.place(rich, PERP, 'bid', 500_000, 578_000);
    venue.usd[SmallAsset.BTC] = 57_000;
    for (let second = 0; second < 20 && venue.size(long, PERP) > 0; second += 1) venue.live(1);
    expect(venue.size(long, PERP)).toBe(0);
    expect(isFlagged(venue, long)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });

  it('is sold within the impact band from the worse of mark and index, and no further', () => {
    const { venue, rich, long } = oneLong();
    venue.usd[SmallAsset.BTC] = 57_400;
    // The index is 57,400 when the mark is still above it: bids below 57,400 * 0.99 = 56,826 are out of reach.
    venue.place(rich, PERP, 'bid', 500_000, 568_259);
    expect(untilFlagged(venue, long)).toBe(true);
    expect(venue.events(events.fill)).toEqual([]);
    expect(venue.events(events.orderAccepted)).toEqual([]);
    expect(venue.size(long, PERP)).toBe(100_000);
  });

  it('is sold down to the band below the index while the mark is still above that', () => {
    const { markets } = smallGenesis();
    Object.assign(markets[PERP]!.perp!, { imf: { base: 0.2, factor: 0 }, mmf: { base: 0.12, factor: 0 } });
    const { venue, rich } = fallenVenue({ markets });
    const long = poorPerson(venue, 2, 12_300);
    trade(venue, PERP, long, rich, 100_000, 600_000);
    venue.usd[SmallAsset.BTC] = 50_000;
    // Within 1 % of the index, and 9 % below the mark at which maintenance begins.
    venue.place(rich, PERP, 'bid', 5_000, 495_000);
    venue.place(rich, PERP, 'bid', 500_000, 494_999);
    expect(untilFlagged(venue, long)).toBe(true);
    expect(venue.state.markets[PERP]!.price.markTicks).toBeGreaterThan(530_000);
    expect(venue.events(events.fill)).toMatchObject([{ quantityLots: 5_000, priceTicks: 495_000 }]);
    expect(venue.size(long, PERP)).toBe(95_000);
  });

  it('pays less fee, down to none, where the full fee would lower the margin fraction, and is not sold below that', () => {
    const { venue, rich, long } = oneLong();
    venue.usd[SmallAsset.BTC] = 57_600;
    venue.place(rich, PERP, 'bid', 500, 574_400);
    venue.place(rich, PERP, 'bid', 500, 572_400);
    venue.place(rich, PERP, 'bid', 500, 569_000);
    expect(untilFlagged(venue, long)).toBe(true);
    const fills = venue.events(events.fill);
    // 0.35 % below the mark of 57,641.6 and 0.70 %: a full fee of 0.3125 % leaves the first; the fraction is 1.24 %.
    expect(fills.map((fill) => fill.priceTicks)).toEqual([574_400, 572_400]);
    const rates = fills.map((fill) => fill.takerFeeAtoms / (fill.quantityLots * fill.priceTicks));
    expect(rates[0]).toBeCloseTo(0.003125, 6);
    expect(rates[1]!).toBeLessThanOrEqual(0.003125);
    expect(venue.audit()).toEqual([]);
  });

  it('meets no order of its own user: those expire', () => {
    const { venue, rich } = fallenVenue();
    const owner = venue.person(2);
    const long = venue.subaccount(owner, 102);
    venue.deposit(long, SmallAsset.USDC, 3_100e6);
    trade(venue, PERP, long, rich, 100_000, 600_000);
    venue.place(owner, PERP, 'bid', 50_000, 576_000);
    venue.place(rich, PERP, 'bid', 50_000, 575_500);
    venue.usd[SmallAsset.BTC] = 57_600;
    for (let second = 0; second < 20 && venue.size(long, PERP) === 100_000; second += 1) venue.live(1);
    expect(venue.events(events.fill)).toMatchObject([{ quantityLots: 20_000, priceTicks: 575_500, makerAccount: rich.account }]);
    expect(venue.size(owner, PERP)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('is not touched while its price is stale, and for 30 s while it is degraded', () => {
    const { venue, rich, long } = oneLong(3_100, 60);
    venue.usd[SmallAsset.BTC] = 57_600;
    expect(untilFlagged(venue, long)).toBe(true);
    venue.state.genesis.prices.degradedToStaleMs = 60_000;
    const silent = (seconds: number): void => {
      for (let at = 0; at < seconds; at += 1)
        venue.send(commands.tick, { second: venue.state.tickSecond + 1 }, (venue.state.tickSecond + 1) * 1_000_000);
    };
    const grade = (): number => venue.state.markets[PERP]!.price.grade;
    silent(15);
    expect(grade()).toBe(1);
    venue.place(rich, PERP, 'bid', 1_000, 575_500);
    silent(1);
    expect(venue.size(long, PERP)).toBe(99_000);
    // To the second: once more at 30 s, and not at 31.
    const degradedAt = Math.ceil(venue.state.assets[SmallAsset.BTC]!.price.goodAtMicros / 1e6);
    silent(degradedAt + 29 - venue.state.tickSecond);
    venue.place(rich, PERP, 'bid', 1_000, 575_500);
    silent(1);
    expect(venue.size(long, PERP)).toBe(98_000);
    expect(grade()).toBe(1);
    const left = venue.size(long, PERP);
    venue.place(rich, PERP, 'bid', 500_000, 575_500);
    silent(2);
    expect(venue.size(long, PERP)).toBe(left);
    expect(isFlagged(venue, long)).toBe(true);
    expect(venue.audit()).toEqual([]);
  });
});

describe('the look at what the book takes', () => {
  it('is over the last ten seconds, whenever they begin, and those count in which the book is shut', () => {
    const { venue, rich, long } = oneLong();
    venue.usd[SmallAsset.BTC] = 57_450;
    expect(untilFlagged(venue, long)).toBe(true);
    const secondsUntilBackstop = (most: number): number => {
      for (let second = 1; second <= most; second += 1) {
        venue.live(1);
        if (venue.events(events.liquidationAdvanced).some(({ stage }) => stage === LiquidationStage.Backstop)) return second;
      }
      return 0;
    };
    // The third second and the fourth take more than a tenth of what ten seconds offer.
    expect(secondsUntilBackstop(1)).toBe(0);
    venue.place(rich, PERP, 'bid', 28_000, 574_600);
    expect(secondsUntilBackstop(2)).toBe(0);
    expect(venue.size(long, PERP)).toBe(72_000);
    expect(isFlagged(venue, long)).toBe(true);
    // The ninth from here is the thirteenth: the third is out of sight, and the fourth alone is too little.
    venue.send(commands.setBookState, { market: PERP, bookState: BookState.CancelOnly, operator: new TextEncoder().encode('ops') });
    expect(secondsUntilBackstop(20)).toBe(9);
    expect(venue.audit()).toEqual([]);
  });
});

describe('turns', () => {
  it('come lowest margin fraction first', () => {
    const { venue, rich } = fallenVenue();
    const second = poorPerson(venue, 2, 3_060);
    const first = poorPerson(venue, 3, 3_040);
    trade(venue, PERP, second, rich, 100_000, 600_000);
    trade(venue, PERP, first, rich, 100_000, 600_000);
    venue.place(rich, PERP, 'bid', 25_000, 575_500);
    venue.usd[SmallAsset.BTC] = 57_600;
    expect(untilFlagged(venue, first)).toBe(true);
    for (let at = 0; at < 5 && venue.events(events.fill).length < 2; at += 1) venue.live(1);
    const takers = venue.events(events.fill).map((fill) => fill.takerAccount);
    expect(takers[0]).toBe(first.account);
  });

  it('are cut into commands and each account has one a second', () => {
    const { limits } = smallGenesis();
    const many = { ...limits, accounts: 1_000, users: 1_000, keys: 1_000, keysPerUser: 20, holdings: 5_000 };
    const { venue, rich } = fallenVenue({ limits: many, registrationsPerAddressAndDay: 0 });
    const owners = Array.from({ length: 12 }, (_, at) => venue.person(2 + at));
    const people = owners.flatMap((owner, at) => Array.from({ length: 9 }, (_, sub) => venue.subaccount(owner, 20 + at * 9 + sub)));
    for (const person of people) venue.deposit(person, SmallAsset.USDC, 32e6);
    for (const person of people) trade(venue, PERP, person, rich, 1_000, 600_000);
    venue.place(rich, PERP, 'bid', 10, 577_000);
    venue.usd[SmallAsset.BTC] = 57_000;
    while (!isFlagged(venue, people[0]!)) venue.live(1);
    const { liquidation } = venue.state;
    expect(liquidation.turns).toBe(108);
    expect(liquidation.next).toBe(108);
    expect(liquidation.round).toBe(2);
    expect(venue.audit()).toEqual([]);
  });
});
