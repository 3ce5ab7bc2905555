import { BorrowLendSource, commands, events, type RejectName, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT, setAccountIsLiquidating } from '../ledger/accounts.ts';
import { auditLedger } from '../ledger/audit.ts';
import { ensureHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import { addHold } from '../ledger/holds.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import type { State } from '../state.ts';
import { inFrame, ledgerState, testAccount } from '../testing/ledger-state.ts';
import { eventsOf, resultOf, run } from '../testing/people-state.ts';
import { convertDust } from './convert-dust.ts';

const USDC = 0;
const USDT = 1;
const BTC = 2;

/** A fund with 1,000 USDC and a customer with 999 atoms of BTC; a lot of BTC is 1,000. */
function venue(): { state: State; customer: number } {
  const state = ledgerState();
  const customer = testAccount(state);
  inFrame(state, () => {
    creditFromWorld(state, FUND_ACCOUNT, USDC, 1_000_000_000, ReceiveMode.Lend, BorrowLendSource.AutoLend);
    creditFromWorld(state, customer, BTC, 999, ReceiveMode.Lend, BorrowLendSource.AutoLend);
  });
  return { state, customer };
}

function convert(state: State, account: number, asset: number) {
  return run(state, () => convertDust(state, { ...commands.convertDust.defaults, account, asset }));
}

function net(state: State, account: number, asset: number): number {
  return netAtomsOf(state, ensureHolding(state, account, asset));
}

describe('convertDust', () => {
  it('sells the whole balance to the fund at the index, rounded down', () => {
    const { state, customer } = venue();
    state.assets[BTC]!.price.index = 60_000.7;
    expect(convert(state, customer, BTC)).toBeNull();
    // 999 / 10^8 * 60,000.7 = 0.599406993 USDC.
    expect(resultOf(state)).toEqual([1, 599_406]);
    expect([net(state, customer, BTC), net(state, customer, USDC)]).toEqual([0, 599_406]);
    expect([net(state, FUND_ACCOUNT, BTC), net(state, FUND_ACCOUNT, USDC)]).toEqual([999, 1_000_000_000 - 599_406]);
    expect(eventsOf(state, events.dustConverted)).toEqual([
      { conversion: 1, account: customer, asset: BTC, quantityAtoms: 999, usdcAtoms: 599_406 },
    ]);
    expect(eventsOf(state, events.borrowLendMoved).map(({ source }) => source)).toContain(BorrowLendSource.DustConversion);
    expect(auditLedger(state)).toEqual([]);
  });

  const table: [RejectName, number, (state: State, customer: number) => void][] = [
    ['unknownAsset', 50, () => undefined],
    ['noDustMarket', USDC, () => undefined],
    ['accountLiquidating', BTC, (state, customer) => setAccountIsLiquidating(state.accounts, customer, 1)],
    ['badAmount', USDT, () => undefined],
    ['insufficientBalance', BTC, (state, customer) => inFrame(state, () => addHold(state, customer, BTC, 1))],
    [
      'notDust',
      BTC,
      (state, customer) => inFrame(state, () => creditFromWorld(state, customer, BTC, 1, ReceiveMode.Lend, BorrowLendSource.AutoLend)),
    ],
    ['priceNotGood', BTC, (state) => Object.assign(state.assets[BTC]!.price, { grade: 2 })],
    [
      'fundEmpty',
      BTC,
      (state, customer) =>
        inFrame(state, () => {
          pay(state, FUND_ACCOUNT, USDC, 999_500_000, PayPolicy.Redeem, BorrowLendSource.Manual);
          receive(state, customer, USDC, 999_500_000, ReceiveMode.Lend, BorrowLendSource.Manual);
        }),
    ],
  ];
  for (const [name, asset, arrange] of table) {
    it(`refuses with ${name} and changes nothing`, () => {
      const { state, customer } = venue();
      arrange(state, customer);
      const before = net(state, customer, BTC);
      expect(convert(state, customer, asset)?.code).toBe(rejects[name].code);
      expect(net(state, customer, BTC)).toBe(before);
      expect(state.out.count).toBe(0);
    });
  }

  it('refuses with lendRequiresBorrowRepay while the account owes the asset', () => {
    const { state, customer } = venue();
    const debtor = testAccount(state, { autoRepayBorrows: false });
    inFrame(state, () => {
      pay(state, debtor, BTC, 50, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(state, customer, BTC, 50, ReceiveMode.Lend, BorrowLendSource.Manual);
      creditFromWorld(state, debtor, BTC, 20, ReceiveMode.Free, BorrowLendSource.AutoLend);
    });
    expect(convert(state, debtor, BTC)).toEqual({ code: rejects.lendRequiresBorrowRepay.code, value: 20, limit: 50 });
  });
});
