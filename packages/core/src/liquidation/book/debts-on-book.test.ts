import { BorrowLendSide, BorrowLendSource, commands, events, LiquidationStage, OrderOrigin } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { fallenVenue, isFlagged, poorPerson, trade, untilFlagged } from '../../testing/fallen-venue.ts';
import { setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';

const { USDC, USDT, BTC, ETH } = SmallAsset;
const { BTC_USDC, ETH_USDC, USDT_USDC, BTC_USDC_PERP } = SmallMarket;
const FUND: Person = { account: FUND_ACCOUNT, key: 0, generation: 0 };

/** Borrows an asset and takes it out of the venue. */
function borrowAway(venue: TestVenue, person: Person, asset: number, atoms: number): void {
  const borrowed = venue.as(person, commands.executeBorrowLend, { asset, side: BorrowLendSide.Borrow, quantityAtoms: atoms });
  expect(borrowed.rejectCode).toBe(0);
  const text = new TextEncoder().encode('away');
  const left = venue.as(person, commands.requestWithdrawal, { asset, quantityAtoms: atoms, address: text, blockchain: text });
  expect(left.rejectCode).toBe(0);
}

/** One BTC against 51,000 USDC: short of maintenance below 56,905. */
function bitcoinBacked(): { venue: TestVenue; rich: Person; person: Person } {
  const { venue, rich } = fallenVenue();
  const person = poorPerson(venue, 2, 0);
  venue.deposit(person, BTC, 1e8);
  borrowAway(venue, person, USDC, 51_000e6);
  return { venue, rich, person };
}

describe('a debt of USDC in liquidation', () => {
  it('against less than a lot is nothing for a book, and is taken over after ten seconds', () => {
    const { venue, rich } = fallenVenue();
    const person = poorPerson(venue, 2, 0);
    // A lot of 0.00001 BTC is a thousand atoms, 60 cents.
    venue.deposit(person, BTC, 700);
    borrowAway(venue, person, USDC, 350_000);
    venue.place(rich, BTC_USDC, 'bid', 1_000_000, 540_000);
    setPrice(venue, BTC, 55_000);
    venue.live(9);
    expect(isFlagged(venue, person)).toBe(true);
    expect(venue.state.liquidation.cases.stage[0]).toBe(LiquidationStage.Book);
    venue.live(3);
    expect(isFlagged(venue, person)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });

  it('is repaid by selling collateral in slices, the fee once, until liquidation-end', () => {
    const { venue, rich, person } = bitcoinBacked();
    venue.place(rich, BTC_USDC, 'bid', 1_000_000, 568_000);
    venue.usd[BTC] = 56_890;
    const fund = venue.net(FUND, USDC);
    for (let second = 0; second < 60 && venue.events(events.fill).length === 0; second += 1) venue.live(1);
    const [sale, none] = venue.events(events.fill);
    expect(none).toBeUndefined();
    // A fifth of a BTC at 56,800; 1 % of it is less than a quarter of the debt's 6 %.
    expect(sale).toMatchObject({ market: BTC_USDC, quantityLots: 20_000, priceTicks: 568_000, takerFeeAtoms: 113_600_000 });
    expect(venue.net(FUND, USDC) - fund).toBeGreaterThanOrEqual(113_600_000);
    expect(venue.events(events.orderAccepted)).toMatchObject([{ origin: OrderOrigin.CollateralConversion, market: BTC_USDC }]);
    expect(venue.events(events.borrowLendMoved).filter((move) => move.account === person.account)).toEqual(
      expect.arrayContaining([expect.objectContaining({ asset: USDC, source: BorrowLendSource.Liquidation })]),
    );
    expect(venue.net(person, BTC)).toBe(0.8e8);
    expect(isFlagged(venue, person)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });

  it('asks for the collateral with the smallest haircut first, and for no more than it is', () => {
    const { venue, rich } = fallenVenue();
    const person = poorPerson(venue, 2, 0);
    venue.deposit(person, BTC, 1e8);
    venue.deposit(person, USDT, 4_000e6);
    borrowAway(venue, person, USDC, 54_000e6);
    venue.place(rich, USDT_USDC, 'bid', 10_000_000, 9_990);
    venue.place(rich, BTC_USDC, 'bid', 1_000_000, 560_000);
    venue.usd[BTC] = 55_900;
    for (let second = 0; second < 30 && venue.events(events.fill).length === 0; second += 1) venue.live(1);
    const fills = venue.events(events.fill);
    expect(fills[0]).toMatchObject({ market: USDT_USDC, quantityLots: 80_000 });
    expect(fills.slice(1)).toMatchObject([{ market: BTC_USDC, quantityLots: 20_000 }]);
    expect(venue.audit()).toEqual([]);
  });

  it('is nothing collateral is sold for where there is none: a loser of perps keeps his coins', () => {
    const { venue, rich } = fallenVenue();
    const person = poorPerson(venue, 2, 3_100);
    venue.deposit(person, BTC, 1_000);
    trade(venue, BTC_USDC_PERP, person, rich, 100_000, 600_000);
    venue.place(rich, BTC_USDC_PERP, 'bid', 500_000, 575_600);
    venue.place(rich, BTC_USDC, 'bid', 500_000, 575_600);
    venue.usd[BTC] = 57_600;
    for (let second = 0; second < 20 && venue.size(person, BTC_USDC_PERP) === 100_000; second += 1) venue.live(1);
    expect(venue.events(events.fill)).toMatchObject([{ market: BTC_USDC_PERP }]);
    expect(venue.net(person, BTC)).toBe(1_000);
  });

  it('goes to the backstop when the book took less than a tenth over ten seconds', () => {
    const { venue, person } = bitcoinBacked();
    venue.usd[BTC] = 56_890;
    expect(untilFlagged(venue, person)).toBe(true);
    const stages: number[] = [];
    for (let second = 0; second < 10; second += 1) {
      venue.live(1);
      for (const { account, stage } of venue.events(events.liquidationAdvanced)) if (account === person.account) stages.push(stage);
    }
    // Nobody posted, so the fund's turn comes at once; it is restored by what the fund takes.
    expect(stages).toEqual([LiquidationStage.Backstop, LiquidationStage.Fund]);
    expect(isFlagged(venue, person)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });
});

describe('a debt of another asset in liquidation', () => {
  it('is bought back with USDC', () => {
    const { venue, rich } = fallenVenue();
    const person = poorPerson(venue, 2, 10_000);
    borrowAway(venue, person, ETH, 2.5e8);
    venue.place(rich, ETH_USDC, 'ask', 1_000_000, 358_500);
    venue.usd[ETH] = 3_580;
    for (let second = 0; second < 60 && venue.events(events.fill).length === 0; second += 1) venue.live(1);
    // Half an ETH and its interest.
    expect(venue.events(events.fill)).toMatchObject([
      { market: ETH_USDC, quantityLots: 5_001, takerSide: 0, takerAccount: person.account },
    ]);
    expect(Math.round(venue.net(person, ETH) / 1e4)).toBe(-19_999);
    expect(isFlagged(venue, person)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });

  it('is bought back with what collateral brings, the fee on the purchase alone', () => {
    const { venue, rich } = fallenVenue();
    const person = poorPerson(venue, 2, 0);
    venue.deposit(person, BTC, 0.2e8);
    borrowAway(venue, person, ETH, 3e8);
    venue.place(rich, ETH_USDC, 'ask', 1_000_000, 340_500);
    venue.place(rich, BTC_USDC, 'bid', 1_000_000, 599_000);
    venue.usd[ETH] = 3_400;
    for (let second = 0; second < 60 && venue.events(events.fill).length === 0; second += 1) venue.live(1);
    const [sale, purchase, none] = venue.events(events.fill);
    expect(none).toBeUndefined();
    expect(sale).toMatchObject({ market: BTC_USDC, takerSide: 1, takerFeeAtoms: 0 });
    expect(purchase).toMatchObject({ market: ETH_USDC, takerSide: 0 });
    expect(purchase!.takerFeeAtoms).toBeGreaterThan(0);
    const proceeds = sale!.quantityLots * sale!.priceTicks;
    expect(purchase!.quantityLots * purchase!.priceTicks).toBeLessThanOrEqual(proceeds);
    expect(venue.net(person, USDC)).toBeGreaterThanOrEqual(-purchase!.takerFeeAtoms);
    expect(venue.audit()).toEqual([]);
  });
});
