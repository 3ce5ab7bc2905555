/**
 * The index against full scans: over random prices, orders, transfers, borrows, interest, losses of lenders and parameters no account is below
 * maintenance without its flag, every second; and a small move makes it look at few.
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

type Step =
  | { kind: 'trade'; who: number; perp: number; isBid: boolean; usd: number }
  | { kind: 'borrow'; who: number; asset: number; usd: number }
  | { kind: 'move'; from: number; to: number; usd: number }
  | { kind: 'parameters'; mmf: number }
  | { kind: 'loss'; asset: number; ppm: number }
  | { kind: 'prices'; moves: number[]; seconds: number };

const who = fc.nat(11);
const trading = fc.record({
  kind: fc.constant('trade' as const),
  who,
  perp: fc.nat(2),
  isBid: fc.boolean(),
  usd: fc.integer({ min: 2_000, max: 40_000 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  trading,
  trading,
  trading,
  fc.record({ kind: fc.constant('borrow' as const), who, asset: fc.integer({ min: 0, max: 4 }), usd: fc.integer({ min: 10, max: 4_000 }) }),
  fc.record({ kind: fc.constant('move' as const), from: who, to: who, usd: fc.integer({ min: 1, max: 2_000 }) }),
  fc.record({ kind: fc.constant('loss' as const), asset: fc.constantFrom(0, 0, 2), ppm: fc.integer({ min: 1, max: 40_000 }) }),
  fc.record({ kind: fc.constant('parameters' as const), mmf: fc.integer({ min: 110, max: 180 }) }),
  fc.record({
    kind: fc.constant('prices' as const),
    moves: fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 3, maxLength: 3 }),
    seconds: fc.constantFrom(1, 2, 5, 10, 30),
  }),
);

function begin(): { venue: TestVenue; people: Person[]; house: Person } {
  const genesis = smallGenesis();
  genesis.settleEverySeconds = 5;
  const venue = new TestVenue(genesis);
  const house = venue.person(1);
  venue.deposit(house, SmallAsset.USDC, 1_000_000_000e6);
  for (const asset of [SmallAsset.BTC, SmallAsset.ETH, SmallAsset.SOL]) venue.deposit(house, asset, 100_000e8);
  const owner = [venue.person(2), venue.person(3)];
  const people = Array.from({ length: 12 }, (_, at) => {
    const person = venue.subaccount(owner[at % 2]!, 10 + at);
    venue.deposit(person, SmallAsset.USDC, (500 + at * 150) * 1e6);
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

function play(steps: readonly Step[]): { flags: number } {
  const { venue, people, house } = begin();
  for (const next of steps) {
    if (next.kind === 'trade') trade(venue, house, people[next.who]!, next.perp, next.isBid, next.usd);
    else if (next.kind === 'borrow') {
      const { unitAtoms } = venue.state.assets[next.asset]!;
      const quantityAtoms = Math.round((next.usd / venue.usd[next.asset]!) * unitAtoms);
      venue.as(people[next.who]!, commands.executeBorrowLend, { asset: next.asset, side: 0, quantityAtoms });
    } else if (next.kind === 'move') {
      const to = people[next.to]!.account;
      venue.as(people[next.from]!, commands.transfer, { toAccount: to, asset: 0, quantityAtoms: next.usd * 1e6 });
    } else if (next.kind === 'loss') loseOf(venue, house, next.asset, next.ppm);
    else if (next.kind === 'parameters') {
      const { listing } = venue.state.markets[SmallMarket.BTC_USDC_PERP]!;
      const changed = { ...listing, perp: { ...listing.perp, mmf: { base: next.mmf / 10_000, factor: 0.000036 } } };
      venue.send(commands.updateParameters, { json: new TextEncoder().encode(JSON.stringify(changed)) });
    } else {
      next.moves.forEach((move, at) => {
        venue.usd[PERPS[at]!.asset] = venue.usd[PERPS[at]!.asset]! * (1 + move / 10_000);
      });
      for (let second = 0; second < next.seconds; second += 1) {
        venue.live(1);
        auditFlags(venue.state, 0, 1);
      }
    }
  }
  return { flags: venue.state.liquidation.opened };
}

describe('the index of accounts near their maintenance', () => {
  it('misses none: every second a full scan finds nobody more', () => {
    let flags = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        flags += play(steps).flags;
      }),
      { numRuns: 100, seed: 20_261_122, endOnFailure: true },
    );
    // Or the property said nothing.
    expect(flags).toBeGreaterThan(5);
  });

  it('finds an account that interest alone makes short', () => {
    const { venue, people } = begin();
    const person = people[1]!;
    venue.as(person, commands.updateAccount, { autoLend: 0, autoRepayBorrows: 0, leverageLimit: 50 });
    const borrow = (usd: number) =>
      venue.as(person, commands.executeBorrowLend, { asset: SmallAsset.SOL, side: 0, quantityAtoms: Math.round((usd / 150) * 1e8) });
    let usd = 4_000;
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
