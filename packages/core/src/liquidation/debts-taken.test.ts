import { BorrowLendSource, commands, events, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { accountPositionHead, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { debtAtomsOf, findHolding, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingFree } from '../ledger/holdings.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { utilizationOf } from '../lending/utilization.ts';
import { positionSizeLots } from '../risk/positions.ts';
import { actIn, bareVenue, personWith, setPrice } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';
import { takeByBackstop } from './backstop/take-by-backstop.ts';
import { deleverage } from './deleveraging/deleverage.ts';
import { netAsIfSettled } from './exposed-parts.ts';
import { takeByFund } from './fund/take-by-fund.ts';
import { isRestored } from './restore.ts';
import { TakingEnd } from './taking.ts';

const { USDC, BTC, ETH, SOL } = SmallAsset;
const M = 1_000_000;

/** A person who owes an asset to a lender, the money itself handed back to the lender, who lends it. */
function indebted(owned: readonly (number | undefined)[], asset: number, debt: number, lent = debt * 4) {
  const venue = bareVenue();
  const lender = personWith(venue, 1, Object.assign([0, 0, 0, 0, 0], { [asset]: lent }));
  const debtor = personWith(venue, 2, owned);
  const provider = personWith(venue, 3, [200_000 * M, 0, 0, 50e8, 500e8]);
  actIn(venue.state, () => {
    pay(venue.state, debtor.account, asset, debt, PayPolicy.Forced, BorrowLendSource.Manual);
    receive(venue.state, lender.account, asset, debt, ReceiveMode.Lend, BorrowLendSource.Manual);
  });
  return { venue, lender, debtor, provider };
}

function post(venue: TestVenue, person: Person, market: number, capital = 50_000): void {
  const most = 1e15;
  const fields = { market, capitalAtoms: Math.floor(capital * M), notionalAtoms: most, minuteAtoms: most, hourAtoms: most };
  expect(venue.as(person, commands.setBackstop, fields).rejectCode).toBe(0);
}

const net = (venue: TestVenue, account: number, asset: number): number => netAsIfSettled(venue.state, account, asset);

describe('a debt taken over by a provider', () => {
  it('is paid for collateral of equal value at mark and a charge, only as much as restores', () => {
    // 100 SOL at 0.9 against 10,000 USDC: short where SOL is below 117.8.
    const { venue, debtor, provider } = indebted([0, 0, 0, 0, 100e8], USDC, 10_000 * M);
    post(venue, provider, SmallMarket.SOL_USDC);
    setPrice(venue, SOL, 116);
    const before = { usdc: net(venue, provider.account, USDC), sol: net(venue, provider.account, SOL) };
    expect(actIn(venue.state, () => takeByBackstop(venue.state, debtor.account))).toBe(TakingEnd.Restored);
    expect(isRestored(venue.state, debtor.account)).toBe(true);
    const [told] = venue.events(events.backstopTaken);
    expect(told).toMatchObject({ market: SmallMarket.SOL_USDC, debtAsset: USDC, collateralAsset: SOL, sizeLots: 0 });
    expect(told!.debtAtoms).toBeLessThan(10_000 * M);
    expect(told!.collateralAtoms).toBe(Math.ceil(((told!.debtAtoms / 1e6) * 1e8) / 116));
    expect(net(venue, provider.account, USDC) - before.usdc).toBe(told!.takerAtoms - told!.debtAtoms);
    expect(net(venue, provider.account, SOL) - before.sol).toBe(told!.collateralAtoms);
    expect(net(venue, debtor.account, USDC)).toBe(told!.debtAtoms - 10_000 * M - told!.chargeAtoms);
    expect(told!.chargeAtoms).toBeGreaterThan(0);
    expect(venue.audit()).toEqual([]);
  });

  it('of another asset than the collateral and the charge is seen with all three', () => {
    const { venue, debtor, provider } = indebted([0, 0, 0, 0, 100e8], ETH, 4e8);
    post(venue, provider, SmallMarket.ETH_USDC);
    setPrice(venue, ETH, 3_060);
    expect(venue.health(debtor).netEquity).toBeLessThan(venue.health(debtor).maintenanceMargin);
    expect(actIn(venue.state, () => takeByBackstop(venue.state, debtor.account))).toBe(TakingEnd.Restored);
    expect(isRestored(venue.state, debtor.account)).toBe(true);
    const [told] = venue.events(events.backstopTaken);
    expect(told).toMatchObject({ debtAsset: ETH, collateralAsset: SOL, market: SmallMarket.ETH_USDC });
    expect(net(venue, debtor.account, USDC)).toBe(0 - told!.chargeAtoms);
    const least = told!.debtAtoms;
    // One atom less of the debt would not have been enough, with its charge.
    const again = indebted([0, 0, 0, 0, 100e8], ETH, 4e8);
    post(again.venue, again.provider, SmallMarket.ETH_USDC, (((least - 2) / 1e8) * 3_060) / 3);
    setPrice(again.venue, ETH, 3_060);
    expect(actIn(again.venue.state, () => takeByBackstop(again.venue.state, again.debtor.account))).toBe(TakingEnd.Exhausted);
    expect(venue.audit()).toEqual([]);
  });

  it('is paid with the collateral of the least haircut first', () => {
    const { venue, debtor, provider } = indebted([0, 0, 0.02e8, 0, 100e8], USDC, 11_200 * M);
    post(venue, provider, SmallMarket.SOL_USDC);
    post(venue, provider, SmallMarket.BTC_USDC);
    setPrice(venue, SOL, 117);
    actIn(venue.state, () => takeByBackstop(venue.state, debtor.account));
    expect(venue.events(events.backstopTaken).map(({ collateralAsset }) => collateralAsset)).toEqual([BTC, SOL]);
    expect(net(venue, debtor.account, BTC)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('by several is rounded once: together they receive no more of a collateral than there is', () => {
    const { venue, debtor, provider } = indebted([0, 0, 0.02e8 + 7, 0, 100e8], USDC, 11_600 * M);
    const providers = [provider, ...[4, 5].map((tag) => personWith(venue, tag, [200_000 * M]))];
    for (const [at, one] of providers.entries()) {
      post(venue, one, SmallMarket.BTC_USDC, 10_000 + at * 777.777777);
      post(venue, one, SmallMarket.SOL_USDC, 10_000 + at * 777.777777);
    }
    setPrice(venue, SOL, 117);
    actIn(venue.state, () => takeByBackstop(venue.state, debtor.account));
    const inBtc = venue.events(events.backstopTaken).filter(({ collateralAsset }) => collateralAsset === BTC);
    expect(inBtc.map(({ takerAccount }) => takerAccount)).toEqual(providers.map(({ account }) => account));
    expect(inBtc.reduce((sum, { collateralAtoms }) => sum + collateralAtoms, 0)).toBe(0.02e8 + 7);
    expect(net(venue, debtor.account, BTC)).toBe(0);
    expect(isRestored(venue.state, debtor.account)).toBe(true);
    expect(venue.audit()).toEqual([]);
  });

  it('for USDC by several is charged when all of them have received theirs', () => {
    const { venue, debtor, provider } = indebted([5_000 * M, 0, 0, 0, 100e8], BTC, 0.27e8);
    const providers = [provider, ...[4, 5].map((tag) => personWith(venue, tag, [200_000 * M]))];
    for (const one of providers) post(venue, one, SmallMarket.BTC_USDC);
    setPrice(venue, SOL, 134.9);
    actIn(venue.state, () => takeByBackstop(venue.state, debtor.account));
    const inUsdc = venue.events(events.backstopTaken).filter(({ collateralAsset }) => collateralAsset === USDC);
    expect(inUsdc).toHaveLength(3);
    // All of it, but for what is worth less than an atom of the debt.
    const rest = 5_000 * M - inUsdc.reduce((sum, { collateralAtoms }) => sum + collateralAtoms, 0);
    expect(rest).toBeGreaterThanOrEqual(0);
    expect(rest).toBeLessThan(600);
    expect(isRestored(venue.state, debtor.account)).toBe(true);
    expect(venue.audit()).toEqual([]);
  });
});

describe('a lender in liquidation while its pool is used up', () => {
  it('gives its claims; nobody else is forced, and the pool stays as used as it was', () => {
    const venue = bareVenue();
    const borrower = personWith(venue, 1, [400_000 * M]);
    const lender = personWith(venue, 2, [0, 0, 0, 0, 100e8]);
    const provider = personWith(venue, 3, [200_000 * M]);
    const other = personWith(venue, 4, [100_000 * M]);
    actIn(venue.state, () => {
      pay(venue.state, lender.account, USDC, 10_000 * M, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, other.account, USDC, 10_000 * M, ReceiveMode.Lend, BorrowLendSource.Manual);
      // Everything lent of SOL is borrowed: what was borrowed stays free with its debtor.
      const { pool } = venue.state.assets[SOL]!;
      const all = Number(pool!.lentAtoms) + pool!.lentPending;
      pay(venue.state, borrower.account, SOL, all, PayPolicy.Forced, BorrowLendSource.Manual);
      venue.state.assets[SOL]!.custodyAtoms -= BigInt(all);
      venue.state.assets[SOL]!.frameNet += all;
    });
    expect(utilizationOf(venue.state.assets[SOL]!.pool!)).toBe(1);
    post(venue, provider, SmallMarket.SOL_USDC);
    setPrice(venue, SOL, 116);
    const owed = net(venue, borrower.account, SOL);
    expect(actIn(venue.state, () => takeByBackstop(venue.state, lender.account))).toBe(TakingEnd.Restored);
    const row = findHolding(venue.state, provider.account, SOL);
    expect(lentAtomsOf(venue.state, row)).toBe(venue.events(events.backstopTaken)[0]!.collateralAtoms);
    expect(net(venue, borrower.account, SOL)).toBe(owed);
    expect(utilizationOf(venue.state.assets[SOL]!.pool!)).toBe(1);
    expect(venue.audit()).toEqual([]);
  });
});

describe('the fund', () => {
  it('takes what providers did not, at their price, the charge all its own, within a quarter of its equity', () => {
    const venue = bareVenue();
    const PERP = SmallMarket.SOL_USDC_PERP;
    const long = personWith(venue, 1, [340_000 * M]);
    const rich = personWith(venue, 2, [9_000_000 * M]);
    venue.place(rich, PERP, 'ask', 2_000_000, 15_000);
    venue.place(long, PERP, 'bid', 2_000_000, 15_000);
    setPrice(venue, SOL, 136, 135.9);
    const usdc = net(venue, FUND_ACCOUNT, USDC);
    const limit = Math.floor((1_000_000 * 0.25 * 1e6) / (13_600 * 100));
    expect(actIn(venue.state, () => takeByFund(venue.state, long.account))).toBe(TakingEnd.Exhausted);
    const row = accountPositionHead(venue.state.accounts, FUND_ACCOUNT);
    expect(positionSizeLots(venue.state.positions, row)).toBeLessThanOrEqual(limit);
    expect(positionSizeLots(venue.state.positions, row)).toBeGreaterThan(limit * 0.99);
    const [told] = venue.events(events.backstopTaken);
    expect(told).toMatchObject({ takerAccount: FUND_ACCOUNT, stage: 3, priceTicks: 13_590, takerAtoms: 0 });
    expect(told!.fundAtoms).toBe(told!.chargeAtoms);
    expect(net(venue, FUND_ACCOUNT, USDC) - usdc).toBe(told!.chargeAtoms + told!.sizeLots * 10 * 100);
    expect(venue.audit()).toEqual([]);
  });
});

describe('a debt note', () => {
  /** A person whose note of 2,000 USDC stands. */
  function noted() {
    const { venue, debtor } = indebted([0, 0, 0, 0, 100e8], USDC, 12_000 * M);
    setPrice(venue, SOL, 100);
    actIn(venue.state, () => deleverage(venue.state, debtor.account));
    return { venue, debtor, note: venue.events(events.debtNoteChanged)[0]!.note };
  }

  it('lets a later deposit stay whole and leave again', () => {
    const { venue, debtor } = noted();
    venue.deposit(debtor, USDC, 5_000 * M);
    venue.live(12);
    expect(net(venue, debtor.account, USDC)).toBe(5_000 * M);
    const row = findHolding(venue.state, debtor.account, USDC);
    expect([holdingFree(venue.state.holdings, row), lentAtomsOf(venue.state, row), debtAtomsOf(venue.state, row)]).toEqual([
      5_000 * M,
      0,
      0,
    ]);
    const withdrawal = {
      asset: USDC,
      quantityAtoms: 5_000 * M,
      address: new TextEncoder().encode('a'),
      blockchain: new TextEncoder().encode('b'),
    };
    expect(venue.as(debtor, commands.requestWithdrawal, withdrawal).rejectCode).toBe(0);
    expect(net(venue, debtor.account, USDC)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('allows nothing else, and names itself', () => {
    const { venue, debtor, note } = noted();
    const other = venue.subaccount(debtor, 50);
    venue.deposit(debtor, USDC, 5_000 * M);
    venue.deposit(other, USDC, 5_000 * M);
    const refused = { rejectCode: rejects.debtNoteStands.code, value: note };
    expect(venue.place(debtor, SmallMarket.SOL_USDC, 'bid', 100, 10_000)).toMatchObject(refused);
    expect(venue.place(debtor, SmallMarket.SOL_USDC_PERP, 'bid', 100, 10_000)).toMatchObject(refused);
    for (const side of [0, 1])
      expect(venue.as(debtor, commands.executeBorrowLend, { asset: USDC, side, quantityAtoms: M })).toMatchObject(refused);
    expect(venue.as(debtor, commands.transfer, { toAccount: other.account, asset: USDC, quantityAtoms: M })).toMatchObject(refused);
    expect(venue.as(debtor, commands.setBackstop, { market: 6, capitalAtoms: M })).toMatchObject(refused);
    expect(venue.as(debtor, commands.convertDust, { asset: SOL })).toMatchObject(refused);
    const back = venue.as(other, commands.transfer, { toAccount: debtor.account, asset: USDC, quantityAtoms: M });
    expect(back).toMatchObject({ rejectCode: rejects.noteOfReceiver.code, value: note });
    expect(venue.audit()).toEqual([]);
  });

  it('is repaid by its owner’s call alone, in parts, to the fund, and ends', () => {
    const { venue, debtor, note } = noted();
    venue.deposit(debtor, USDC, 5_000 * M);
    const fund = net(venue, FUND_ACCOUNT, USDC);
    const repay = (quantityAtoms: number, id = note) => venue.as(debtor, commands.repayDebtNote, { note: id, quantityAtoms });
    expect(repay(1, note + 1).rejectCode).toBe(rejects.unknownNote.code);
    expect(repay(0).rejectCode).toBe(rejects.badAmount.code);
    expect(repay(2_000 * M + 1)).toMatchObject({ rejectCode: rejects.noteOverpaid.code, limit: 2_000 * M });
    expect(repay(500 * M)).toMatchObject({ rejectCode: 0, result: [1_500 * M] });
    expect(repay(1_500 * M)).toMatchObject({ rejectCode: 0, result: [0] });
    expect(net(venue, FUND_ACCOUNT, USDC) - fund).toBe(2_000 * M);
    expect(net(venue, debtor.account, USDC)).toBe(3_000 * M);
    expect(venue.place(debtor, SmallMarket.SOL_USDC, 'bid', 100, 9_900).rejectCode).toBe(0);
    expect(venue.audit()).toEqual([]);
  });
});
