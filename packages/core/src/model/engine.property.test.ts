/**
 * The engine against the plain venue: after every command the same answer, fills, balances to the atom, holds, positions,
 * open orders, fees and flags, and no invariant broken. `MOCHILA_FUZZ_RUNS` multiplies the runs.
 */
import { commands } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../codec/snapshot.ts';
import { SmallAsset, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';
import { cancelAllBoth, cancelBoth, moveBoth, placeBoth, tickBoth, workBoth } from './acts.ts';
import { MARKETS, type Pair, pairOf } from './pair.ts';
import { healthOf } from './plain-health.ts';
import { accountOf, type PlainOrder, type PlainTrigger } from './plain-venue.ts';

const MULTIPLIER = Math.max(1, Number(process.env['MOCHILA_FUZZ_RUNS'] ?? '1'));
/** What the runs must have met, or they prove little. */
const OFTEN = [
  'fill',
  'accountSettled',
  'triggerPlaced',
  'triggerFailed',
  'orderModified',
  'accountFlagged',
  'insufficientFunds',
  'insufficientMargin',
  'reduceOnlyNotReduced',
  'priceOutsideBand',
  'bookLimitOnly',
  'FillOrKill',
  'ImmediateOrCancel',
  'PostOnlyTaker',
  'SelfTradePrevention',
  'StopWithoutPosition',
  'PriceImpact',
  'PriceOutOfBounds',
  'InsufficientFunds',
  'ReduceOnlyNotReduced',
];
const PEOPLE = 5;
const LOTS_SMALL = 150_000;
const LOTS_LARGE = 25_000_000;

function begin(secondsBefore: number): { venue: TestVenue; people: Person[] } {
  const genesis = smallGenesis();
  genesis.limits.settleSliceAccounts = 2;
  genesis.account.borrowLimitUsd = 1e9;
  genesis.account.positionLimitUsd = 1e9;
  for (const market of genesis.markets) if (market.perp !== null) market.perp.openInterestLimitUsd = 1e10;
  const venue = new TestVenue(genesis);
  const first = venue.person(1);
  const people = [first, venue.subaccount(first, 2), venue.person(3), venue.person(4), venue.person(5)];
  const lender = venue.person(6);
  venue.deposit(people[1]!, SmallAsset.USDC, 20_000e6);
  venue.deposit(lender, SmallAsset.USDC, 1_000_000_000e6);
  venue.deposit(lender, SmallAsset.BTC, 100_000e8);
  venue.as(people[3]!, commands.updateAccount, { autoLend: 0 });
  venue.as(people[4]!, commands.updateAccount, { leverageLimit: 50 });
  // Two of them trade on little money, so that margins matter.
  for (const person of [first, people[2]!])
    for (const [asset, atoms] of [
      [0, 60_000e6],
      [2, 2e8],
      [3, 20e8],
      [4, 500e8],
    ] as const)
      withdraw(venue, person, asset, atoms);
  venue.live(secondsBefore);
  return { venue, people };
}

function withdraw(venue: TestVenue, person: Person, asset: number, quantityAtoms: number): void {
  const text = new TextEncoder().encode('anywhere');
  const answer = venue.as(person, commands.requestWithdrawal, { asset, quantityAtoms, feeAtoms: 0, address: text, blockchain: text });
  expect(answer.rejectCode).toBe(0);
}

type Step =
  | { kind: 'place'; who: number; order: OrderSeed }
  | { kind: 'cancel'; at: number }
  | { kind: 'cancelAll'; who: number; market: number }
  | { kind: 'move'; from: number; to: number; asset: number; part: number }
  | { kind: 'work' }
  | { kind: 'tick'; move: number; times: number };

interface OrderSeed {
  market: number;
  isBid: boolean;
  isMarket: boolean;
  isQuote: boolean;
  timeInForce: 'GTC' | 'IOC' | 'FOK';
  selfTrade: 'taker' | 'maker' | 'both';
  special: 'none' | 'post' | 'reduce' | 'trigger' | 'stop' | 'percent' | 'attached' | 'borrow';
  offset: number;
  lots: number;
}

const seed: fc.Arbitrary<OrderSeed> = fc.record({
  market: fc.constantFrom(...MARKETS, 4),
  isBid: fc.boolean(),
  isMarket: fc.constantFrom(true, false, false, false),
  isQuote: fc.boolean(),
  timeInForce: fc.constantFrom('GTC', 'GTC', 'GTC', 'GTC', 'GTC', 'IOC', 'FOK'),
  selfTrade: fc.constantFrom('taker', 'maker', 'both'),
  special: fc.constantFrom(
    'none',
    'none',
    'none',
    'none',
    'none',
    'post',
    'reduce',
    'reduce',
    'reduce',
    'trigger',
    'stop',
    'percent',
    'attached',
    'borrow',
    'borrow',
  ),
  offset: fc.constantFrom(-100_000, -7_000, -3_000, -1_000, -100, -10, -1, 0, 0, 1, 10, 100, 1_000, 3_000, 7_000, 160_000),
  lots: fc.oneof(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: LOTS_SMALL }),
    fc.integer({ min: LOTS_SMALL, max: 30_000_000 }),
    fc.integer({ min: LOTS_SMALL, max: 30_000_000 }),
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('place' as const), who: fc.nat(PEOPLE - 1), order: seed }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), at: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cancelAll' as const), who: fc.nat(PEOPLE - 1), market: fc.constantFrom(...MARKETS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      from: fc.nat(1),
      to: fc.nat(1),
      asset: fc.constantFrom(0, 2),
      part: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('work' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      move: fc.constantFrom(-600, -300, -10, 0, 0, 10, 300, 600),
      times: fc.constantFrom(1, 1, 1, 4, 12),
    }),
  },
);

/** A seed as an order of good shape around the mark of now. */
function orderOf(pair: Pair, who: number, from: OrderSeed): PlainOrder {
  const market = pair.plain.markets.find((one) => one.ix === from.market)!;
  const around = Math.max(1, market.markTicks + from.offset);
  const isPerp = !market.isSpot;
  const isPost = from.special === 'post';
  const isMarket = from.isMarket && !isPost;
  const trigger = triggerOf(from, isPerp, around);
  const isQuote = isMarket && from.isQuote && trigger === null;
  const lots = lotsOf(pair, who, from);
  if (trigger !== null && trigger.ppm === 0) trigger.lots = lots;
  const isReduceOnly = isPerp && (from.special === 'reduce' || from.special === 'stop' || from.special === 'percent');
  // Most of those that reduce are on the side that can.
  const size = accountOf(pair.plain, pair.people[who]!.account).size[from.market]!;
  const isBid = isReduceOnly && size !== 0 && from.lots % 8 > 0 ? size < 0 : from.isBid;
  const isAttached = isPerp && from.special === 'attached';
  const away = (ticks: number) => (isAttached ? (isMarket ? market.markTicks : around) + (from.isBid ? ticks : -ticks) : 0);
  return {
    id: 0,
    account: 0,
    market: from.market,
    isBid,
    isMarket,
    timeInForce: isPost ? 'GTC' : isMarket && from.timeInForce === 'GTC' ? 'IOC' : from.timeInForce,
    // Whose own orders a fill-or-kill would end is judged before they end.
    selfTrade: from.timeInForce === 'FOK' ? 'taker' : from.selfTrade,
    isPostOnly: isPost,
    isReduceOnly,
    isAsked: false,
    autoBorrow: market.isSpot && from.special === 'borrow',
    ticks: isMarket ? 0 : around,
    lots: isQuote ? 0 : lots,
    quote: isQuote ? lots * market.markTicks + 17 : 0,
    total: isQuote ? 0 : lots,
    executedLots: 0,
    executedQuote: 0,
    isResting: false,
    restedAt: 0,
    trigger,
    takeProfit: away(3_500),
    stopLoss: away(-3_500),
    parent: null,
  };
}

/** Small sizes as they are; large ones as a part of what the account's equity carries. */
function lotsOf(pair: Pair, who: number, from: OrderSeed): number {
  if (from.lots <= LOTS_SMALL) return from.lots;
  const market = pair.plain.markets.find((one) => one.ix === from.market)!;
  const account = accountOf(pair.plain, pair.people[who]!.account);
  const { equity } = healthOf(pair.plain, account.ix, 'placing');
  const most = (Math.max(0, equity) * (market.isSpot ? 1 : account.leverage)) / (market.markTicks * market.tickSize * market.lotSize);
  return Math.max(1, Math.floor((most * from.lots) / LOTS_LARGE));
}

function triggerOf(from: OrderSeed, isPerp: boolean, ticks: number): PlainTrigger | null {
  const by = (['mark', 'last', 'index'] as const)[from.lots % 3]!;
  if (from.special === 'trigger' || from.special === 'stop') return { by, ticks, isAbove: false, lots: 0, ppm: 0 };
  return from.special === 'percent' && isPerp ? { by, ticks, isAbove: false, lots: 0, ppm: 1 + (from.lots % 1_000_000) } : null;
}

function take(pair: Pair, one: Step): void {
  if (one.kind === 'place') placeBoth(pair, one.who, orderOf(pair, one.who, one.order));
  if (one.kind === 'cancel') cancelBoth(pair, one.at);
  if (one.kind === 'cancelAll') cancelAllBoth(pair, one.who, one.market);
  if (one.kind === 'move') moveBoth(pair, one.from, one.to, one.asset, Math.ceil((one.asset === 0 ? 1_000e6 : 0.02e8) * one.part));
  if (one.kind === 'work') workBoth(pair);
  if (one.kind === 'tick') for (let at = 0; at < one.times; at += 1) second(pair, one.move);
}

/** The sequencer owes an open epoch its slices before the second that would open another. */
function second(pair: Pair, move: number): void {
  if (pair.venue.state.tickSecond % 10 === 9) while (workBoth(pair));
  tickBoth(pair, pair.venue.usd[2]! + move);
}

function play(start: { venue: TestVenue; people: Person[] }, bytes: Uint8Array, steps: readonly Step[], seen: Map<string, number>): void {
  const pair = pairOf(TestVenue.restored(start.venue, bytes), start.people, seen);
  for (const one of [...opening(), ...steps]) take(pair, one);
  while (workBoth(pair));
}

/** Quotes on both sides of both books, so that takers meet somebody. */
function opening(): Step[] {
  const quote = (who: number, market: number, isBid: boolean, offset: number, lots: number): Step => ({
    kind: 'place',
    who,
    order: { market, isBid, offset, lots, isMarket: false, isQuote: false, timeInForce: 'GTC', selfTrade: 'taker', special: 'none' },
  });
  return [10, 1_000, 5_000].flatMap((away, at) =>
    MARKETS.flatMap((market) => [quote(2 + at, market, true, -away, 3_000_000), quote(4 - at, market, false, away, 3_000_000)]),
  );
}

describe('the engine against the plain venue', () => {
  it(
    'agrees on every command',
    () => {
      const start = begin(3);
      const bytes = writeSnapshot(start.venue.state);
      const seen = new Map<string, number>();
      fc.assert(
        fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => play(start, bytes, steps, seen)),
        { numRuns: 300 * MULTIPLIER, seed: 20_260_101, endOnFailure: true },
      );
      expect([...seen.keys()]).toEqual(expect.arrayContaining([...OFTEN, 'liquidation', 'forcedTransfer']));
    },
    120_000 * MULTIPLIER,
  );

  it(
    'agrees at the turn of an hour, with funding after the settlement',
    () => {
      const start = begin(3_590);
      const bytes = writeSnapshot(start.venue.state);
      const seen = new Map<string, number>();
      fc.assert(
        fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), (steps) => play(start, bytes, steps, seen)),
        { numRuns: 40 * MULTIPLIER, seed: 20_260_102, endOnFailure: true },
      );
      expect([...seen.keys()]).toEqual(expect.arrayContaining([...OFTEN, 'fundingPaid']));
    },
    120_000 * MULTIPLIER,
  );

  it.each([
    ['the fund sells an asset that people only own', 3_590, [60, 120], { seed: -1_833_568_177, path: '4' }, 'fundOrder'],
    ['the fund has orders while people cancel theirs', 3, [20, 200], { seed: 1_956_196_585, path: '833' }, 'fundOrder'],
    ['the rest of a quote would be a lot at the price behind', 3, [20, 200], { seed: -733_589_825, path: '1374' }, 'fill'],
  ] as const)('agrees where %s', (_what, secondsBefore, [minLength, maxLength], found, met) => {
    const start = begin(secondsBefore);
    const bytes = writeSnapshot(start.venue.state);
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength, maxLength }), (steps) => play(start, bytes, steps, seen)),
      { ...found, numRuns: 1, endOnFailure: true },
    );
    expect([...seen.keys()]).toContain(met);
  });
});
