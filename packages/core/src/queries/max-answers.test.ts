/** What the helpers answer is what a command is allowed: that much is accepted, one more is refused. */
import { commands, type MaxAnswer, rejects, Side, Tristate } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../codec/snapshot.ts';
import { accountIsLiquidating, setAccountIsLiquidating } from '../ledger/accounts.ts';
import { flagAccounts } from '../risk/flag.ts';
import { liquidationTicks } from '../risk/liquidation-price.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';
import { answerQuery } from './answer-query.ts';

const trade = fc.record({
  buyer: fc.nat(2),
  seller: fc.nat(2),
  market: fc.constantFrom(0, 4, 6),
  lots: fc.integer({ min: 1, max: 60_000 }),
  away: fc.integer({ min: -50, max: 50 }),
});

interface Setting {
  trades: { buyer: number; seller: number; market: number; lots: number; away: number }[];
  drift: number;
}

const setting: fc.Arbitrary<Setting> = fc.record({ trades: fc.array(trade, { maxLength: 10 }), drift: fc.integer({ min: -30, max: 30 }) });

/** People with positions, holds and resting orders; a fourth who quotes both sides. */
function stage({ trades, drift }: Setting): { venue: TestVenue; people: Person[] } {
  const genesis = smallGenesis();
  genesis.account.positionLimitUsd = 2_000_000;
  const venue = new TestVenue(genesis);
  const people = [venue.person(1), venue.person(2), venue.person(3)];
  const maker = venue.person(4);
  venue.deposit(maker, SmallAsset.USDC, 50_000_000e6);
  venue.deposit(maker, SmallAsset.BTC, 1_000e8);
  for (const market of [0, 4, 6]) {
    const { markTicks } = venue.state.markets[market]!.price;
    venue.place(maker, market, 'bid', 5_000_000, markTicks - 100);
    venue.place(maker, market, 'ask', 5_000_000, markTicks + 100);
  }
  for (const { buyer, seller, market, lots, away } of trades) {
    const ticks = venue.state.markets[market]!.price.markTicks + away;
    venue.place(people[seller]!, market, 'ask', lots, ticks);
    venue.place(people[buyer]!, market, 'bid', lots, ticks);
  }
  venue.usd[SmallAsset.BTC] = 60_000 * (1 + drift / 1_000);
  venue.live(3);
  return { venue, people };
}

/** Tries a size on copies of the venue: that much, and one more. */
function expectExact(venue: TestVenue, quantity: number, attempt: (copy: TestVenue, quantity: number) => number): void {
  const bytes = writeSnapshot(venue.state);
  if (quantity > 0) expect(attempt(TestVenue.restored(venue, bytes), quantity)).toBe(0);
  expect(attempt(TestVenue.restored(venue, bytes), quantity + 1)).not.toBe(0);
}

describe('the helpers', () => {
  it('maxOrder: limit and market, both sides, spot and perpetual, with and without a borrow', () => {
    const ask = fc.record({
      market: fc.constantFrom(0, 4, 6),
      side: fc.constantFrom(...Object.values(Side)),
      isMarket: fc.boolean(),
      away: fc.integer({ min: -300, max: 300 }),
      autoBorrow: fc.boolean(),
    });
    fc.assert(
      fc.property(setting, ask, fc.nat(2), (set, { market, side, isMarket, away, autoBorrow }, who) => {
        const { venue, people } = stage(set);
        const person = people[who]!;
        const priceTicks = isMarket ? 0 : venue.state.markets[market]!.price.markTicks + away;
        const isBorrow = market === 0 && autoBorrow;
        const most = answerQuery(venue.state, 'maxOrder', {
          account: person.account,
          market,
          side,
          priceTicks,
          isReduceOnly: false,
          autoBorrow: isBorrow,
          autoLendRedeem: true,
        });
        expectExact(
          venue,
          most.quantity,
          (copy, lots) =>
            copy.place(person, market, side === Side.Bid ? 'bid' : 'ask', lots, priceTicks, {
              autoBorrow: isBorrow ? Tristate.Yes : Tristate.Absent,
            }).rejectCode,
        );
      }),
      { numRuns: 60, seed: 20_260_106, endOnFailure: true },
    );
  });

  it('maxWithdrawal: own money, lent or not, and borrowed', () => {
    fc.assert(
      fc.property(
        setting,
        fc.constantFrom(0, 2, 3),
        fc.boolean(),
        fc.boolean(),
        fc.nat(2),
        (set, asset, autoBorrow, autoLendRedeem, who) => {
          const { venue, people } = stage(set);
          const person = people[who]!;
          const most: MaxAnswer = answerQuery(venue.state, 'maxWithdrawal', { account: person.account, asset, autoBorrow, autoLendRedeem });
          // Profit is let out along a straight line below the truth: there the answer may be less than what passes.
          fc.pre(most.limitedBy !== 'profitPace');
          const text = new TextEncoder().encode('x');
          expectExact(
            venue,
            most.quantity,
            (copy, quantityAtoms) =>
              copy.as(person, commands.requestWithdrawal, {
                asset,
                quantityAtoms,
                address: text,
                blockchain: text,
                autoBorrow: autoBorrow ? Tristate.Yes : Tristate.No,
                autoLendRedeem: autoLendRedeem ? Tristate.Yes : Tristate.No,
              }).rejectCode,
          );
        },
      ),
      { numRuns: 60, seed: 20_260_107, endOnFailure: true },
    );
  });

  it('maxBorrow: what can be borrowed and taken out, of an asset the account has none of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 900_000 }), fc.integer({ min: 1, max: 400 }), (usdc, lent) => {
        const venue = new TestVenue();
        const person = venue.subaccount(venue.person(1), 101);
        venue.deposit(person, SmallAsset.USDC, usdc * 1e6);
        venue.deposit(venue.person(2), SmallAsset.BTC, lent * 1e7);
        venue.live(1);
        const most = answerQuery(venue.state, 'maxBorrow', { account: person.account, asset: SmallAsset.BTC });
        const text = new TextEncoder().encode('x');
        expect(most.quantity).toBeGreaterThan(0);
        expectExact(
          venue,
          most.quantity,
          (copy, quantityAtoms) =>
            copy.as(person, commands.requestWithdrawal, {
              asset: SmallAsset.BTC,
              quantityAtoms,
              address: text,
              blockchain: text,
              autoBorrow: Tristate.Yes,
            }).rejectCode,
        );
        const borrow = { asset: SmallAsset.BTC, side: 0, quantityAtoms: most.quantity };
        expect(venue.as(person, commands.executeBorrowLend, borrow).rejectCode).toBe(0);
      }),
      { numRuns: 30, seed: 20_260_108, endOnFailure: true },
    );
  });

  it('maxBorrow: nothing for an account that is being liquidated, and no more than the pool may grow', () => {
    const genesis = smallGenesis();
    genesis.assets[SmallAsset.BTC]!.pool!.openBorrowLendLimit = '1';
    const venue = new TestVenue(genesis);
    const person = venue.subaccount(venue.person(1), 101);
    venue.deposit(person, SmallAsset.USDC, 900_000e6);
    venue.deposit(venue.person(2), SmallAsset.BTC, 100e8);
    const most = answerQuery(venue.state, 'maxBorrow', { account: person.account, asset: SmallAsset.BTC });
    expect(most).toMatchObject({ quantity: 1e8, limitedBy: 'poolLimit' });
    expect(venue.as(person, commands.executeBorrowLend, { asset: SmallAsset.BTC, side: 0, quantityAtoms: 1e8 + 1 }).rejectCode).toBe(
      rejects.openBorrowLendLimit.code,
    );
    setAccountIsLiquidating(venue.state.accounts, person.account, 1);
    expect(answerQuery(venue.state, 'maxBorrow', { account: person.account, asset: SmallAsset.BTC })).toMatchObject({
      quantity: 0,
      limitedBy: 'liquidation',
    });
  });
});

describe('the estimated liquidation price', () => {
  it('is the first tick at which the engine flags', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1_900 }), fc.boolean(), fc.integer({ min: 0, max: 100 }), (lots, isLong, btc) => {
        const venue = new TestVenue();
        const market = SmallMarket.BTC_USDC_PERP;
        const person = venue.subaccount(venue.person(1), 101);
        venue.deposit(person, SmallAsset.USDC, 1_100e6);
        if (btc > 0) venue.deposit(person, SmallAsset.BTC, btc * 1e4);
        venue.place(venue.person(2), market, isLong ? 'ask' : 'bid', lots * 10, 600_000);
        expect(venue.place(person, market, isLong ? 'bid' : 'ask', lots * 10, 600_000).rejectCode).toBe(0);
        const ticks = liquidationTicks(venue.state, person.account, market, isLong);
        fc.pre(ticks > 0);
        const isFlaggedAt = (at: number): boolean => {
          const copy = TestVenue.restored(venue, writeSnapshot(venue.state));
          copy.state.markets[market]!.price.markTicks = at;
          copy.state.assets[SmallAsset.BTC]!.price.mark = 60_000 + (at - 600_000) * 0.1;
          flagAccounts(copy.state);
          return accountIsLiquidating(copy.state.accounts, person.account) === 1;
        };
        expect(isFlaggedAt(ticks)).toBe(true);
        expect(isFlaggedAt(ticks + (isLong ? 1 : -1))).toBe(false);
      }),
      { numRuns: 40, seed: 20_260_109, endOnFailure: true },
    );
  });
});
