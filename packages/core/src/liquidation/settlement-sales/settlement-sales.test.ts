import { commands, decodeReceiptLines, events, OrderOrigin, ReceiptKind, writeReceiptDocument } from '@mochila/protocol';
import { verifyReceipt } from '@mochila/sdk';
import { describe, expect, it } from 'vitest';
import { fallenVenue, isFlagged, poorPerson, trade } from '../../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';

const { USDC, USDT, BTC } = SmallAsset;
const { BTC_USDC, USDT_USDC, ETH_USDC_PERP } = SmallMarket;

/** Somebody with a BTC, no USDC and a short of 20 ETH at 3,000, who does not let settlements borrow for long. */
function shortSeller(settings: { autoRepayBorrows?: number } = {}): { venue: TestVenue; rich: Person; person: Person } {
  const { venue, rich } = fallenVenue();
  const person = poorPerson(venue, 2, 0);
  venue.deposit(person, BTC, 1e8);
  venue.as(person, commands.updateAccount, { autoBorrowSettlements: 0, ...settings });
  trade(venue, ETH_USDC_PERP, rich, person, 200_000, 300_000);
  return { venue, rich, person };
}

interface Sale {
  second: number;
  market: number;
  lots: number;
  ticks: number;
  fee: number;
}

/** Lets seconds pass, and lists the collateral sold in each. */
function sales(venue: TestVenue, person: Person, seconds: number): Sale[] {
  const found: Sale[] = [];
  const { sendOne } = venue;
  venue.sendOne = (schema, fields, timeMicros) => {
    const answer = sendOne.call(venue, schema, fields, timeMicros);
    for (const fill of venue.events(events.fill)) {
      if (fill.takerAccount !== person.account || fill.origin !== OrderOrigin.CollateralConversion) continue;
      const { market, quantityLots: lots, priceTicks: ticks, takerFeeAtoms: fee } = fill;
      found.push({ second: venue.state.tickSecond, market, lots, ticks, fee });
    }
    return answer;
  };
  venue.live(seconds);
  venue.sendOne = sendOne;
  expect(venue.audit()).toEqual([]);
  return found;
}

describe('a settlement borrow with autoBorrowSettlements off', () => {
  it('is repaid by selling collateral, a slice a second, at the taker fee, and by no lot more than it takes', () => {
    const { venue, rich, person } = shortSeller();
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    // 20 ETH dearer by 1,500 USD: 30,000 USDC, more than two slices of a fifth of a BTC.
    venue.usd[3] = 4_500;
    const sold = sales(venue, person, 300);
    expect(isFlagged(venue, person)).toBe(false);
    expect(sold.length).toBeGreaterThan(2);
    expect(new Set(sold.map(({ second }) => second)).size).toBe(sold.length);
    for (const { lots, ticks, fee } of sold) {
      expect(lots).toBeLessThanOrEqual(20_000);
      // 0.1 % of the notional, a tick a lot being an atom here.
      expect(fee).toBe(Math.ceil((lots * ticks) / 1_000));
    }
    // What is left over is less than a lot.
    expect(venue.net(person, USDC)).toBeGreaterThanOrEqual(0);
    expect(venue.net(person, USDC)).toBeLessThan(598_000);
    expect(venue.state.sales.used).toBe(0);
  });

  it('stands for good where the setting is on', () => {
    const { venue, rich, person } = shortSeller();
    venue.as(person, commands.updateAccount, { autoBorrowSettlements: 1 });
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    venue.usd[3] = 3_100;
    expect(sales(venue, person, 40)).toEqual([]);
    expect(venue.net(person, USDC)).toBeLessThan(-1_000e6);
  });

  it('is left alone once the account turns the setting on, and a borrow of before is when it turns it off again', () => {
    const { venue, rich, person } = shortSeller();
    venue.usd[3] = 3_300;
    expect(sales(venue, person, 40)).toEqual([]);
    const { holdings, sales: filed } = venue.state;
    expect(filed.used).toBe(1);
    venue.as(person, commands.updateAccount, { autoBorrowSettlements: 1 });
    expect(filed.used).toBe(0);
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    venue.as(person, commands.updateAccount, { autoBorrowSettlements: 0 });
    expect(sales(venue, person, 5)).toEqual([]);
    expect([...holdings.caseAtoms.subarray(0, holdings.used)].every((atoms) => atoms === 0)).toBe(true);
  });

  it('takes the smallest haircut first, another asset where that has no bids, and nothing below the band', () => {
    const { venue, rich, person } = shortSeller();
    venue.deposit(person, USDT, 50e6);
    venue.place(rich, BTC_USDC, 'bid', 1_000_000, 300_000);
    venue.usd[3] = 3_100;
    expect(sales(venue, person, 30)).toEqual([]);
    venue.place(rich, BTC_USDC, 'bid', 1_000_000, 598_000);
    expect(sales(venue, person, 1)).toMatchObject([{ market: BTC_USDC }]);
    venue.place(rich, USDT_USDC, 'bid', 1_000_000, 9_990);
    venue.usd[3] = 3_150;
    expect(sales(venue, person, 40).map(({ market }) => market)).toContain(USDT_USDC);
  });

  it('is told from what the account borrowed itself, which is never repaid for it', () => {
    const { venue, rich, person } = shortSeller();
    const text = new TextEncoder().encode('away');
    venue.as(person, commands.executeBorrowLend, { asset: USDC, side: 0, quantityAtoms: 5_000e6 });
    venue.as(person, commands.requestWithdrawal, { asset: USDC, quantityAtoms: 5_000e6, address: text, blockchain: text });
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    venue.usd[3] = 3_100;
    expect(sales(venue, person, 40).length).toBeGreaterThan(0);
    // But for what the last lot of each settlement's brings.
    expect(Math.abs(venue.net(person, USDC) + 5_000e6)).toBeLessThan(5 * 598_000);
  });

  it('takes cash that came in meanwhile before coins, where autoRepayBorrows is off', () => {
    const { venue, rich, person } = shortSeller({ autoRepayBorrows: 0 });
    venue.usd[3] = 3_100;
    expect(sales(venue, person, 40)).toEqual([]);
    venue.deposit(person, USDC, 10_000e6);
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    expect(sales(venue, person, 3)).toEqual([]);
    expect(venue.state.sales.used).toBe(0);
  });

  it('leaves alone what an order of the account holds', () => {
    const { venue, rich, person } = shortSeller();
    venue.place(person, BTC_USDC, 'ask', 100_000, 700_000);
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    venue.usd[3] = 3_100;
    expect(sales(venue, person, 30)).toEqual([]);
    venue.as(person, commands.cancelAllOrders, {});
    expect(sales(venue, person, 2).length).toBeGreaterThan(0);
  });

  it('writes a receipt for each slice, outside the waterfall, that can be computed again', () => {
    const { venue, rich, person } = shortSeller();
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    venue.usd[3] = 3_100;
    for (let second = 0; second < 40 && venue.events(events.receiptWritten).length === 0; second += 1) venue.live(1);
    const { genesis, seq, timeMicros } = venue.state;
    const [receipt, ...more] = venue.events(events.receiptWritten);
    expect(more).toEqual([]);
    expect(receipt).toMatchObject({ kind: ReceiptKind.CollateralSale, account: person.account, stage: -1 });
    const { lines, ...head } = receipt!;
    const listing = { assets: genesis.assets, markets: genesis.markets, sources: genesis.prices.sources };
    const document = writeReceiptDocument(listing, { ...head, seq, ix: 0, role: 0, timeMicros }, decodeReceiptLines(lines));
    expect(verifyReceipt(document).checks.filter(({ isGood }) => !isGood)).toEqual([]);
  });

  it('waits while the account is being liquidated', () => {
    const { venue, rich, person } = shortSeller();
    trade(venue, ETH_USDC_PERP, rich, person, 700_000, 300_000);
    for (let second = 0; second < 300 && !isFlagged(venue, person); second += 1) {
      venue.usd[3] = venue.usd[3]! + 4;
      venue.live(1);
    }
    expect(venue.state.sales.used).toBe(1);
    expect(isFlagged(venue, person)).toBe(true);
    venue.place(rich, BTC_USDC, 'bid', 10_000_000, 598_000);
    venue.live(1);
    const stages = venue.events(events.receiptWritten).map(({ stage }) => stage);
    expect(stages).not.toContain(-1);
    expect(venue.audit()).toEqual([]);
  });
});
