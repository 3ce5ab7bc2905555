import { BorrowLendSource, commands, events, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { freshProfitOf } from '../../custody/profit-pace.ts';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import { HealthMode } from '../../risk/compute-health.ts';
import { findPosition } from '../../risk/position-rows.ts';
import { positionLiquidatedLots, positionLiquidationFeesAtoms } from '../../risk/positions.ts';
import { actIn, bareVenue, personWith, setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';
import { netAsIfSettled } from '../exposed-parts.ts';
import { writeNote } from '../notes/write-note.ts';
import { isRestored } from '../restore.ts';
import { TakingEnd } from '../taking.ts';
import { freeCapacity } from './capacity.ts';
import { findPosting } from './offer.ts';
import { takeByBackstop } from './take-by-backstop.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const USDC = 1_000_000;
const HOUR = 3_600;

interface Posted {
  capital: number;
  notional?: number;
  minute?: number;
  hour?: number;
  market?: number;
}

function post(venue: TestVenue, person: Person, { capital, notional = 1e9, minute = 1e9, hour = 1e9, market = PERP }: Posted): number {
  return venue.as(person, commands.setBackstop, {
    market,
    capitalAtoms: capital * USDC,
    notionalAtoms: notional * USDC,
    minuteAtoms: minute * USDC,
    hourAtoms: hour * USDC,
  }).rejectCode;
}

/** A long of 100 SOL at 150 with 1,000 USDC against a rich short, and providers with 20,000 USDC each. */
function short(posted: readonly Posted[], price = 142, index = price) {
  const venue = bareVenue();
  const long = personWith(venue, 1, [1_000 * USDC]);
  const rich = personWith(venue, 2, [500_000 * USDC]);
  const providers = posted.map((_, at) => personWith(venue, 10 + at, [20_000 * USDC]));
  for (const [at, one] of posted.entries()) expect(post(venue, providers[at]!, one)).toBe(0);
  venue.place(rich, PERP, 'ask', 10_000, 15_000);
  venue.place(long, PERP, 'bid', 10_000, 15_000);
  setPrice(venue, SmallAsset.SOL, price, index);
  return { venue, long, rich, providers };
}

const take = (venue: TestVenue, person: Person): boolean =>
  actIn(venue.state, () => takeByBackstop(venue.state, person.account)) !== TakingEnd.Exhausted;
const usdc = (venue: TestVenue, account: number): number => netAsIfSettled(venue.state, account, SmallAsset.USDC);
const freeOf = (venue: TestVenue, person: Person): number => freeCapacity(venue.state, findPosting(venue.state, person.account, PERP));

describe('a backstop', () => {
  it('takes the smallest whole number of lots that restores liquidation-end, for a charge of half the maintenance margin', () => {
    const { venue, long, providers } = short([{ capital: 10_000 }], 141.2);
    const before = venue.health(long);
    expect(before.netEquity).toBeLessThan(before.maintenanceMargin);
    const fund = usdc(venue, FUND_ACCOUNT);
    const rich = usdc(venue, providers[0]!.account);
    expect(take(venue, long)).toBe(true);
    const taken = venue.size(providers[0]!, PERP);
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(10_000);
    expect(venue.size(long, PERP)).toBe(10_000 - taken);
    expect(isRestored(venue.state, long.account)).toBe(true);
    const [told] = venue.events(events.backstopTaken);
    const whole = Math.floor((before.maintenanceMargin / 2) * 1e6);
    expect(told).toMatchObject({ sizeLots: taken, priceTicks: 14_120, chargeAtoms: Math.floor((whole * taken) / 10_000) });
    expect(told!.takerAtoms).toBe(Math.floor((told!.chargeAtoms * 2) / 3));
    const giver = { row: findPosition(venue.state, long.account, PERP), taker: findPosition(venue.state, providers[0]!.account, PERP) };
    const { positions } = venue.state;
    const liquidated = (row: number): number[] => [positionLiquidatedLots(positions, row), positionLiquidationFeesAtoms(positions, row)];
    expect(liquidated(giver.row)).toEqual([taken, told!.chargeAtoms]);
    expect(liquidated(giver.taker)).toEqual([0, 0]);
    expect(usdc(venue, FUND_ACCOUNT) - fund).toBe(told!.chargeAtoms - told!.takerAtoms);
    expect(usdc(venue, providers[0]!.account) - rich).toBe(told!.takerAtoms);
    // What it earned is fresh profit of this market: it leaves at that pace.
    expect(freshProfitOf(venue.state, providers[0]!.account)).toBe(told!.takerAtoms);
    expect(venue.audit()).toEqual([]);
  });

  it('takes one lot less than what restores only if that does not', () => {
    const { venue, long } = short([{ capital: 10_000 }], 141.2);
    const state = venue.state;
    take(venue, long);
    const [told] = venue.events(events.backstopTaken);
    const other = short([{ capital: 10_000, notional: ((told!.sizeLots - 1) * 14_120 * 100) / 1e6 }], 141.2);
    expect(take(other.venue, other.long)).toBe(false);
    expect(other.venue.size(other.providers[0]!, PERP)).toBe(told!.sizeLots - 1);
    expect(isRestored(state, long.account)).toBe(true);
  });

  it('takes at the worse for the account of mark and index', () => {
    const below = short([{ capital: 10_000 }], 141.3, 141);
    take(below.venue, below.long);
    expect(below.venue.events(events.fill)).toMatchObject([{ priceTicks: 14_100 }]);
    const above = short([{ capital: 10_000 }], 141.2, 143);
    take(above.venue, above.long);
    expect(above.venue.events(events.fill)).toMatchObject([{ priceTicks: 14_120 }]);
  });

  it('shares pro rata to free capacity, by largest remainder', () => {
    const { venue, long, providers } = short(
      [
        { capital: 10_000, notional: 4_000 },
        { capital: 10_000, notional: 2_000 },
        { capital: 10_000, notional: 1_000 },
      ],
      140.6,
    );
    take(venue, long);
    const sizes = providers.map((one) => venue.size(one, PERP));
    const sum = sizes.reduce((before, one) => before + one, 0);
    for (const [at, share] of [4 / 7, 2 / 7, 1 / 7].entries()) expect(Math.abs(sizes[at]! - sum * share)).toBeLessThan(1);
    expect(venue.size(long, PERP)).toBe(10_000 - sum);
    expect(venue.audit()).toEqual([]);
  });

  it.each([
    ['capacity', { capital: 10_000, notional: 500 }, 500],
    ['a minute', { capital: 10_000, minute: 400 }, 400],
    ['an hour', { capital: 10_000, hour: 300 }, 300],
    ['three times its capital', { capital: 50 }, 150],
  ] as const)('takes no more than its limit of %s', (_name, posted, limit) => {
    const { venue, long, providers } = short([posted], 140.5);
    expect(take(venue, long)).toBe(false);
    expect(venue.size(providers[0]!, PERP)).toBe(Math.floor((limit * 1e6) / (14_050 * 100)));
    expect(take(venue, long)).toBe(false);
    expect(venue.size(providers[0]!, PERP)).toBe(Math.floor((limit * 1e6) / (14_050 * 100)));
  });

  it('has its minute and hour back when they have passed, and its capacity when it has closed what it took', () => {
    const { venue, long, providers } = short([{ capital: 10_000, minute: 400, hour: 600 }], 140.5);
    const [provider] = providers;
    take(venue, long);
    expect(freeOf(venue, provider!)).toBeLessThan(1_405_000);
    venue.state.timeMicros += 61e6;
    expect(freeOf(venue, provider!)).toBeGreaterThan(190 * USDC);
    take(venue, long);
    venue.state.timeMicros += 61e6;
    expect(freeOf(venue, provider!)).toBeLessThan(1_405_000);
    venue.state.timeMicros += HOUR * 1e6;
    expect(freeOf(venue, provider!)).toBe(400 * USDC);
  });

  it('takes only with its initial margin met', () => {
    const { venue, long, rich, providers } = short([{ capital: 10_000 }], 141.2);
    const provider = providers[0]!;
    venue.as(provider, commands.updateAccount, { leverageLimit: 1 });
    actIn(venue.state, () => {
      pay(venue.state, provider.account, SmallAsset.USDC, 15_000 * USDC, PayPolicy.Redeem, BorrowLendSource.Manual);
      receive(venue.state, rich.account, SmallAsset.USDC, 15_000 * USDC, ReceiveMode.Free, BorrowLendSource.Manual);
    });
    expect(take(venue, long)).toBe(false);
    expect(venue.size(provider, PERP)).toBe(Math.floor((5_000 * 1e6) / (14_120 * 100)));
    const health = venue.health(provider, HealthMode.Placing);
    expect(health.netEquity).toBeGreaterThanOrEqual(health.initialMargin);
  });

  it('takes nothing of an account whose real equity at its price is negative', () => {
    const { venue, long, providers } = short([{ capital: 10_000 }], 140.5, 139.5);
    expect(take(venue, long)).toBe(false);
    expect(venue.size(providers[0]!, PERP)).toBe(0);
  });

  it('takes nothing of an account of its own user', () => {
    const { venue, long } = short([], 141.2);
    const other = venue.subaccount(long, 60);
    venue.deposit(other, SmallAsset.USDC, 20_000 * USDC);
    expect(post(venue, other, { capital: 10_000 })).toBe(0);
    expect(take(venue, long)).toBe(false);
  });

  it('takes nothing while its provider owes on a debt note, however much he has', () => {
    const { venue, long, providers } = short([{ capital: 10_000 }], 141.2);
    const [provider] = providers;
    actIn(venue.state, () => writeNote(venue.state, provider!.account, SmallAsset.USDC, USDC));
    expect(take(venue, long)).toBe(false);
    expect(venue.as(provider!, commands.repayDebtNote, { note: 1, quantityAtoms: USDC }).rejectCode).toBe(0);
    expect(take(venue, long)).toBe(true);
    expect(venue.size(provider!, PERP)).toBeGreaterThan(0);
  });

  it('takes a short position as it takes a long one', () => {
    const venue = bareVenue();
    const seller = personWith(venue, 1, [1_000 * USDC]);
    const rich = personWith(venue, 2, [500_000 * USDC]);
    const provider = personWith(venue, 3, [20_000 * USDC]);
    post(venue, provider, { capital: 10_000 });
    venue.place(rich, PERP, 'bid', 10_000, 15_000);
    venue.place(seller, PERP, 'ask', 10_000, 15_000);
    setPrice(venue, SmallAsset.SOL, 158.6, 158.7);
    expect(take(venue, seller)).toBe(true);
    expect(venue.size(provider, PERP)).toBeLessThan(0);
    expect(venue.events(events.fill)).toMatchObject([{ priceTicks: 15_870 }]);
    expect(venue.audit()).toEqual([]);
  });
});

describe('a posting', () => {
  it('fences its capital: it neither leaves nor backs orders, and the notice of an hour holds it', () => {
    const venue = bareVenue();
    const provider = personWith(venue, 1, [10_000 * USDC]);
    expect(post(venue, provider, { capital: 10_001 })).toBe(rejects.backstopCapital.code);
    expect(post(venue, provider, { capital: 9_000 })).toBe(0);
    const withdraw = (usd: number) =>
      venue.as(provider, commands.requestWithdrawal, {
        asset: SmallAsset.USDC,
        quantityAtoms: usd * USDC,
        address: new TextEncoder().encode('a'),
        blockchain: new TextEncoder().encode('b'),
      }).rejectCode;
    expect(withdraw(1_001)).toBe(rejects.leavingMargin.code);
    expect(venue.place(provider, PERP, 'bid', 20_000, 14_000).rejectCode).toBe(rejects.insufficientMargin.code);
    expect(venue.place(provider, PERP, 'bid', 10_000, 14_000).rejectCode).toBe(0);
    venue.as(provider, commands.cancelAllOrders, { market: PERP });
    expect(post(venue, provider, { capital: 0, notional: 0, minute: 0, hour: 0 })).toBe(0);
    expect(withdraw(1_001)).toBe(rejects.leavingMargin.code);
    expect(freeOf(venue, provider)).toBe(27_000 * USDC);
    venue.state.timeMicros += HOUR * 1e6;
    expect(freeOf(venue, provider)).toBe(0);
    expect(withdraw(10_000)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('still takes in the second in which its provider gives notice and asks for the money back', () => {
    const { venue, long, providers } = short([{ capital: 10_000 }], 141.2);
    expect(post(venue, providers[0]!, { capital: 0, notional: 0, minute: 0, hour: 0 })).toBe(0);
    const text = new TextEncoder().encode('out');
    const out = { asset: SmallAsset.USDC, quantityAtoms: 19_000 * USDC, address: text, blockchain: text };
    expect(venue.as(providers[0]!, commands.requestWithdrawal, out).rejectCode).toBe(rejects.leavingMargin.code);
    expect(take(venue, long)).toBe(true);
    expect(venue.size(providers[0]!, PERP)).toBeGreaterThan(0);
  });

  it('grows at once, and what grows again before its notice ended never left', () => {
    const venue = bareVenue();
    const provider = personWith(venue, 1, [10_000 * USDC]);
    post(venue, provider, { capital: 1_000 });
    post(venue, provider, { capital: 500 });
    expect(venue.events(events.backstopPosted)).toMatchObject([
      { capitalAtoms: 1_000 * USDC, nextCapitalAtoms: 500 * USDC, nextAtMicros: venue.state.timeMicros + HOUR * 1e6 },
    ]);
    post(venue, provider, { capital: 2_000 });
    expect(venue.events(events.backstopPosted)).toMatchObject([
      { capitalAtoms: 2_000 * USDC, nextCapitalAtoms: 2_000 * USDC, nextAtMicros: 0 },
    ]);
  });
});
