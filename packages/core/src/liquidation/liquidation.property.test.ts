/**
 * Liquidations among people who trade, borrow, withdraw and post while prices fall and rise: after every command the
 * invariants hold, no slice lowers a margin fraction, and a replay from the middle ends in the same bytes.
 */
import { commands, events, OrderOrigin, rejects } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSnapshot, writeSnapshot } from '../codec/snapshot.ts';
import { createState } from '../create-state.ts';
import { apply } from '../engine.ts';
import { pendingSystemWork } from '../settlement/pending-system-work.ts';
import type { State } from '../state.ts';
import { fallenVenue, fractionOf, isFlagged, poorPerson } from '../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const SPOT = SmallMarket.BTC_USDC;
const ON_BOOK: readonly number[] = [OrderOrigin.LiquidationAutoclose, OrderOrigin.CollateralConversion];

type Step =
  | { kind: 'order'; who: number; market: number; isBid: boolean; lots: number; offset: number }
  | { kind: 'quote'; isBid: boolean; market: number; lots: number; offset: number }
  | { kind: 'borrow'; who: number; asset: number; usd: number }
  | { kind: 'withdraw'; who: number; usd: number }
  | { kind: 'prices'; move: number; seconds: number };

const market = fc.constantFrom(PERP, PERP, SPOT);
const offset = fc.integer({ min: -6_000, max: 6_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    who: fc.nat(3),
    market,
    isBid: fc.boolean(),
    lots: fc.integer({ min: 1, max: 120_000 }),
    offset,
  }),
  fc.record({
    kind: fc.constant('quote' as const),
    isBid: fc.boolean(),
    market,
    lots: fc.integer({ min: 1, max: 200_000 }),
    offset: fc.nat(5_000),
  }),
  fc.record({
    kind: fc.constant('borrow' as const),
    who: fc.nat(3),
    asset: fc.constantFrom(0, 2),
    usd: fc.integer({ min: 10, max: 3_000 }),
  }),
  fc.record({ kind: fc.constant('withdraw' as const), who: fc.nat(3), usd: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ kind: fc.constant('prices' as const), move: fc.integer({ min: -1_500, max: 1_200 }), seconds: fc.constantFrom(1, 2, 4, 9) }),
);

function begin(): { venue: TestVenue; rich: Person; people: Person[] } {
  const { venue, rich } = fallenVenue();
  const people = [2, 3, 4, 5].map((tag) => poorPerson(venue, tag, 800 * tag));
  venue.deposit(people[0]!, SmallAsset.BTC, 0.05e8);
  venue.as(people[1]!, commands.updateAccount, { leverageLimit: 50, autoLend: 0, autoRepayBorrows: 0 });
  venue.as(people[2]!, commands.updateAccount, { leverageLimit: 50 });
  for (const market of [PERP, SPOT])
    for (const away of [50, 500, 2_000]) {
      venue.place(rich, market, 'bid', 100_000, 600_000 - away);
      venue.place(rich, market, 'ask', 100_000, 600_000 + away);
    }
  // Three times long and once short, at 18 times their money.
  people.forEach((person, at) => {
    const isLong = at !== 3;
    venue.place(rich, PERP, isLong ? 'ask' : 'bid', 24_000 * (at + 2), 600_000 + (isLong ? 10 : -10));
    venue.place(person, PERP, isLong ? 'bid' : 'ask', 24_000 * (at + 2), 600_000 + (isLong ? 10 : -10));
  });
  return { venue, rich, people };
}

/** What was applied since a snapshot, to be applied again. */
interface Tape {
  records: { seq: number; time: number; words: Float64Array }[];
}

function play(steps: readonly Step[]): { slices: number } {
  const { venue, rich, people } = begin();
  const count = { slices: 0 };
  for (const next of steps) take(venue, rich, people, next, count);
  expect(venue.audit()).toEqual([]);
  return count;
}

function take(venue: TestVenue, rich: Person, people: Person[], next: Step, count: { slices: number }): void {
  const text = new TextEncoder().encode('out');
  if (next.kind === 'prices') {
    for (let second = 0; second < next.seconds; second += 1) {
      venue.usd[SmallAsset.BTC] = Math.max(20_000, venue.usd[SmallAsset.BTC]! + next.move / next.seconds);
      passSecond(venue, people, count);
    }
    return;
  }
  const markTicks = venue.state.markets[PERP]!.price.markTicks;
  if (next.kind === 'quote') {
    venue.place(rich, next.market, next.isBid ? 'bid' : 'ask', next.lots, markTicks + (next.isBid ? -next.offset : next.offset));
    return;
  }
  const person = people[next.who]!;
  const wasFlagged = isFlagged(venue, person);
  let answered = { rejectCode: 0 };
  if (next.kind === 'order') answered = venue.place(person, next.market, next.isBid ? 'bid' : 'ask', next.lots, markTicks + next.offset);
  else if (next.kind === 'borrow') {
    const { unitAtoms } = venue.state.assets[next.asset]!;
    const quantityAtoms = Math.round((next.usd / venue.usd[next.asset]!) * unitAtoms);
    answered = venue.as(person, commands.executeBorrowLend, { asset: next.asset, side: 0, quantityAtoms });
  } else
    answered = venue.as(person, commands.requestWithdrawal, { asset: 0, quantityAtoms: next.usd * 1e6, address: text, blockchain: text });
  if (wasFlagged && next.kind === 'withdraw') expect(answered.rejectCode).toBe(rejects.userLiquidating.code);
}

/** A second, its system work one command at a time: an account whose turn was all on the book is not worse off by it. */
function passSecond(venue: TestVenue, people: Person[], count: { slices: number }): void {
  const { runSystemWork } = venue;
  venue.runSystemWork = () => {
    for (let work = pendingSystemWork(venue.state); work !== null; work = pendingSystemWork(venue.state)) {
      if (work.kind === 'settleSlice')
        venue.sendOne(commands.settleSlice, { epoch: work.epoch, fromAccount: work.fromAccount, toAccount: work.toAccount });
      else if (work.kind === 'fireTriggers') venue.sendOne(commands.fireTriggers, { round: work.round });
      else {
        const before = people.map((person) => fractionOf(venue, person));
        venue.sendOne(commands.liquidate, { second: work.second, round: work.round });
        judge(venue, people, before, count);
      }
      expect(venue.audit()).toEqual([]);
    }
  };
  venue.live(1);
  venue.runSystemWork = runSystemWork;
}

function judge(venue: TestVenue, people: Person[], before: number[], count: { slices: number }): void {
  const fills = venue.events(events.fill);
  people.forEach((person, at) => {
    const own = fills.filter((fill) => fill.takerAccount === person.account || fill.makerAccount === person.account);
    const isBookOnly = own.every((fill) => fill.takerAccount === person.account && ON_BOOK.includes(fill.origin));
    if (own.length === 0 || !isBookOnly || venue.events(events.backstopTaken).some(({ account }) => account === person.account)) return;
    count.slices += own.length;
    expect(fractionOf(venue, person)).toBeGreaterThanOrEqual(before[at]! * (1 - 1e-9));
  });
}

/** Records every command from now on. */
function record(venue: TestVenue): Tape {
  const tape: Tape = { records: [] };
  const { sendOne } = venue;
  venue.sendOne = (schema, fields, timeMicros) => {
    const answer = sendOne.call(venue, schema, fields, timeMicros);
    tape.records.push({ seq: venue.state.seq, time: venue.state.timeMicros, words: venue.words.slice() });
    return answer;
  };
  return tape;
}

describe('liquidations among people', () => {
  it('break no invariant, lower no margin fraction on the book, and let nothing out', () => {
    let slices = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 70 }), (steps) => {
        slices += play(steps).slices;
      }),
      { numRuns: 100, seed: 20_261_123, endOnFailure: true },
    );
    // Or the property said nothing.
    expect(slices).toBeGreaterThan(20);
  }, 60_000);

  it('are the same from a snapshot in the middle', () => {
    const { venue, rich, people } = begin();
    const count = { slices: 0 };
    take(venue, rich, people, { kind: 'prices', move: -2_000, seconds: 8 }, count);
    const middle = writeSnapshot(venue.state);
    const tape = record(venue);
    take(venue, rich, people, { kind: 'prices', move: -3_000, seconds: 12 }, count);
    take(venue, rich, people, { kind: 'quote', isBid: true, market: PERP, lots: 150_000, offset: 300 }, count);
    take(venue, rich, people, { kind: 'prices', move: -1_500, seconds: 12 }, count);
    expect(venue.state.liquidation.opened).toBeGreaterThan(0);
    const again: State = createState(venue.state.genesis);
    restoreSnapshot(again, middle);
    for (const { seq, time, words } of tape.records) apply(again, seq, time, words, 0);
    expect(Buffer.compare(writeSnapshot(again), writeSnapshot(venue.state))).toBe(0);
  });
});
