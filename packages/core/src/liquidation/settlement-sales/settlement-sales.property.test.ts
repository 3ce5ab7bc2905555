/**
 * Accounts that want no settlement borrow to stay, among prices, books and own acts of every kind: after every command the
 * invariants hold, no slice sells more than the borrow asks for and a lot, and a replay ends in the same bytes.
 */
import { commands, events, OrderOrigin } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSnapshot, writeSnapshot } from '../../codec/snapshot.ts';
import { createState } from '../../create-state.ts';
import { apply } from '../../engine.ts';
import { accountIsLiquidating } from '../../ledger/accounts.ts';
import { fallenVenue, poorPerson, trade } from '../../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { Person, TestVenue } from '../../testing/test-venue.ts';
import { dueAtoms } from './run-sales.ts';

const { USDC, BTC, ETH } = SmallAsset;
const { BTC_USDC, ETH_USDC, ETH_USDC_PERP } = SmallMarket;
const text = new TextEncoder().encode('away');

type Step =
  | { kind: 'prices'; move: number; seconds: number }
  | { kind: 'bid'; market: number; lots: number; away: number }
  | { kind: 'setting'; who: number; isOn: boolean; field: 'autoBorrowSettlements' | 'autoRepayBorrows' }
  | { kind: 'borrow'; who: number; usd: number }
  | { kind: 'withdraw'; who: number; usd: number }
  | { kind: 'ask'; who: number; lots: number };

const who = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('prices' as const), move: fc.integer({ min: -250, max: 350 }), seconds: fc.constantFrom(1, 3, 12) }),
  fc.record({
    kind: fc.constant('bid' as const),
    market: fc.constantFrom(BTC_USDC, ETH_USDC),
    lots: fc.integer({ min: 1, max: 40_000 }),
    away: fc.nat(4_000),
  }),
  fc.record({
    kind: fc.constant('setting' as const),
    who,
    isOn: fc.boolean(),
    field: fc.constantFrom('autoBorrowSettlements' as const, 'autoRepayBorrows' as const),
  }),
  fc.record({ kind: fc.constant('borrow' as const), who, usd: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ kind: fc.constant('withdraw' as const), who, usd: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ kind: fc.constant('ask' as const), who, lots: fc.integer({ min: 1, max: 90_000 }) }),
);

interface Played {
  venue: TestVenue;
  rich: Person;
  people: Person[];
  records: { seq: number; time: number; words: Float64Array }[];
  sales: number;
}

function begin(): Played {
  const { venue, rich } = fallenVenue();
  const people = [2, 3, 4].map((tag) => poorPerson(venue, tag, 300 * (tag - 2)));
  people.forEach((person, at) => {
    venue.deposit(person, BTC, (at + 1) * 0.4e8);
    venue.deposit(person, ETH, at * 1e8);
    venue.as(person, commands.updateAccount, { autoBorrowSettlements: 0 });
    trade(venue, ETH_USDC_PERP, rich, person, 40_000 * (at + 1), 300_000);
  });
  return { venue, rich, people, records: [], sales: 0 };
}

/** Watches every command: sales of accounts outside liquidation are held against what was due before it. */
function watch(played: Played): void {
  const { venue, people } = played;
  const { sendOne } = venue;
  venue.sendOne = (schema, fields, timeMicros) => {
    const { accounts } = venue.state;
    const due = people.map(({ account }) => (accounts.saleRow[account]! < 0 ? 0 : dueAtoms(venue.state, account)));
    const calm = people.map(({ account }) => accountIsLiquidating(accounts, account) === 0);
    const answer = sendOne.call(venue, schema, fields, timeMicros);
    played.records.push({ seq: venue.state.seq, time: venue.state.timeMicros, words: venue.words.slice() });
    people.forEach((person, at) => {
      if (calm[at]) judge(played, person, due[at]!);
    });
    expect(venue.audit()).toEqual([]);
    return answer;
  };
}

function judge(played: Played, person: Person, due: number): void {
  const { venue } = played;
  const fills = venue.events(events.fill).filter((fill) => fill.takerAccount === person.account);
  const sold = fills.filter(({ origin }) => origin === OrderOrigin.CollateralConversion);
  if (sold.length === 0) return;
  played.sales += 1;
  expect(new Set(sold.map(({ market }) => market)).size).toBe(1);
  const brought = sold.map(({ market, quantityLots, priceTicks }) => quantityLots * priceTicks * venue.state.markets[market]!.k);
  const lot = Math.max(...sold.map(({ market, priceTicks }) => priceTicks * venue.state.markets[market]!.k));
  expect(brought.reduce((sum, atoms) => sum + atoms, 0)).toBeLessThan(due + lot);
}

function take({ venue, rich, people }: Played, next: Step): void {
  if (next.kind === 'prices') {
    for (let second = 0; second < next.seconds; second += 1) {
      venue.usd[ETH] = Math.max(1_000, venue.usd[ETH]! + next.move / next.seconds);
      venue.live(1);
    }
  } else if (next.kind === 'bid') {
    const { markTicks } = venue.state.markets[next.market]!.price;
    venue.place(rich, next.market, 'bid', next.lots, markTicks - next.away);
  } else {
    const person = people[next.who]!;
    if (next.kind === 'setting') venue.as(person, commands.updateAccount, { [next.field]: next.isOn ? 1 : 0 });
    else if (next.kind === 'borrow') venue.as(person, commands.executeBorrowLend, { asset: USDC, side: 0, quantityAtoms: next.usd * 1e6 });
    else if (next.kind === 'withdraw')
      venue.as(person, commands.requestWithdrawal, { asset: USDC, quantityAtoms: next.usd * 1e6, address: text, blockchain: text });
    else venue.place(person, BTC_USDC, 'ask', next.lots, 640_000);
  }
}

describe('sales for settlement borrows', () => {
  it('never sell more than is due and a lot, break no invariant and are the same again', () => {
    let sales = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 15, maxLength: 40 }), (steps) => {
        const played = begin();
        const snapshot = writeSnapshot(played.venue.state);
        watch(played);
        for (const next of steps) take(played, next);
        sales += played.sales;
        const again = createState(played.venue.state.genesis);
        restoreSnapshot(again, snapshot);
        for (const { seq, time, words } of played.records) apply(again, seq, time, words, 0);
        expect(Buffer.compare(writeSnapshot(again), writeSnapshot(played.venue.state))).toBe(0);
      }),
      { numRuns: 25, seed: 20_261_124, endOnFailure: true },
    );
    // Or the property said nothing.
    expect(sales).toBeGreaterThan(20);
  }, 120_000);
});
