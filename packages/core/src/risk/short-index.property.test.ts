/**
 * The index against full scans: over random prices, books, orders, transfers, borrows, interest, losses of lenders and parameters no
 * account is below maintenance without its flag, every second; and a small move makes it look at few. Prices are led to where an
 * account is about to be short, since anywhere else an index that errs is never found out.
 */
import { BorrowLendSource, commands } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountIsLiquidating } from '../ledger/accounts.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { lendersLose } from '../lending/lenders-lose.ts';
import { foldPool } from '../lending/pool-totals.ts';
import { actIn } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';
import { auditFlags } from './flag.ts';

const PERPS = [
  { market: SmallMarket.BTC_USDC_PERP, asset: SmallAsset.BTC },
  { market: SmallMarket.ETH_USDC_PERP, asset: SmallAsset.ETH },
  { market: SmallMarket.SOL_USDC_PERP, asset: SmallAsset.SOL },
];

const PEOPLE = 6;

type Step =
  | { kind: 'trade'; who: number; perp: number; isBid: boolean; usd: number }
  | { kind: 'borrow'; who: number; asset: number; usd: number }
  | { kind: 'most'; who: number; perp: number; isBid: boolean }
  | { kind: 'move'; from: number; to: number; usd: number }
  | { kind: 'parameters'; perp: number; mmf: number }
  | { kind: 'loss'; asset: number; ppm: number }
  | { kind: 'prices'; moves: number[]; seconds: number }
  | { kind: 'edge'; who: number; choice: number; share: number }
  | { kind: 'book'; perp: number; bp: number; seconds: number }
  | { kind: 'hours'; hours: number };

const who = fc.nat(PEOPLE - 1);
const trading = fc.record({
  kind: fc.constant('trade' as const),
  who,
  perp: fc.nat(2),
  isBid: fc.boolean(),
  usd: fc.integer({ min: 2_000, max: 40_000 }),
});
const edge = fc.record({
  kind: fc.constant('edge' as const),
  who,
  choice: fc.nat(3),
  share: fc.integer({ min: 700, max: 1_050 }),
});
const changing = fc.record({
  kind: fc.constant('parameters' as const),
  perp: fc.nat(2),
  mmf: fc.constantFrom(110, 125, 150, 180),
});
const most = fc.record({ kind: fc.constant('most' as const), who, perp: fc.nat(2), isBid: fc.boolean() });
const step: fc.Arbitrary<Step> = fc.oneof(
  trading,
  trading,
  most,
  most,
  edge,
  edge,
  edge,
  fc.record({
    kind: fc.constant('book' as const),
    perp: fc.nat(2),
    bp: fc.integer({ min: -90, max: 90 }),
    seconds: fc.constantFrom(5, 20, 60),
  }),
  fc.record({ kind: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 24 }) }),
  fc.record({ kind: fc.constant('borrow' as const), who, asset: fc.integer({ min: 0, max: 4 }), usd: fc.integer({ min: 10, max: 4_000 }) }),
  fc.record({ kind: fc.constant('move' as const), from: who, to: who, usd: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ kind: fc.constant('loss' as const), asset: fc.constantFrom(0, 0, 2), ppm: fc.integer({ min: 1, max: 40_000 }) }),
  changing,
  changing,
  fc.record({
    kind: fc.constant('prices' as const),
    moves: fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 3, maxLength: 3 }),
    seconds: fc.constantFrom(1, 2, 5, 10, 30),
  }),
);

function begin(): { venue: TestVenue; people: Person[]; house: Person } {
  const genesis = smallGenesis();
  genesis.settleEverySeconds = 5;
  // A fill at the mark moves no cash then: what changes is the position alone. And interest is dear.
  genesis.feeTiers = [{ volumeUsd: 0, spotMakerPpm: 0, spotTakerPpm: 0, perpMakerPpm: 0, perpTakerPpm: 0 }];
  for (const { pool } of genesis.assets) if (pool !== null) Object.assign(pool, { rMin: 0.5, rOpt: 1, rMax: 2 });
  const venue = new TestVenue(genesis);
  const house = venue.person(1);
  venue.deposit(house, SmallAsset.USDC, 1_000_000_000e6);
  for (const asset of [SmallAsset.BTC, SmallAsset.ETH, SmallAsset.SOL]) venue.deposit(house, asset, 100_000e8);
  const owner = [venue.person(2), venue.person(3)];
  const people = Array.from({ length: PEOPLE }, (_, at) => {
    const person = venue.subaccount(owner[at % 2]!, 10 + at);
    // Some own what has a price of its own and no perpetual, and nothing else.
    if (at % 3 === 2) venue.deposit(person, SmallAsset.USDT, (1_000 + at * 300) * 1e6);
    else venue.deposit(person, SmallAsset.USDC, (1_000 + at * 300) * 1e6);
    if (at % 3 === 0) venue.deposit(person, SmallAsset.BTC, 1e6);
    venue.as(person, commands.updateAccount, { leverageLimit: 50 });
    return person;
  });
  return { venue, people, house };
}

/** The house rests an order at the mark, the person takes it. */
function trade(venue: TestVenue, house: Person, person: Person, perp: number, isBid: boolean, usd: number): void {
  const { market } = PERPS[perp]!;
  const entry = venue.state.markets[market]!;
  const ticks = entry.price.markTicks;
  const lots = Math.max(1, Math.round(usd / (ticks * entry.tickSize * entry.lotSize)));
  venue.place(house, market, isBid ? 'ask' : 'bid', lots, ticks);
  venue.place(person, market, isBid ? 'bid' : 'ask', lots, ticks, { timeInForce: 1 });
  venue.as(house, commands.cancelAllOrders, { market, scope: 0 });
}

/** The largest of a series of sizes that the account may take. */
function tradeMost(venue: TestVenue, house: Person, person: Person, perp: number, isBid: boolean): void {
  const { market } = PERPS[perp]!;
  const before = venue.size(person, market);
  for (let usd = 200_000; usd > 1_000 && venue.size(person, market) === before; usd *= 0.8) trade(venue, house, person, perp, isBid, usd);
}

/** USD that an account is long (or short, negative) of an asset, by its position and by what it has and owes. */
function exposureTo(venue: TestVenue, person: Person, asset: number): number {
  const perp = PERPS.find((one) => one.asset === asset);
  const { unitAtoms, price } = venue.state.assets[asset]!;
  const market = perp === undefined ? null : venue.state.markets[perp.market]!;
  const position = market === null ? 0 : venue.size(person, market.ix) * market.lotSize * market.price.markTicks * market.tickSize;
  return position + (venue.net(person, asset) / unitAtoms) * price.mark;
}

/** A price goes to where the account is nearly short, or just is: its equity falls by this share, in thousandths, of what it has above maintenance. */
function leadToEdge(venue: TestVenue, person: Person, choice: number, share: number): void {
  const { netEquity, maintenanceMargin } = venue.health(person);
  const exposed = [1, 2, 3, 4].map((asset) => ({ asset, usd: exposureTo(venue, person, asset) })).filter(({ usd }) => Math.abs(usd) > 100);
  const chosen = exposed[choice % exposed.length];
  if (chosen === undefined) return;
  const move = (-(netEquity - maintenanceMargin) / chosen.usd) * (share / 1_000);
  const bounded = Math.max(-0.12, Math.min(0.12, move));
  venue.usd[chosen.asset] = venue.usd[chosen.asset]! * (1 + bounded);
  audited(venue, Math.ceil(Math.abs(bounded) / 0.005) + 2);
}

/** A book away from the index pulls the mark of its perpetual after it, and nothing else. */
function bookAway(venue: TestVenue, house: Person, perp: number, bp: number, seconds: number): void {
  const { market } = PERPS[perp]!;
  const { price, tickSize, lotSize } = venue.state.markets[market]!;
  const ticks = Math.round(price.markTicks * (1 + bp / 10_000));
  const lots = Math.ceil(50_000 / (ticks * tickSize * lotSize));
  venue.place(house, market, 'bid', lots, ticks - 1);
  venue.place(house, market, 'ask', lots, ticks + 1);
  audited(venue, seconds);
  venue.as(house, commands.cancelAllOrders, { market, scope: 0 });
}

/** Lets seconds pass, a full scan after each. */
function audited(venue: TestVenue, seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    venue.live(1);
    auditFlags(venue.state, 0, 1);
  }
}

/** Lenders of an asset lose a part of what they lend: bad debt, here given to the house. */
function loseOf(venue: TestVenue, house: Person, asset: number, ppm: number): void {
  const { pool } = venue.state.assets[asset]!;
  if (pool === null) return;
  actIn(venue.state, () => {
    foldPool(pool);
    const atoms = Number((pool.lentAtoms * BigInt(ppm)) / 1_000_000n);
    if (atoms < 1) return;
    lendersLose(venue.state, asset, atoms);
    receive(venue.state, house.account, asset, atoms, ReceiveMode.Free, BorrowLendSource.Manual);
  });
}

type World = ReturnType<typeof begin>;

function take({ venue, people, house }: World, next: Step): void {
  if (next.kind === 'trade') trade(venue, house, people[next.who]!, next.perp, next.isBid, next.usd);
  else if (next.kind === 'most') tradeMost(venue, house, people[next.who]!, next.perp, next.isBid);
  else if (next.kind === 'borrow') {
    const { unitAtoms } = venue.state.assets[next.asset]!;
    const quantityAtoms = Math.round((next.usd / venue.usd[next.asset]!) * unitAtoms);
    venue.as(people[next.who]!, commands.executeBorrowLend, { asset: next.asset, side: 0, quantityAtoms });
  } else if (next.kind === 'move') {
    const to = people[next.to]!.account;
    venue.as(people[next.from]!, commands.transfer, { toAccount: to, asset: 0, quantityAtoms: next.usd * 1e6 });
  } else if (next.kind === 'loss') loseOf(venue, house, next.asset, next.ppm);
  else if (next.kind === 'parameters') {
    const { listing } = venue.state.markets[PERPS[next.perp]!.market]!;
    const changed = { ...listing, perp: { ...listing.perp, mmf: { base: next.mmf / 10_000, factor: 0.000036 } } };
    venue.send(commands.updateParameters, { json: new TextEncoder().encode(JSON.stringify(changed)) });
  } else letPass(venue, people, house, next);
}

function letPass(
  venue: TestVenue,
  people: Person[],
  house: Person,
  next: Extract<Step, { kind: 'edge' | 'book' | 'hours' | 'prices' }>,
): void {
  if (next.kind === 'edge') leadToEdge(venue, people[next.who]!, next.choice, next.share);
  else if (next.kind === 'book') bookAway(venue, house, next.perp, next.bp, next.seconds);
  else if (next.kind === 'hours') {
    venue.pass(next.hours * 3_600);
    auditFlags(venue.state, 0, 1);
  } else {
    next.moves.forEach((move, at) => {
      venue.usd[PERPS[at]!.asset] = venue.usd[PERPS[at]!.asset]! * (1 + move / 10_000);
    });
    audited(venue, next.seconds);
  }
}

function play(steps: readonly Step[]): { flags: number } {
  const world = begin();
  for (const next of steps) take(world, next);
  return { flags: world.venue.state.liquidation.opened };
}

describe('the index of accounts near their maintenance', () => {
  it('misses none: every second a full scan finds nobody more', () => {
    let flags = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
        flags += play(steps).flags;
      }),
      { numRuns: 80, seed: 20_261_122, endOnFailure: true },
    );
    // Or the property said nothing.
    expect(flags).toBeGreaterThan(100);
  });

  it('finds an account that interest alone makes short', () => {
    const { venue, people } = begin();
    const person = people[1]!;
    venue.as(person, commands.updateAccount, { autoLend: 0, autoRepayBorrows: 0, leverageLimit: 50 });
    const borrow = (usd: number) =>
      venue.as(person, commands.executeBorrowLend, { asset: SmallAsset.SOL, side: 0, quantityAtoms: Math.round((usd / 150) * 1e8) });
    let usd = 40_000;
    while (usd > 1 && borrow(usd).rejectCode !== 0) usd *= 0.95;
    expect(venue.health(person).netEquity).toBeGreaterThan(venue.health(person).maintenanceMargin);
    // Prices stand still; hours pass.
    const { listing } = venue.state.assets[SmallAsset.SOL]!;
    const dear = { ...listing, pool: { ...listing.pool!, rMin: 1, rOpt: 1.5, rMax: 2 } };
    expect(venue.send(commands.updateParameters, { json: new TextEncoder().encode(JSON.stringify(dear)) }).rejectCode).toBe(0);
    let hours = 0;
    while (accountIsLiquidating(venue.state.accounts, person.account) === 0 && hours < 2_000) {
      venue.pass(3_600);
      auditFlags(venue.state, 0, 1);
      hours += 1;
    }
    expect(hours).toBeGreaterThan(1);
    expect(accountIsLiquidating(venue.state.accounts, person.account)).toBe(1);
    expect(venue.health(person).netEquity).toBeLessThan(venue.health(person).maintenanceMargin);
  });

  it('looks at nobody while nothing moves, and at few when prices move by a basis point', () => {
    const { venue, people, house } = begin();
    people.forEach((person, at) => {
      trade(venue, house, person, at % 3, at % 2 === 0, 400 + at * 100);
    });
    venue.live(1);
    expect(venue.state.scratch.shortIndex.looked).toBeGreaterThanOrEqual(people.length);
    // A settlement is no reason to look again.
    for (let second = 0; second < 10; second += 1) {
      venue.live(1);
      expect(venue.state.scratch.shortIndex.looked).toBe(0);
    }
    let looked = 0;
    for (let second = 0; second < 100; second += 1) {
      venue.usd[SmallAsset.BTC] = venue.usd[SmallAsset.BTC]! * (second % 2 === 0 ? 1.0001 : 1 / 1.0001);
      venue.live(1);
      looked += venue.state.scratch.shortIndex.looked;
    }
    expect(looked).toBeLessThan(100);
  });
});
