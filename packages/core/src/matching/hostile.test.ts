/** Hostile use of the book: what colluders, dumpers and farmers try, and what they are left with. */
import { commands, ExpiryReason, events, OrderStatus, rejects, SelfTradePrevention, Tristate } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { HealthMode } from '../risk/compute-health.ts';
import type { Health } from '../risk/health.ts';
import { type QuoteRow, quoteBytes } from '../testing/price-feed.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const SPOT = SmallMarket.BTC_USDC;
const MARK = 600_000;
const FUND: Person = { account: FUND_ACCOUNT, key: 0, generation: 0 };

/** A subaccount with USDC and nothing else. */
function poor(venue: TestVenue, tag: number, usdc: number): Person {
  const person = venue.subaccount(venue.person(tag), tag + 100);
  venue.deposit(person, SmallAsset.USDC, usdc * 1e6);
  return person;
}

function margin({ netEquity, totalExposure }: Health): number {
  return totalExposure > 0 ? netEquity / totalExposure : Number.POSITIVE_INFINITY;
}

describe('S13: resting bids run over while the mark falls', () => {
  it('cancels the maker before it would fall below maintenance, and the fund loses nothing', () => {
    const venue = new TestVenue();
    const victim = poor(venue, 1, 10_000);
    const colluder = venue.person(2);
    // Ten bids of 0.3 BTC below the mark: initial margin of all of them together is just met.
    for (let at = 1; at <= 10; at += 1) expect(venue.place(victim, PERP, 'bid', 30_000, MARK - at * 20).rejectCode).toBe(0);
    const fund = venue.net(FUND, SmallAsset.USDC);
    venue.usd[SmallAsset.BTC] = 55_000;
    let cancelled = 0;
    for (let second = 0; second < 12; second += 1) {
      venue.live(1);
      // All at once: whoever is run over second by second is liquidated before the guard is asked.
      if (second < 9) continue;
      const before = venue.health(victim);
      venue.place(colluder, PERP, 'ask', 300_000, MARK - 3_000, { timeInForce: 1 });
      cancelled += venue
        .events(events.orderExpired)
        .filter((view) => view.account === victim.account && view.expiryReason === ExpiryReason.InsufficientMargin).length;
      if (venue.events(events.fill).length === 0) continue;
      const after = venue.health(victim);
      expect(after.netEquity >= after.maintenanceMargin || margin(after) > margin(before)).toBe(true);
    }
    expect(cancelled).toBeGreaterThan(0);
    expect(venue.health(victim).realEquity).toBeGreaterThan(0);
    expect(venue.net(FUND, SmallAsset.USDC) - fund).toBeGreaterThanOrEqual(0);
    expect(venue.audit()).toEqual([]);
  });
});

describe('the worse of two prices', () => {
  it('counts what a bid at the mark loses at an index below it', () => {
    const venue = new TestVenue();
    const person = poor(venue, 1, 100_000);
    venue.usd[SmallAsset.BTC] = 57_000;
    venue.live(1);
    const { markTicks } = venue.state.markets[PERP]!.price;
    expect(markTicks).toBe(597_000);
    venue.place(person, PERP, 'bid', 100_000, markTicks);
    const { initialMargin, openOrderLoss } = venue.health(person, HealthMode.Placing);
    expect(openOrderLoss).toBeCloseTo(2_700, 6);
    expect(initialMargin).toBeCloseTo(57_000 * 0.05 + 2_700, 6);
  });

  it('counts the borrow of an asset the account never had before its order rests', () => {
    const venue = new TestVenue();
    venue.deposit(venue.person(2), SmallAsset.BTC, 1_000e8);
    const person = poor(venue, 1, 10_000);
    const refused = venue.place(person, SPOT, 'ask', 1_000_000, MARK, { autoBorrow: Tristate.Yes });
    expect(refused.rejectCode).toBe(rejects.insufficientMargin.code);
    expect(venue.place(person, SPOT, 'ask', 50_000, MARK, { autoBorrow: Tristate.Yes }).rejectCode).toBe(0);
  });
});

describe('a loss handed on', () => {
  it('does not leave by a reduce-only dump to a friend below the mark', () => {
    const venue = new TestVenue();
    const [loser, friend, other] = [poor(venue, 1, 10_000), venue.person(2), venue.person(3)];
    venue.place(other, PERP, 'ask', 300_000, MARK);
    venue.place(loser, PERP, 'bid', 300_000, MARK);
    venue.place(friend, PERP, 'bid', 300_000, MARK - 5_900);
    venue.usd[SmallAsset.BTC] = 57_100;
    venue.live(10);
    const before = venue.health(loser);
    expect(before.netEquity).toBeLessThan(before.initialMargin);
    venue.place(loser, PERP, 'ask', 300_000, 0, { isReduceOnly: 1 });
    const after = venue.health(loser);
    expect(after.realEquity).toBeGreaterThanOrEqual(0);
    if (venue.size(loser, PERP) > 0) expect(margin(after)).toBeGreaterThanOrEqual(margin(before));
    // Far below the mark: nobody may take the account's last money, reduce-only or not.
    venue.place(friend, PERP, 'bid', 300_000, 540_000);
    const left = venue.size(loser, PERP);
    venue.place(loser, PERP, 'ask', 300_000, 540_000, { isReduceOnly: 1 });
    expect(venue.size(loser, PERP) === left || venue.health(loser).netEquity >= venue.health(loser).maintenanceMargin).toBe(true);
    expect(venue.audit()).toEqual([]);
  });

  it('does not happen between accounts of one user, in any mode, in any market', () => {
    const venue = new TestVenue();
    const main = venue.person(1);
    const sub = venue.subaccount(main, 101);
    venue.deposit(sub, SmallAsset.USDC, 100_000e6);
    for (const market of [SPOT, PERP]) {
      for (const selfTradePrevention of Object.values(SelfTradePrevention)) {
        venue.place(main, market, 'ask', 100, MARK);
        const taker = venue.place(sub, market, 'bid', 100, MARK, { selfTradePrevention });
        expect(venue.events(events.fill)).toEqual([]);
        const isMakerGone = selfTradePrevention !== SelfTradePrevention.RejectTaker;
        expect(venue.events(events.orderExpired).some((view) => view.account === main.account)).toBe(isMakerGone);
        expect(taker.result[15]).toBe(selfTradePrevention === SelfTradePrevention.RejectMaker ? OrderStatus.New : OrderStatus.Expired);
        for (const person of [main, sub]) venue.as(person, commands.cancelAllOrders, { market });
      }
    }
    expect(venue.audit()).toEqual([]);
  });
});

describe('rounding', () => {
  it('leaves fifty thousand tiny orders poorer, an atom a side and fill at least', () => {
    const genesis = smallGenesis();
    genesis.limits.replayedSignatures = 120_000;
    const venue = new TestVenue(genesis);
    const [a, b] = [venue.person(1), venue.person(2)];
    const markets = [SPOT, PERP];
    const start = [a, b].map((person) => [venue.net(person, SmallAsset.USDC), venue.net(person, SmallAsset.BTC)]);
    // Times in one second, so that no interest is between.
    for (let at = 0; at < 25_000; at += 1) {
      const market = markets[at % 2]!;
      const isUp = at % 4 < 2;
      venue.place(isUp ? a : b, market, 'ask', 1, MARK + (at % 7));
      venue.place(isUp ? b : a, market, 'bid', 1, MARK + (at % 7));
    }
    const end = [a, b].map((person) => [venue.net(person, SmallAsset.USDC), venue.net(person, SmallAsset.BTC)]);
    const fees = 25_000 * 2;
    const sum = (rows: number[][], column: number) => rows.reduce((total, row) => total + row[column]!, 0);
    expect(sum(end, 1)).toBe(sum(start, 1));
    expect(sum(end, 0)).toBeLessThanOrEqual(sum(start, 0) - fees);
    expect(venue.audit()).toEqual([]);
  });
});

/** A tick on a boundary of settlement, its slices left to come. */
function openEpoch(venue: TestVenue): void {
  venue.live((19 - (venue.state.tickSecond % 10)) % 10);
  const time = (venue.state.tickSecond + 1) * 1e6;
  const rows = venue.usd.flatMap((price, asset) => [0, 1, 2, 3].map((source): QuoteRow => [source, asset, price, price, price, time]));
  venue.sendOne(commands.prices, { quotes: quoteBytes(rows) }, time);
  venue.sendOne(commands.tick, { second: venue.state.tickSecond + 1 }, time);
  expect(venue.state.settlement.isOpen).toBe(true);
}

describe('a settlement', () => {
  it('lets nothing leave while it is open', () => {
    const venue = new TestVenue();
    const person = venue.person(1);
    openEpoch(venue);
    const text = new TextEncoder().encode('x');
    const fields = () => ({ ...venue.signedBy(person), asset: SmallAsset.USDC, quantityAtoms: 1e6, address: text, blockchain: text });
    expect(venue.sendOne(commands.requestWithdrawal, fields()).rejectCode).toBe(rejects.epochOpen.code);
    expect(venue.sendOne(commands.transfer, { ...fields(), toAccount: person.account + 1 }).rejectCode).not.toBe(0);
    venue.runSystemWork();
    expect(venue.sendOne(commands.requestWithdrawal, fields()).rejectCode).toBe(0);
  });

  it('fills the pool to its bound by washed profit and still pays every winner; only cash waits', () => {
    const venue = new TestVenue();
    const winner = poor(venue, 1, 50_000);
    const loser = venue.subaccount(venue.person(2), 102);
    venue.deposit(loser, SmallAsset.BTC, 100e8);
    venue.as(winner, commands.updateAccount, { autoLend: 0 });
    // Everybody else takes their cash out of the pool.
    venue.place(loser, PERP, 'ask', 1_000_000, MARK);
    venue.place(winner, PERP, 'bid', 1_000_000, MARK);
    for (let at = 0; at < 40; at += 1) {
      venue.usd[SmallAsset.BTC] = 60_000 * 1.01 ** at;
      venue.live(5);
      expect(venue.audit()).toEqual([]);
    }
    expect(venue.net(loser, SmallAsset.USDC)).toBeLessThan(0);
    expect(venue.net(winner, SmallAsset.USDC)).toBeGreaterThan(50_000e6);
  });

  it("changes no figure of anybody's health, to the last bit (INV-12)", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ buyer: fc.nat(3), seller: fc.nat(3), market: fc.constantFrom(4, 5, 6), lots: fc.integer({ min: 1, max: 30_000 }) }),
          { minLength: 1, maxLength: 12 },
        ),
        fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 3, maxLength: 3 }),
        (trades, moves) => {
          const venue = new TestVenue();
          const people = [venue.person(1), venue.person(2), poor(venue, 3, 30_000), venue.person(4)];
          for (const { buyer, seller, market, lots } of trades) {
            const ticks = venue.state.markets[market]!.price.markTicks;
            venue.place(people[seller]!, market, 'ask', lots, ticks);
            venue.place(people[buyer]!, market, 'bid', lots, ticks);
          }
          for (const [at, move] of moves.entries()) venue.usd[at + 2] = venue.usd[at + 2]! * (1 + move / 10_000);
          openEpoch(venue);
          const before = healths(venue, people);
          while (venue.state.settlement.isOpen) {
            venue.runSystemWork();
            expect(healths(venue, people)).toEqual(before);
          }
        },
      ),
      { numRuns: 40, seed: 20_260_104, endOnFailure: true },
    );
  });
});

/** All figures but the one that says how much is unsettled. */
function healths(venue: TestVenue, people: readonly Person[]): Omit<Health, 'unrealisedPnl'>[] {
  return people.flatMap((person) => Object.values(HealthMode).map((mode) => ({ ...venue.health(person, mode), unrealisedPnl: 0 })));
}

describe('INV-11', () => {
  it('holds for any orders at any prices: who filled stands at maintenance or better than before', () => {
    const order = fc.record({
      who: fc.nat(3),
      isBid: fc.boolean(),
      lots: fc.integer({ min: 1, max: 200_000 }),
      away: fc.integer({ min: -800, max: 800 }),
      move: fc.integer({ min: -400, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(order, { minLength: 20, maxLength: 60 }), (orders) => {
        const venue = new TestVenue();
        const people = [poor(venue, 1, 6_000), poor(venue, 2, 6_000), poor(venue, 3, 6_000), venue.person(4)];
        for (const { who, isBid, lots, away, move } of orders) {
          const before = people.map((person) => venue.health(person));
          venue.place(people[who]!, PERP, isBid ? 'bid' : 'ask', lots, venue.state.markets[PERP]!.price.markTicks + away);
          const filled = venue.events(events.fill).flatMap((fill) => [fill.takerAccount, fill.makerAccount]);
          for (const [at, person] of people.entries()) {
            if (!filled.includes(person.account)) continue;
            const after = venue.health(person);
            expect(after.netEquity >= after.maintenanceMargin || margin(after) > margin(before[at]!)).toBe(true);
          }
          venue.usd[SmallAsset.BTC] = venue.usd[SmallAsset.BTC]! + move;
          venue.live(1);
        }
        expect(venue.audit()).toEqual([]);
      }),
      { numRuns: 40, seed: 20_260_105, endOnFailure: true },
    );
  });
});
