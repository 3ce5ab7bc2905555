import { BorrowLendSide, BorrowLendSource, commands, events, PriceGrade } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { findHolding, netAtomsOf } from '../../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import { actIn, bareVenue, personWith, setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';
import { exposedParts, netAsIfSettled } from '../exposed-parts.ts';
import { chooseWinners } from './choose-winners.ts';
import { closeAgainst } from './close-position.ts';
import { deleverage } from './deleverage.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const USDC = 1_000_000;

/** Long and shorts that trade with it at 150: each short is [lots, USDC, SOL held]. */
function cornered(longUsdc: number, shorts: readonly (readonly [lots: number, usdc: number, sol?: number])[]) {
  const venue = bareVenue();
  const long = personWith(venue, 1, [longUsdc * USDC]);
  const others = shorts.map(([, usdc, sol = 0], at) => personWith(venue, 10 + at, [usdc * USDC, 0, 0, 0, sol * 1e8]));
  for (const [at, [lots]] of shorts.entries()) {
    venue.place(others[at]!, PERP, 'ask', lots, 15_000);
    venue.place(long, PERP, 'bid', lots, 15_000);
  }
  return { venue, long, others };
}

function usdcOf(venue: TestVenue, account: number): number {
  return netAtomsOf(venue.state, findHolding(venue.state, account, SmallAsset.USDC));
}

function sizes(venue: TestVenue, people: readonly Person[]): number[] {
  return people.map((person) => venue.size(person, PERP));
}

describe('stage 4', () => {
  it('closes against winners at the mark when nothing is missing', () => {
    const { venue, long, others } = cornered(2_000, [[10_000, 20_000]]);
    setPrice(venue, SmallAsset.SOL, 135);
    const fund = usdcOf(venue, FUND_ACCOUNT);
    const before = venue.health(long).realEquity;
    actIn(venue.state, () => deleverage(venue.state, long.account));
    expect(sizes(venue, [long, ...others])).toEqual([0, 0]);
    expect(venue.health(long).realEquity).toBeCloseTo(before, 9);
    expect(venue.events(events.deleveraged)).toMatchObject([
      { neededLots: 10_000, takenLots: 10_000, overshootLots: 0, priceTicks: 13_500, deficitAtoms: 0 },
    ]);
    expect(venue.events(events.fill)).toMatchObject([
      { quantityLots: 10_000, priceTicks: 13_500, takerFeeAtoms: 0, makerFeeAtoms: 0, origin: 2 },
    ]);
    expect(usdcOf(venue, FUND_ACCOUNT)).toBe(fund);
    expect(venue.state.markets[PERP]!.lastTicks).toBe(15_000);
    expect(venue.audit()).toEqual([]);
  });

  it('shares a deficit with the winner to the atom: the price in whole ticks, the rest in cash', () => {
    const { venue, long, others } = cornered(1_000, [[10_000, 20_000]]);
    setPrice(venue, SmallAsset.SOL, 139.95);
    const missing = 0 - netAsIfSettled(venue.state, long.account, SmallAsset.USDC);
    const winner = netAsIfSettled(venue.state, others[0]!.account, SmallAsset.USDC);
    expect(missing).toBeGreaterThan(0);
    actIn(venue.state, () => deleverage(venue.state, long.account));
    const [close] = venue.events(events.deleveraged);
    expect(close).toMatchObject({ deficitAtoms: missing, leftAtoms: 0 });
    expect((close!.priceTicks - close!.markTicks) * 10_000 * 100 + close!.cashAtoms).toBe(missing);
    expect(close!.cashAtoms).toBeLessThan(10_000 * 100);
    expect(usdcOf(venue, long.account)).toBe(0);
    expect(usdcOf(venue, others[0]!.account)).toBe(winner - missing);
    expect(venue.state.notes.live).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('shares a deficit over positions by their notional', () => {
    const { venue, long, others } = cornered(1_600, [[10_000, 20_000]]);
    const market = venue.state.markets[SmallMarket.ETH_USDC_PERP]!;
    const lots = Math.round(1 / market.lotSize);
    venue.place(others[0]!, market.ix, 'ask', lots, market.price.markTicks);
    venue.place(long, market.ix, 'bid', lots, market.price.markTicks);
    setPrice(venue, SmallAsset.SOL, 140);
    setPrice(venue, SmallAsset.ETH, 2_300);
    const missing = 0 - netAsIfSettled(venue.state, long.account, SmallAsset.USDC);
    expect(missing).toBeGreaterThan(50 * USDC);
    actIn(venue.state, () => deleverage(venue.state, long.account));
    const closes = venue.events(events.deleveraged);
    const shareOf = (ix: number): number => closes.find(({ market: closed }) => closed === ix)!.deficitAtoms;
    expect(shareOf(PERP) + shareOf(market.ix)).toBe(missing);
    // 14,000 USD of SOL and 2,300 of ETH.
    expect(shareOf(PERP) / missing).toBeCloseTo(14_000 / 16_300, 6);
  });

  it('stops at the premium bound; the fund pays the rest and a note says so', () => {
    const { venue, long } = cornered(1_000, [[10_000, 20_000]]);
    setPrice(venue, SmallAsset.SOL, 130);
    const fund = usdcOf(venue, FUND_ACCOUNT);
    const missing = 0 - netAsIfSettled(venue.state, long.account, SmallAsset.USDC);
    actIn(venue.state, () => deleverage(venue.state, long.account));
    const borne = 130 * 10_000 * 100;
    expect(venue.events(events.deleveraged)).toMatchObject([{ priceTicks: 13_130, leftAtoms: missing - borne }]);
    expect(usdcOf(venue, FUND_ACCOUNT)).toBe(fund - (missing - borne));
    expect(venue.events(events.debtNoteChanged)).toMatchObject([{ note: 1, account: long.account, leftAtoms: missing - borne }]);
    expect(usdcOf(venue, long.account)).toBe(0);
    expect(venue.events(events.lendersLost)).toEqual([]);
    expect(venue.audit()).toEqual([]);
  });

  it('lets the lenders lose what an exhausted fund cannot pay, and not before', () => {
    const { venue, long } = cornered(1_000, [[10_000, 60_000]]);
    const bank = FUND_ACCOUNT;
    const other = personWith(venue, 90, [1]);
    actIn(venue.state, () => {
      const atoms = usdcOf(venue, bank) - 500 * USDC;
      pay(venue.state, bank, SmallAsset.USDC, atoms, PayPolicy.Redeem, BorrowLendSource.Manual);
      receive(venue.state, other.account, SmallAsset.USDC, atoms, ReceiveMode.Free, BorrowLendSource.Manual);
    });
    setPrice(venue, SmallAsset.SOL, 130);
    const missing = 0 - netAsIfSettled(venue.state, long.account, SmallAsset.USDC);
    actIn(venue.state, () => deleverage(venue.state, long.account));
    const left = missing - 130 * 10_000 * 100;
    expect(venue.events(events.debtNoteChanged)).toMatchObject([{ leftAtoms: 500 * USDC }]);
    expect(venue.events(events.lendersLost)).toEqual([{ asset: SmallAsset.USDC, amountAtoms: left - 500 * USDC }]);
    expect(usdcOf(venue, bank)).toBe(0);
    expect(usdcOf(venue, long.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('waits for a stale market, and closes nothing on its price', () => {
    const { venue, long } = cornered(1_000, [[10_000, 20_000]]);
    setPrice(venue, SmallAsset.SOL, 130);
    venue.state.markets[PERP]!.price.grade = PriceGrade.Stale;
    actIn(venue.state, () => deleverage(venue.state, long.account));
    expect(venue.size(long, PERP)).toBe(10_000);
    expect(venue.state.notes.live).toBe(0);
    expect(venue.audit()).toEqual([]);
  });
});

describe('whom it touches', () => {
  it('is the winner with the highest profit over cost times leverage, whole, before the next', () => {
    const { venue, long, others } = cornered(10_000, [
      [5_000, 2_000],
      [5_000, 40_000],
    ]);
    setPrice(venue, SmallAsset.SOL, 120);
    actIn(venue.state, () => closeSome(venue, long, 5_000));
    expect(sizes(venue, others)).toEqual([0, -5_000]);
  });

  it('is those of one rank pro rata, by largest remainder', () => {
    const { venue, long, others } = cornered(10_000, [
      [3_000, 25_000],
      [3_001, 25_000],
      [3_999, 25_000],
    ]);
    setPrice(venue, SmallAsset.SOL, 149);
    actIn(venue.state, () => closeSome(venue, long, 1_001));
    const taken = [3_000, 3_001, 3_999].map((lots, at) => lots + venue.size(others[at]!, PERP));
    expect(taken).toEqual([300, 301, 400]);
    expect(venue.audit()).toEqual([]);
  });

  it('sees no hedge in a position whose lots are no round number of coins', () => {
    const { venue, long, others } = cornered(10_000, [[29, 10_000]]);
    setPrice(venue, SmallAsset.SOL, 135);
    actIn(venue.state, () => closeSome(venue, long, 29));
    expect(venue.events(events.deleveragedAgainst)).toMatchObject([{ account: others[0]!.account, sizeLots: 29, isHedged: 0 }]);
  });

  it('leaves a hedge for last, even of who won most', () => {
    const { venue, long, others } = cornered(10_000, [
      [5_000, 1_000, 50],
      [5_000, 900_000],
    ]);
    setPrice(venue, SmallAsset.SOL, 120);
    actIn(venue.state, () => closeSome(venue, long, 5_000));
    expect(sizes(venue, others)).toEqual([-5_000, 0]);
    expect(venue.events(events.deleveragedAgainst)).toMatchObject([{ account: others[1]!.account, isHedged: 0 }]);
  });

  it('takes the open part of a position that hedges with the rest of it', () => {
    const { venue, long, others } = cornered(10_000, [
      [5_000, 30_000, 20],
      [2_000, 900_000, 30],
    ]);
    setPrice(venue, SmallAsset.SOL, 120);
    actIn(venue.state, () => closeSome(venue, long, 4_000));
    expect(
      sizes(venue, others)
        .map(Math.abs)
        .reduce((sum, one) => sum + one),
    ).toBe(3_000);
    const told = venue.events(events.deleveragedAgainst);
    expect(told.filter(({ isHedged }) => isHedged === 0)).toMatchObject([{ account: others[0]!.account, sizeLots: 3_000 }]);
    expect(told.filter(({ isHedged }) => isHedged === 1).reduce((sum, one) => sum + one.sizeLots, 0)).toBe(1_000);
  });

  it('shrinks their reduce-only orders with their position', () => {
    const { venue, long, others } = cornered(2_000, [[10_000, 20_000]]);
    venue.place(others[0]!, PERP, 'bid', 4_000, 14_000, { isReduceOnly: 1 });
    setPrice(venue, SmallAsset.SOL, 140);
    actIn(venue.state, () => closeSome(venue, long, 8_000));
    expect(venue.size(others[0]!, PERP)).toBe(-2_000);
    expect(venue.audit()).toEqual([]);
  });
});

describe('debts that nobody took', () => {
  it('are paid by the fund for collateral of equal value, and what is left of it stays', () => {
    const venue = bareVenue();
    const lender = personWith(venue, 1, [1_000_000 * USDC]);
    const owner = personWith(venue, 2, [0, 0, 0, 0, 100e8]);
    venue.as(owner, commands.executeBorrowLend, { asset: SmallAsset.USDC, side: BorrowLendSide.Borrow, quantityAtoms: 9_000 * USDC });
    actIn(venue.state, () => {
      const atoms = 9_000 * USDC;
      pay(venue.state, owner.account, SmallAsset.USDC, atoms, PayPolicy.Free, BorrowLendSource.Manual);
      receive(venue.state, lender.account, SmallAsset.USDC, atoms, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    setPrice(venue, SmallAsset.SOL, 95);
    actIn(venue.state, () => deleverage(venue.state, owner.account));
    expect(usdcOf(venue, owner.account)).toBe(0);
    expect(netAsIfSettled(venue.state, owner.account, SmallAsset.SOL)).toBe(100e8 - Math.ceil((9_000 / 95) * 1e8));
    expect(venue.state.notes.live).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('use every asset before the fund pays out of its pocket', () => {
    const venue = bareVenue();
    const lender = personWith(venue, 1, [1_000_000 * USDC]);
    const owner = personWith(venue, 2, [0, 0, 0, 1e8, 100e8]);
    actIn(venue.state, () => {
      const atoms = 12_000 * USDC;
      pay(venue.state, owner.account, SmallAsset.USDC, atoms, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, lender.account, SmallAsset.USDC, atoms, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    setPrice(venue, SmallAsset.SOL, 70);
    const worth = 3_000 + 7_000;
    actIn(venue.state, () => deleverage(venue.state, owner.account));
    for (const asset of [SmallAsset.USDC, SmallAsset.ETH, SmallAsset.SOL])
      expect(netAsIfSettled(venue.state, owner.account, asset)).toBe(0);
    expect(venue.events(events.debtNoteChanged)).toMatchObject([{ asset: SmallAsset.USDC, leftAtoms: (12_000 - worth) * USDC }]);
    expect(venue.audit()).toEqual([]);
  });
});

/** Closes a part of the long's position as stage 4 closes a whole one. */
function closeSome(venue: TestVenue, long: Person, lots: number): void {
  const [part] = exposedParts(venue.state, long.account);
  const price = venue.state.markets[PERP]!.price.markTicks;
  const chosen = chooseWinners(venue.state, venue.state.markets[PERP]!, long.account, true, lots, price);
  closeAgainst(venue.state, { market: venue.state.markets[part!.market]!, account: long.account, chosen, priceTicks: price, cashAtoms: 0 });
}
