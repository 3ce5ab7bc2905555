import { BorrowLendSide, BorrowLendSource, commands, ExpiryReason, events, rejects, TriggerBy } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { accountLimitOrders, accountTriggerOrders } from '../ledger/accounts.ts';
import { debtAtomsOf, findHolding, freeAtomsOf } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { fallenVenue, isFlagged, poorPerson, trade, untilFlagged } from '../testing/fallen-venue.ts';
import { actIn, bareVenue, personWith, setPrice } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';

const { USDC, BTC, ETH } = SmallAsset;
const PERP = SmallMarket.BTC_USDC_PERP;

/** Somebody long one BTC, in liquidation, whose slices a small bid keeps taking from. */
function flagged(prepare: (venue: TestVenue, long: Person) => void = () => undefined): { venue: TestVenue; rich: Person; long: Person } {
  const { venue, rich } = fallenVenue();
  const long = poorPerson(venue, 2, 3_100);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  prepare(venue, long);
  venue.place(rich, PERP, 'bid', 3_000, 575_000);
  venue.usd[BTC] = 57_600;
  expect(untilFlagged(venue, long)).toBe(true);
  return { venue, rich, long };
}

describe('the beginning of a liquidation', () => {
  it('ends every order, those that wait for a trigger too, and tells why', () => {
    const ended: number[] = [];
    const { venue, rich } = fallenVenue();
    const long = poorPerson(venue, 2, 3_150);
    trade(venue, PERP, long, rich, 100_000, 600_000);
    expect(venue.place(long, PERP, 'ask', 50_000, 640_000, { isReduceOnly: 1 }).rejectCode).toBe(0);
    expect(venue.place(long, PERP, 'ask', 50_000, 650_000).rejectCode).toBe(0);
    const stop = { triggerBy: TriggerBy.MarkPrice, triggerPriceTicks: 500_000, triggerQuantity: 100_000, isReduceOnly: 1 };
    expect(venue.place(long, PERP, 'ask', 0, 0, stop).rejectCode).toBe(0);
    venue.usd[BTC] = 57_600;
    const { sendOne } = venue;
    venue.sendOne = (schema, fields, timeMicros) => {
      const answer = sendOne.call(venue, schema, fields, timeMicros);
      for (const order of venue.events(events.orderExpired)) if (order.account === long.account) ended.push(order.expiryReason);
      return answer;
    };
    expect(untilFlagged(venue, long)).toBe(true);
    expect(ended).toEqual([ExpiryReason.Liquidation, ExpiryReason.Liquidation, ExpiryReason.Liquidation]);
    expect(accountLimitOrders(venue.state.accounts, long.account)).toBe(0);
    expect(accountTriggerOrders(venue.state.accounts, long.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('repays debts with what is there of the same asset, whatever the setting', () => {
    const { venue, long } = flagged((before, person) => {
      before.as(person, commands.updateAccount, { autoRepayBorrows: 0, autoLend: 0 });
      before.as(person, commands.executeBorrowLend, { asset: ETH, side: BorrowLendSide.Borrow, quantityAtoms: 0.005e8 });
    });
    const row = findHolding(venue.state, long.account, ETH);
    expect(freeAtomsOf(venue.state, row)).toBe(0);
    expect(debtAtomsOf(venue.state, row)).toBeLessThan(10);
    expect(venue.audit()).toEqual([]);
  });
});

describe('an account in liquidation', () => {
  it('may lower its risk and nothing else', () => {
    const { venue, rich, long } = flagged();
    expect(venue.place(long, PERP, 'bid', 1_000, 576_000).rejectCode).toBe(rejects.accountLiquidating.code);
    expect(venue.place(long, SmallMarket.ETH_USDC_PERP, 'bid', 10, 300_000).rejectCode).toBe(rejects.accountLiquidating.code);
    venue.place(rich, PERP, 'bid', 1_000, 576_100);
    const before = venue.size(long, PERP);
    expect(venue.place(long, PERP, 'ask', 1_000, 576_100, { isReduceOnly: 1 }).rejectCode).toBe(0);
    expect(isFlagged(venue, long)).toBe(true);
    expect(venue.size(long, PERP)).toBeLessThanOrEqual(before);
    expect(venue.audit()).toEqual([]);
  });

  it('may not bid far below the mark: what would gain by its fill is no less of a risk', () => {
    const { venue, long } = flagged();
    const refused = rejects.accountLiquidating.code;
    for (const ticks of [560_000, 500_000, 450_000]) expect(venue.place(long, PERP, 'bid', 1_000, ticks).rejectCode).toBe(refused);
    expect(venue.place(long, SmallMarket.ETH_USDC_PERP, 'bid', 10, 240_000).rejectCode).toBe(refused);
    expect(venue.place(long, SmallMarket.ETH_USDC_PERP, 'ask', 10, 360_000).rejectCode).toBe(refused);
    // A coin for half its price: still dollars turned into something that counts less.
    expect(venue.place(long, SmallMarket.BTC_USDC, 'bid', 100, 450_000).rejectCode).toBe(refused);
    expect(accountLimitOrders(venue.state.accounts, long.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('closes by reduce-only orders alone, so that none turns the position that slices shrink under it', () => {
    const { venue, long } = flagged();
    const size = venue.size(long, PERP);
    expect(venue.place(long, PERP, 'ask', size, 600_000).rejectCode).toBe(rejects.accountLiquidating.code);
    expect(venue.place(long, PERP, 'ask', size + 500, 600_000, { isReduceOnly: 1 }).rejectCode).toBe(0);
    for (let second = 0; second < 20; second += 1) {
      venue.live(1);
      const { orders } = venue.state;
      for (let slot = 0; slot < orders.used; slot += 1)
        if (orders.isResting[slot] === 1 && orders.account[slot] === long.account)
          expect(orders.lots[slot]).toBeLessThanOrEqual(venue.size(long, PERP));
    }
    expect(venue.size(long, PERP)).toBeLessThan(size);
    expect(venue.size(long, PERP)).toBeGreaterThanOrEqual(0);
    expect(venue.audit()).toEqual([]);
  });

  it('may sell collateral for what it owes at the mark, and not far below it', () => {
    const venue = bareVenue();
    const lender = personWith(venue, 1, [100_000e6]);
    const debtor = personWith(venue, 2, [0, 0, 0, 0, 100e8]);
    actIn(venue.state, () => {
      pay(venue.state, debtor.account, USDC, 12_300e6, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, lender.account, USDC, 12_300e6, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    venue.usd[SmallAsset.SOL] = 144;
    expect(untilFlagged(venue, debtor)).toBe(true);
    const ticks = venue.state.markets[SmallMarket.SOL_USDC]!.price.markTicks;
    expect(venue.place(debtor, SmallMarket.SOL_USDC, 'ask', 100, Math.floor(ticks * 0.85)).rejectCode).toBe(
      rejects.accountLiquidating.code,
    );
    expect(venue.place(debtor, SmallMarket.SOL_USDC, 'ask', 100, ticks).rejectCode).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('lets nothing leave, from no account of its user', () => {
    const { venue, long } = flagged();
    const text = new TextEncoder().encode('out');
    const out = venue.as(long, commands.requestWithdrawal, { asset: USDC, quantityAtoms: 1e6, address: text, blockchain: text });
    expect(out.rejectCode).toBe(rejects.userLiquidating.code);
    const toAccount = long.account - 1;
    const moved = venue.as(long, commands.transfer, { toAccount, asset: USDC, quantityAtoms: 1e6 });
    expect(moved.rejectCode).toBe(rejects.userLiquidating.code);
    const borrowed = venue.as(long, commands.executeBorrowLend, { asset: ETH, side: BorrowLendSide.Borrow, quantityAtoms: 1e5 });
    expect(borrowed.rejectCode).toBe(rejects.accountLiquidating.code);
    expect(venue.audit()).toEqual([]);
  });

  it('is over when a deposit brings it back, at the end of the second', () => {
    const { venue, long } = flagged();
    venue.deposit(long, USDC, 5_000e6);
    expect(isFlagged(venue, long)).toBe(true);
    venue.live(1);
    expect(isFlagged(venue, long)).toBe(false);
    expect(venue.state.liquidation.cases.live).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('keeps no order it placed meanwhile when a debt note is written', () => {
    const { venue, long } = flagged();
    expect(venue.place(long, PERP, 'ask', 50_000, 700_000, { isReduceOnly: 1 }).rejectCode).toBe(0);
    setPrice(venue, BTC, 50_000);
    venue.live(1);
    expect(venue.state.notes.live).toBe(1);
    expect(accountLimitOrders(venue.state.accounts, long.account)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });
});
