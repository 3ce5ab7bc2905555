/** INV-10: one journal gives one state and one stream of events, from the start or from any snapshot, asked or not, told or not. */
import { commands, encodeRecord, type Fields, type RecordSchema, recordWords, Side, Tristate } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSnapshot, writeSnapshot } from '../codec/snapshot.ts';
import { createState } from '../create-state.ts';
import { apply } from '../engine.ts';
import { answerQuery } from '../queries/answer-query.ts';
import type { State } from '../state.ts';
import { type QuoteRow, quoteBytes } from '../testing/price-feed.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { type Answered, type Person, TestVenue } from '../testing/test-venue.ts';

interface Entry {
  timeMicros: number;
  words: Float64Array;
}

/** A venue that keeps its journal. */
class WritingVenue extends TestVenue {
  journal: Entry[] = [];

  override sendOne<T extends Fields>(schema: RecordSchema<T>, fields: Partial<T>, timeMicros = this.state.timeMicros): Answered {
    const words = new Float64Array(4_096);
    encodeRecord(schema, { ...schema.defaults, ...fields }, words, 0);
    // The first command comes from the constructor, before there is a journal.
    if (this.journal !== undefined) this.journal.push({ timeMicros, words: words.slice(0, recordWords(words, 0)) });
    return super.sendOne(schema, fields, timeMicros);
  }
}

interface Act {
  who: number;
  kind: 'place' | 'cancel' | 'lend' | 'move' | 'tick';
  market: number;
  isBid: boolean;
  size: number;
  away: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom('place', 'place', 'place', 'place', 'cancel', 'lend', 'move', 'tick'),
  market: fc.constantFrom(0, 4, 6),
  isBid: fc.boolean(),
  size: fc.integer({ min: 1, max: 100_000 }),
  away: fc.integer({ min: -40, max: 40 }),
});

function perform(venue: TestVenue, people: Person[], { who, kind, market, isBid, size, away }: Act): void {
  const header = venue.signedBy(people[who]!);
  if (kind === 'place') {
    const ticks = venue.state.markets[market]!.price.markTicks + away;
    venue.sendOne(commands.placeOrder, {
      ...header,
      market,
      side: isBid ? Side.Bid : Side.Ask,
      priceTicks: ticks,
      quantityLots: size,
      autoBorrow: market === 0 && size % 2 === 0 ? Tristate.Yes : 0,
    });
  }
  if (kind === 'cancel') venue.sendOne(commands.cancelAllOrders, { ...header, market });
  if (kind === 'lend')
    venue.sendOne(commands.executeBorrowLend, { ...header, asset: market === 0 ? 0 : 2, side: isBid ? 1 : 0, quantityAtoms: size * 1_000 });
  if (kind === 'move')
    venue.sendOne(commands.requestWithdrawal, {
      ...header,
      asset: 0,
      quantityAtoms: size * 1_000,
      address: new Uint8Array(3).fill(65),
      blockchain: new Uint8Array(3).fill(66),
    });
  if (kind === 'tick') second(venue, away);
}

function second(venue: TestVenue, away: number): void {
  venue.runSystemWork();
  venue.usd[2] = venue.usd[2]! + away * 5;
  const time = (venue.state.tickSecond + 5) * 1e6;
  const rows = venue.usd.flatMap((price, asset) => [0, 1, 2, 3].map((source): QuoteRow => [source, asset, price, price, price, time]));
  venue.sendOne(commands.prices, { quotes: quoteBytes(rows) }, time);
  venue.sendOne(commands.tick, { second: time / 1e6 }, time);
}

/** Applies what was written; returns every event as numbers. */
function replay(state: State, journal: readonly Entry[], between: (state: State, at: number) => void = () => undefined): number[] {
  const told: number[] = [];
  for (const [at, { timeMicros, words }] of journal.entries()) {
    apply(state, state.seq + 1, timeMicros, words, 0);
    for (let word = 0; word < state.out.length; word += 1) told.push(state.out.words[word]!);
    between(state, at);
  }
  return told;
}

function ask(state: State): void {
  for (const account of [3, 4, 5]) {
    answerQuery(state, 'margin', { account });
    answerQuery(state, 'positions', { account });
    answerQuery(state, 'maxBorrow', { account, asset: 2 });
    answerQuery(state, 'maxOrder', {
      account,
      market: 4,
      side: 0,
      priceTicks: 0,
      isReduceOnly: false,
      autoBorrow: false,
      autoLendRedeem: true,
    });
    answerQuery(state, 'maxWithdrawal', { account, asset: 0, autoBorrow: true, autoLendRedeem: true });
  }
  answerQuery(state, 'pools', {});
  answerQuery(state, 'audit', {});
}

function written(acts: readonly Act[]): { genesis: ReturnType<typeof smallGenesis>; start: Uint8Array; journal: Entry[]; end: Uint8Array } {
  const genesis = smallGenesis();
  genesis.limits.settleSliceAccounts = 2;
  const venue = new WritingVenue(genesis);
  const people = [venue.person(1), venue.person(2), venue.person(3)];
  // Totals beyond what a double holds exactly: there folding early and late round differently.
  venue.deposit(venue.person(4), 2, 8e15);
  venue.deposit(venue.person(5), 2, 8e15 + 1);
  const start = writeSnapshot(venue.state);
  venue.journal = [];
  for (const one of acts) perform(venue, people, one);
  venue.runSystemWork();
  return { genesis, start, journal: venue.journal, end: writeSnapshot(venue.state) };
}

function from(genesis: ReturnType<typeof smallGenesis>, bytes: Uint8Array): State {
  const state = createState(genesis);
  restoreSnapshot(state, bytes);
  return state;
}

describe('a replay', () => {
  it('gives the same bytes and the same events: straight, from a snapshot in the middle, with questions, without telling', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), fc.nat(), (acts, cut) => {
        const { genesis, start, journal, end } = written(acts);
        const at = cut % (journal.length + 1);
        const straight = from(genesis, start);
        const told = replay(straight, journal);
        expect(Buffer.compare(writeSnapshot(straight), end)).toBe(0);

        const first = from(genesis, start);
        const before = replay(first, journal.slice(0, at));
        const second = from(genesis, writeSnapshot(first));
        expect([...before, ...replay(second, journal.slice(at))]).toEqual(told);
        expect(Buffer.compare(writeSnapshot(second), end)).toBe(0);

        const asked = from(genesis, start);
        expect(replay(asked, journal, ask)).toEqual(told);
        expect(Buffer.compare(writeSnapshot(asked), end)).toBe(0);

        const silent = from(genesis, start);
        silent.out.isOn = false;
        expect(replay(silent, journal)).toEqual([]);
        expect(Buffer.compare(writeSnapshot(silent), end)).toBe(0);
      }),
      { numRuns: 25, seed: 20_260_103, endOnFailure: true },
    );
  });
});
