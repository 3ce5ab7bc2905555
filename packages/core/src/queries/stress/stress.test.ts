import { cancelOrder, executeBorrowLend, ReceiptKind } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../../codec/snapshot.ts';
import { accountIsLiquidating } from '../../ledger/accounts.ts';
import { fallenVenue, poorPerson, trade } from '../../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';
import { answerQuery } from '../answer-query.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const BTC = SmallAsset.BTC;

/** One BTC long on little money, and bids below. */
function oneLong(): { venue: TestVenue; rich: Person; long: Person } {
  const { venue, rich } = fallenVenue();
  const long = poorPerson(venue, 2, 3_100);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  venue.place(rich, PERP, 'bid', 30_000, 599_000);
  venue.place(rich, PERP, 'bid', 50_000, 598_000);
  return { venue, rich, long };
}

const ETH_PERP = SmallMarket.ETH_USDC_PERP;

/** BTC and ETH, a debt of SOL, long of BTC and of ETH, and bids below in four markets. */
function mixedAccount() {
  const { venue, rich } = fallenVenue();
  venue.deposit(rich, SmallAsset.SOL, 100_000e8);
  const mixed = poorPerson(venue, 2, 2_000);
  venue.deposit(mixed, BTC, 0.2e8);
  venue.deposit(mixed, SmallAsset.ETH, 3e8);
  expect(venue.as(mixed, executeBorrowLend, { asset: SmallAsset.SOL, side: 0, quantityAtoms: 40e8 }).rejectCode).toBe(0);
  trade(venue, PERP, mixed, rich, 80_000, 600_000);
  const { price } = venue.state.markets[ETH_PERP]!;
  trade(venue, ETH_PERP, mixed, rich, 50_000, price.markTicks);
  expect([venue.size(mixed, PERP), venue.size(mixed, ETH_PERP)]).toEqual([80_000, 50_000]);
  layBids(venue, rich, {});
  venue.live(1);
  return { venue, rich, mixed };
}

const BIDS = [
  { market: PERP, lots: 20_000 },
  { market: ETH_PERP, lots: 20_000 },
  { market: SmallMarket.BTC_USDC, lots: 2_000 },
  { market: SmallMarket.ETH_USDC, lots: 5_000 },
] as const;

/** The bids of the beginning, moved with their prices, as makers lay them again each second. */
function layBids(venue: TestVenue, rich: Person, factors: Readonly<Record<number, number>>): void {
  for (const { market, lots } of BIDS) {
    const { base, tickSize } = venue.state.markets[market]!;
    for (const order of answerQuery(venue.state, 'openOrders', { account: rich.account, market }))
      venue.as(rich, cancelOrder, { market, orderId: order.orderId });
    const first = Math.round(((base === BTC ? 60_000 : 3_000) * 0.999) / tickSize);
    venue.place(rich, market, 'bid', lots, Math.floor(first * (factors[base] ?? 1)), { isPostOnly: 1 });
  }
}

const ask = (venue: TestVenue, person: Person, move: number, seconds = 1) =>
  answerQuery(venue.state, 'stress', { account: person.account, shocks: [{ asset: BTC, move }], seconds });

describe('a stress trial', () => {
  it('changes nothing of the venue', () => {
    const { venue, long } = oneLong();
    const before = Buffer.from(writeSnapshot(venue.state));
    const words = venue.state.out.length;
    ask(venue, long, -0.3);
    expect(Buffer.from(writeSnapshot(venue.state)).equals(before)).toBe(true);
    expect(venue.state.out.length).toBe(words);
    venue.live(15);
    expect(venue.audit()).toEqual([]);
  });

  it('begins with the account as it is, and leaves one alone that the move does not reach', () => {
    const { venue, long } = oneLong();
    const answer = ask(venue, long, -0.01);
    const health = venue.health(long);
    expect(answer.before.netEquity).toBeCloseTo(health.netEquity, 6);
    expect(answer.before.maintenanceMargin).toBeCloseTo(health.maintenanceMargin, 6);
    expect(answer.steps).toEqual([]);
    expect(answer.firstLiquidationSecond).toBe(-1);
    expect(answer.positions).toEqual([{ market: PERP, sizeLots: 100_000 }]);
    expect(answer.after.netEquity).toBeCloseTo(health.netEquity - 600, -1);
  });

  it('says what would be liquidated, at which prices and cost, as the engine then does', () => {
    const { venue, rich, long } = oneLong();
    const answer = ask(venue, long, -0.05, 10);
    expect(answer.steps[0]).toMatchObject({ kind: ReceiptKind.OrderCancel, stage: 0 });
    expect(answer.steps.some(({ kind }) => kind === ReceiptKind.BookSlice)).toBe(true);
    expect(answer.after.isLiquidating).toBe(false);
    // The same in the venue: the index falls in ten seconds, and makers lay their bids again around it each second.
    let second = 0;
    let flaggedAt = -1;
    for (; second < answer.seconds; second += 1) {
      const factor = 1 - 0.05 * Math.min(1, (second + 1) / 10);
      venue.usd[BTC] = 60_000 * factor;
      for (const order of answerQuery(venue.state, 'openOrders', { account: rich.account, market: PERP }))
        cancel(venue, rich, order.orderId);
      venue.place(rich, PERP, 'bid', 30_000, Math.floor(599_000 * factor), { isPostOnly: 1 });
      venue.place(rich, PERP, 'bid', 50_000, Math.floor(598_000 * factor), { isPostOnly: 1 });
      venue.live(1);
      if (flaggedAt < 0 && (accountIsLiquidating(venue.state.accounts, long.account) === 1 || venue.size(long, PERP) < 100_000))
        flaggedAt = second + 1;
    }
    expect(answer.firstLiquidationSecond).toBe(flaggedAt);
    expect(answer.positions).toEqual(venue.size(long, PERP) === 0 ? [] : [{ market: PERP, sizeLots: venue.size(long, PERP) }]);
    expect(answer.after.netEquity).toBeCloseTo(venue.health(long).netEquity, 2);
  });

  it('foretells an account with coins, a debt and two positions, when two prices move', () => {
    const { venue, rich, mixed } = mixedAccount();
    const shocks = [
      { asset: BTC, move: -0.3 },
      { asset: SmallAsset.ETH, move: -0.5 },
    ];
    const answer = answerQuery(venue.state, 'stress', { account: mixed.account, shocks, seconds: 20 });
    let flaggedAt = -1;
    for (let second = 0; second < answer.seconds; second += 1) {
      const share = Math.min(1, (second + 1) / 20);
      venue.usd[BTC] = 60_000 * (1 - 0.3 * share);
      venue.usd[SmallAsset.ETH] = 3_000 * (1 - 0.5 * share);
      layBids(venue, rich, { [BTC]: 1 - 0.3 * share, [SmallAsset.ETH]: 1 - 0.5 * share });
      venue.live(1);
      if (flaggedAt < 0 && venue.state.liquidation.opened > 0) flaggedAt = second + 1;
    }
    expect(new Set(answer.steps.map(({ kind }) => kind)).size).toBeGreaterThan(2);
    expect(answer.firstLiquidationSecond).toBe(flaggedAt);
    expect(answer.positions).toEqual(
      [PERP, ETH_PERP].map((market) => ({ market, sizeLots: venue.size(mixed, market) })).filter(({ sizeLots }) => sizeLots !== 0),
    );
    for (const { asset, netAtoms } of answer.holdings) {
      const usd = ((netAtoms - venue.net(mixed, asset)) / venue.state.assets[asset]!.unitAtoms) * venue.usd[asset]!;
      expect([asset, Math.abs(usd) < 1]).toEqual([asset, true]);
    }
    expect(answer.after.isLiquidating).toBe(accountIsLiquidating(venue.state.accounts, mixed.account) === 1);
    expect(Math.abs(answer.after.netEquity - venue.health(mixed).netEquity)).toBeLessThan(1);
  });

  it('goes past the book to the fund and deleveraging when a move leaves nothing', () => {
    const { venue, long } = oneLong();
    const answer = ask(venue, long, -0.5);
    expect(answer.positions).toEqual([]);
    expect(answer.steps.at(-1)?.stage).toBeGreaterThanOrEqual(2);
  });

  it('takes a bounded time', () => {
    const { venue, long } = oneLong();
    ask(venue, long, -0.3);
    const startedMs = performance.now();
    const answer = ask(venue, long, -0.3, 600);
    expect(answer.seconds).toBeLessThanOrEqual(1_500);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});

function cancel(venue: TestVenue, person: Person, orderId: number): void {
  venue.as(person, cancelOrder, { market: PERP, orderId });
}
