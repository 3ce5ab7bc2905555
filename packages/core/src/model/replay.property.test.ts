/** INV-10: one journal gives one state and one stream of events, from the start or from any snapshot, asked or not, told or not, foreseen or not. */
import { commands, encodeRecord, type Fields, type RecordSchema, recordWords, Side, Tristate, type UserHeader } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSnapshot, writeSnapshot } from '../codec/snapshot.ts';
import { createState } from '../create-state.ts';
import { apply } from '../engine.ts';
import { FORESEE_STEPS, foresee } from '../foresee.ts';
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
  kind: 'place' | 'cancel' | 'lend' | 'move' | 'tick' | 'stray';
  market: number;
  isBid: boolean;
  size: number;
  away: number;
  /** What a stray command names. */
  stray: number;
}

/** Rows that exist, rows that do not, ids of orders that ended or never were, and what is no row at all. */
const anyNumber = fc.oneof(fc.nat({ max: 12 }), fc.nat(), fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53 - 1, -(2 ** 40), Number.NaN));

const act: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom('place', 'place', 'place', 'place', 'cancel', 'lend', 'move', 'tick', 'stray', 'stray'),
  market: fc.constantFrom(0, 4, 6),
  isBid: fc.boolean(),
  size: fc.integer({ min: 1, max: 100_000 }),
  away: fc.integer({ min: -40, max: 40 }),
  stray: anyNumber,
});

function perform(venue: TestVenue, people: Person[], one: Act): void {
  const { who, kind, market, isBid, size, away } = one;
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
  if (kind === 'stray') sendStray(venue, header, one);
}

/** An order or a cancel that names what it should not: an account, a key, an order of somebody else or of nobody. */
function sendStray(venue: TestVenue, header: Partial<UserHeader>, { isBid, size, market, stray }: Act): void {
  const named = [{ ...header, account: stray }, { ...header, key: stray }, { ...header, keyGeneration: stray }, header][size % 4];
  if (isBid) venue.sendOne(commands.cancelOrder, { ...named, market, orderId: size % 4 === 3 ? stray : size });
  else venue.sendOne(commands.placeOrder, { ...named, market: size % 4 === 3 ? stray : market, quantityLots: size, priceTicks: stray });
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

/** Applies what was written, each batch looked ahead at before its first command. */
function replayForeseen(state: State, journal: readonly Entry[], sizes: readonly number[]): number[] {
  const told: number[] = [];
  for (let from = 0, turn = 0; from < journal.length; turn += 1) {
    const batch = journal.slice(from, from + sizes[turn % sizes.length]!);
    for (let step = 0; step < FORESEE_STEPS; step += 1) for (const { words } of batch) foresee(state, words, 0, step);
    for (const number of replay(state, batch)) told.push(number);
    from += batch.length;
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

/** Sizes of batches, in turn. */
const batches = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 6 });

describe('a replay', () => {
  it('gives the same bytes and the same events: straight, from a snapshot in the middle, with questions, without telling, foreseen in batches', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), fc.nat(), batches, (acts, cut, sizes) => {
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

        const foreseen = from(genesis, start);
        expect(replayForeseen(foreseen, journal, sizes)).toEqual(told);
        expect(Buffer.compare(writeSnapshot(foreseen), end)).toBe(0);
      }),
      { numRuns: 25, seed: 20_260_103, endOnFailure: true },
    );
  });
});
