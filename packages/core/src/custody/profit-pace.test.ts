import { BorrowLendSource, type CommandFields, commands, rejects } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSubaccount } from '../commands/create-subaccount.ts';
import { requestWithdrawal } from '../commands/request-withdrawal.ts';
import { transfer } from '../commands/transfer.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import { ensurePosition } from '../risk/position-rows.ts';
import { setPositionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { headerOf, type Person, peopleState, registered, resultOf, run, text } from '../testing/people-state.ts';
import { SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { freshProfitOf, profitLimitedUntil, profitStillLocked, recordProfit, recordSpotFill } from './profit-pace.ts';

const USDC = 0;
const BTC = 2;
const PERP = SmallMarket.BTC_USDC_PERP;
const UNIT = 1e6;
/** Venue-wide 100,000 USDC an hour and market, 10,000 of it for one user. */
const CAP = 100_000 * UNIT;
const SHARE = 10_000 * UNIT;

/** A venue whose perps have an open-interest limit of one million USD, and a rich fund that loses what people win. */
function pacedState(): State {
  const genesis = smallGenesis();
  for (const { perp } of genesis.markets) if (perp !== null) perp.openInterestLimitUsd = 1_000_000;
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  const state = peopleState({ markets: genesis.markets, assets: genesis.assets });
  run(state, () => {
    creditFromWorld(state, FUND_ACCOUNT, USDC, 1e9 * UNIT, ReceiveMode.Lend, BorrowLendSource.AutoLend);
    return null;
  });
  return state;
}

function deposit(state: State, person: Person, atoms: number): void {
  run(state, () => {
    creditFromWorld(state, person.account, USDC, atoms, ReceiveMode.Lend, BorrowLendSource.AutoLend);
    return null;
  });
}

/** Lets an account win (or lose) in a market against another account. */
function win(state: State, account: number, atoms: number, market: number = PERP, loser: number = FUND_ACCOUNT): void {
  run(state, () => {
    pay(state, loser, USDC, atoms, PayPolicy.Forced, BorrowLendSource.Reconciliation);
    receive(state, account, USDC, atoms, ReceiveMode.Lend | ReceiveMode.Repay, BorrowLendSource.Reconciliation);
    recordProfit(state, ensurePosition(state, account, market), atoms);
    recordProfit(state, ensurePosition(state, loser, market), -atoms);
    return null;
  });
}

function withdraw(state: State, person: Person, quantityAtoms: number, changes: Partial<CommandFields<'requestWithdrawal'>> = {}): number {
  const fields = {
    ...commands.requestWithdrawal.defaults,
    ...headerOf(state, person),
    asset: USDC,
    quantityAtoms,
    address: text('address'),
    blockchain: text('Simulated'),
    ...changes,
  };
  return run(state, () => requestWithdrawal(state, fields))?.code ?? 0;
}

function move(state: State, person: Person, toAccount: number, quantityAtoms: number): number {
  const fields = { ...commands.transfer.defaults, ...headerOf(state, person), toAccount, asset: USDC, quantityAtoms };
  return run(state, () => transfer(state, fields))?.code ?? 0;
}

function subaccount(state: State, person: Person): Person {
  run(state, () => createSubaccount(state, { ...commands.createSubaccount.defaults, ...headerOf(state, person) }));
  return { ...person, account: resultOf(state)[0]! };
}

/** Withdraws as much as it may, as the answers say; returns the atoms. */
function drain(state: State, person: Person, most: number): number {
  const row = findHolding(state, person.account, USDC);
  const atoms = row < 0 ? 0 : Math.min(most, ownedAtomsOf(state, row));
  if (atoms === 0) return 0;
  if (withdraw(state, person, atoms) === 0) return atoms;
  const { code, limit } = state.scratch.reject;
  return code === rejects.profitPace.code && limit > 0 && withdraw(state, person, limit) === 0 ? limit : 0;
}

describe('the pace of fresh profit', () => {
  it('keeps profit of this and the previous hour, a market at a time, net of losses there', () => {
    const state = pacedState();
    const { account } = registered(state, 1);
    win(state, account, 50_000 * UNIT);
    expect(freshProfitOf(state, account)).toBe(50_000 * UNIT);
    expect(profitStillLocked(state, account)).toBe(40_000 * UNIT);
    state.timeMicros += MICROS_PER_HOUR;
    win(state, account, 20_000 * UNIT);
    expect(freshProfitOf(state, account)).toBe(70_000 * UNIT);
    win(state, FUND_ACCOUNT, 30_000 * UNIT, PERP, account);
    expect(freshProfitOf(state, account)).toBe(40_000 * UNIT);
    win(state, FUND_ACCOUNT, 15_000 * UNIT, SmallMarket.ETH_USDC_PERP, account);
    expect(freshProfitOf(state, account)).toBe(40_000 * UNIT);
    state.timeMicros += MICROS_PER_HOUR;
    expect(freshProfitOf(state, account)).toBe(0);
    state.timeMicros += 5 * MICROS_PER_HOUR;
    win(state, account, 1 * UNIT);
    expect(freshProfitOf(state, account)).toBe(1 * UNIT);
  });

  it('counts the unsettled part of an open position', () => {
    const state = pacedState();
    const { account } = registered(state, 1);
    const market = state.markets[PERP]!;
    Object.assign(market.price, { markTicks: 606_000, settleTicks: 600_000, settleTicksBefore: 600_000 });
    const row = ensurePosition(state, account, PERP);
    setPositionSizeLots(state.positions, row, 1_000_000);
    expect(freshProfitOf(state, account)).toBe(6_000 * UNIT);
    setPositionSizeLots(state.positions, row, -1_000_000);
    expect(freshProfitOf(state, account)).toBe(0);
  });

  it('lets other money out first, in full', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    deposit(state, alice, 30_000 * UNIT);
    win(state, alice.account, 50_000 * UNIT);
    expect(withdraw(state, alice, 30_000 * UNIT)).toBe(0);
    expect(profitStillLocked(state, alice.account)).toBe(40_000 * UNIT);
    expect(withdraw(state, alice, 10_000 * UNIT + 1)).toBe(rejects.profitPace.code);
    expect(state.scratch.reject).toMatchObject({ value: 10_000 * UNIT + 1, limit: 10_000 * UNIT });
    expect(withdraw(state, alice, 10_000 * UNIT)).toBe(0);
    expect(withdraw(state, alice, 1)).toBe(rejects.profitPace.code);
  });

  it('gives the user’s share again each clock hour and everything when the profit is fresh no more', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    win(state, alice.account, 50_000 * UNIT);
    expect(drain(state, alice, 50_000 * UNIT)).toBe(SHARE);
    const until = profitLimitedUntil(state, alice.account);
    expect(until).toBe((Math.floor(state.timeMicros / MICROS_PER_HOUR) + 1) * MICROS_PER_HOUR);
    state.timeMicros = until;
    expect(profitStillLocked(state, alice.account)).toBe(30_000 * UNIT);
    expect(drain(state, alice, 50_000 * UNIT)).toBe(SHARE);
    state.timeMicros += MICROS_PER_HOUR;
    expect(profitLimitedUntil(state, alice.account)).toBe(0);
    expect(drain(state, alice, 30_000 * UNIT)).toBe(30_000 * UNIT);
  });

  it('lets the share out to those who lost the profit again elsewhere', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    win(state, alice.account, 500_000 * UNIT);
    win(state, FUND_ACCOUNT, 485_000 * UNIT, SmallMarket.ETH_USDC_PERP, alice.account);
    expect(withdraw(state, alice, 15_000 * UNIT)).toBe(rejects.profitPace.code);
    expect(state.scratch.reject.limit).toBe(SHARE);
    expect(drain(state, alice, 15_000 * UNIT)).toBe(SHARE);
    expect(drain(state, alice, 5_000 * UNIT)).toBe(0);
  });

  it('leaves profit spendable inside the account and locks no money of those who lost', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    deposit(state, alice, 5_000 * UNIT);
    win(state, FUND_ACCOUNT, 1_000 * UNIT, PERP, alice.account);
    expect(profitLimitedUntil(state, alice.account)).toBe(0);
    expect(withdraw(state, alice, 4_000 * UNIT)).toBe(0);
  });
});

describe('S14: profit taken out while the mark lags', () => {
  it('does not leave by way of another account of the user', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    const second = subaccount(state, alice);
    win(state, alice.account, 500_000 * UNIT);
    expect(move(state, alice, second.account, 10_000 * UNIT + 1)).toBe(rejects.profitPace.code);
    expect(move(state, alice, second.account, 10_000 * UNIT)).toBe(0);
    expect(withdraw(state, alice, 1)).toBe(rejects.profitPace.code);
    win(state, second.account, 100_000 * UNIT);
    expect(drain(state, second, 200_000 * UNIT)).toBe(SHARE);
  });

  it('does not leave as another asset, nor as money borrowed against it', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    const lender = registered(state, 2);
    run(state, () => {
      creditFromWorld(state, lender.account, BTC, 100e8, ReceiveMode.Lend, BorrowLendSource.AutoLend);
      return null;
    });
    state.assets[BTC]!.averageDeposits = 0;
    win(state, alice.account, 600_000 * UNIT);
    expect(withdraw(state, alice, 1e8, { asset: BTC, autoBorrow: 2 })).toBe(rejects.profitPace.code);
    expect(withdraw(state, alice, 0.1e8, { asset: BTC, autoBorrow: 2 })).toBe(0);
    expect(profitStillLocked(state, alice.account)).toBe(590_000 * UNIT);
  });

  it('does not leave through colluders who win it at bad prices, in the same market, another or on spot', () => {
    for (const market of [PERP, SmallMarket.ETH_USDC_PERP, SmallMarket.BTC_USDC]) {
      const state = pacedState();
      const colluders = Array.from({ length: 20 }, (_, at) => registered(state, at + 1));
      const [first] = colluders;
      win(state, first!.account, 2_000_000 * UNIT);
      for (const colluder of colluders.slice(1)) win(state, colluder.account, 100_000 * UNIT, market, first!.account);
      const out = colluders.reduce((sum, colluder) => sum + drain(state, colluder, 200_000 * UNIT), 0);
      expect(out).toBeLessThanOrEqual(market === PERP ? CAP : CAP + SHARE);
      expect(out).toBeGreaterThanOrEqual(CAP);
    }
  });

  it('measures a spot fill against the mark: what one side gives away the other has as fresh profit', () => {
    const state = pacedState();
    const market = state.markets[SmallMarket.BTC_USDC]!;
    market.price.markTicks = 600_000;
    const [seller, buyer] = [registered(state, 1), registered(state, 2)];
    const lots = 1_000_000;
    for (const [person, signed] of [
      [buyer, lots],
      [seller, -lots],
    ] as const) {
      recordSpotFill(state, ensurePosition(state, person.account, market.ix), signed, lots * 618_000 * market.k);
    }
    expect(freshProfitOf(state, seller.account)).toBe(18_000 * UNIT);
    expect(freshProfitOf(state, buyer.account)).toBe(0);
    market.price.markTicks = 0;
    recordSpotFill(state, ensurePosition(state, buyer.account, market.ix), -lots, lots * 600_000 * market.k);
    expect(freshProfitOf(state, buyer.account)).toBe(0);
  });

  it('takes no more than the worst of mark, index and stable price allows, whatever the mark says', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    deposit(state, alice, 100_000 * UNIT);
    const market = state.markets[PERP]!;
    Object.assign(market.price, { markTicks: 600_000, settleTicks: 600_000, settleTicksBefore: 600_000 });
    state.assets[BTC]!.price.index = 57_000;
    const row = ensurePosition(state, alice.account, PERP);
    setPositionSizeLots(state.positions, row, 2_000_000);
    expect(withdraw(state, alice, 1)).toBe(rejects.leavingMargin.code);
    setPositionSizeLots(state.positions, row, 1_000_000);
    const own = 100_000 - 10 * 3_000 - 10 * 57_000 * 0.05;
    expect(withdraw(state, alice, (own + 1) * UNIT)).toBe(rejects.leavingMargin.code);
    expect(withdraw(state, alice, (own - 1) * UNIT)).toBe(0);
  });

  it('does not halt when colluders pass billions around all hour', () => {
    const state = pacedState();
    const alice = registered(state, 1);
    deposit(state, alice, 1_000 * UNIT);
    for (const market of state.markets.keys()) {
      const row = ensurePosition(state, alice.account, market);
      for (let round = 0; round < 4; round += 1) recordProfit(state, row, Number.MAX_SAFE_INTEGER);
      state.timeMicros += MICROS_PER_HOUR / 8;
    }
    expect(drain(state, alice, 1_000 * UNIT)).toBe(1_000 * UNIT);
    expect(state.withdrawals.profitLeftAtoms.reduce((sum, atoms) => sum + atoms, 0)).toBe(1_000 * UNIT);
    recordProfit(state, ensurePosition(state, alice.account, PERP), -Number.MAX_SAFE_INTEGER);
    recordProfit(state, ensurePosition(state, alice.account, PERP), -Number.MAX_SAFE_INTEGER);
    expect(freshProfitOf(state, alice.account)).toBeGreaterThan(0);
  });

  it('never lets more out than other money and the share, whatever the order of wins, losses, moves and withdrawals', () => {
    const act = fc.record({
      kind: fc.constantFrom('win', 'lose', 'withdraw', 'move', 'wait'),
      who: fc.nat(1),
      amount: fc.integer({ min: 1, max: 30_000 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const state = pacedState();
        const alice = registered(state, 1);
        const people = [alice, subaccount(state, alice)];
        deposit(state, alice, 5_000 * UNIT);
        let out = 0;
        let halfHours = 0;
        for (const { kind, who, amount } of acts) {
          const person = people[who]!;
          if (kind === 'win') win(state, person.account, amount * UNIT);
          else if (kind === 'lose') win(state, FUND_ACCOUNT, amount * UNIT, PERP, person.account);
          else if (kind === 'move') move(state, person, people[1 - who]!.account, amount * UNIT);
          else if (kind === 'withdraw') out += drain(state, person, amount * UNIT);
          else if (halfHours < 3) {
            // Two whole hours on, what was won first would be fresh no more.
            state.timeMicros += MICROS_PER_HOUR / 2;
            halfHours += 1;
          }
          expect(state.withdrawals.profitLeftAtoms[PERP]!).toBeLessThanOrEqual(SHARE);
          expect(out).toBeLessThanOrEqual(5_000 * UNIT + SHARE * (1 + Math.floor(halfHours / 2)));
        }
      }),
      { numRuns: 40, seed: 20_412 },
    );
  });
});
