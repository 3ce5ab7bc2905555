import { commands, events, type Fields, FundMove, LiquidationStage, type RecordSchema } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSnapshot, writeSnapshot } from '../codec/snapshot.ts';
import { createState } from '../create-state.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { HealthMode } from '../risk/compute-health.ts';
import { personWith, setPrice } from '../testing/forced-venue.ts';
import { fundExplained, fundWorth } from '../testing/fund-ledger.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Answered, type Person, TestVenue } from '../testing/test-venue.ts';
import { carriedNotional } from './backstop/capacity.ts';
import { findPosting, offerOf } from './backstop/offer.ts';

const M = 1_000_000;
const MARKETS = [SmallMarket.SOL_USDC_PERP, SmallMarket.ETH_USDC_PERP] as const;
const ASSETS = [SmallAsset.SOL, SmallAsset.ETH] as const;
const LOTS_A_UNIT = [100, 10_000] as const;

/** Atoms by which shares of a pool may round within a command. */
const ROUNDED_ATOMS = 20;
/** Interest of the second that passes with a command of prices, at most, as a share of what a pool lends. */
const INTEREST_MAX = 1e-5;

/** What a run came to, so that a test can see that it tried something. */
interface Seen {
  taken: number;
  deleveraged: number;
  notes: number;
  lost: number;
  /** FundMoves. */
  moves: Set<number>;
}

/** A venue that judges every command it applies. */
class WatchedVenue extends TestVenue {
  readonly seen: Seen = { taken: 0, deleveraged: 0, notes: 0, lost: 0, moves: new Set() };
  private readonly takings: { row: number; second: number; atoms: number }[] = [];

  override sendOne<T extends Fields>(schema: RecordSchema<T>, fields: Partial<T>, timeMicros = this.state.timeMicros): Answered {
    const before = fundWorth(this.state);
    const answered = super.sendOne(schema, fields, timeMicros);
    expect(this.audit()).toEqual([]);
    this.judgeFund(before, schema.name === commands.prices.name);
    if (schema.name === 'liquidate') this.judge();
    return answered;
  }

  /** Events explain the fund's balance, but for interest while time passes, and atoms that shares of a pool round. */
  private judgeFund(before: readonly number[], passesTime: boolean): void {
    const lost = this.events(events.lendersLost);
    const explained = fundExplained(this.state);
    for (const [asset, now] of fundWorth(this.state).entries()) {
      const rest = now - before[asset]! - explained[asset]!;
      const lostAtoms = lost.reduce((sum, one) => sum + (one.asset === asset ? one.amountAtoms : 0), 0);
      const interest = passesTime ? Number(this.state.assets[asset]!.pool?.lentAtoms ?? 0) * INTEREST_MAX : 0;
      expect(rest).toBeLessThanOrEqual(ROUNDED_ATOMS + interest);
      expect(-rest).toBeLessThanOrEqual(ROUNDED_ATOMS + interest + lostAtoms);
    }
  }

  private judge(): void {
    for (const { move } of this.events(events.fundMoved)) this.seen.moves.add(move);
    this.judgeParties();
    this.judgeProviders();
    for (const { neededLots, takenLots, overshootLots } of this.events(events.deleveraged)) {
      expect([takenLots, overshootLots]).toEqual([neededLots, 0]);
      this.seen.deleveraged += 1;
    }
    this.seen.notes += this.events(events.debtNoteChanged).length;
    for (const { amountAtoms } of this.events(events.lendersLost)) {
      expect(amountAtoms).toBeGreaterThan(0);
      this.seen.lost += 1;
      // The fund is exhausted: what is left of it is less than a cent. Fees of others in the same command fill it again.
      if (new Set(this.events(events.receiptWritten).map(({ account }) => account)).size > 1) continue;
      expect(this.health({ account: FUND_ACCOUNT, key: 0, generation: 0 }).realEquity).toBeLessThan(0.01);
    }
  }

  /** Balances and positions changed of those alone who were liquidated, who took, who were closed against, or who traded. */
  private judgeParties(): void {
    const named = new Set<number>([FUND_ACCOUNT]);
    for (const { account } of this.events(events.receiptWritten)) named.add(account);
    for (const { account, takerAccount } of this.events(events.backstopTaken)) named.add(account).add(takerAccount);
    for (const { account, fromAccount } of this.events(events.deleveragedAgainst)) named.add(account).add(fromAccount);
    for (const { makerAccount, takerAccount } of this.events(events.fill)) named.add(makerAccount).add(takerAccount);
    for (const { account } of this.events(events.balanceChanged)) expect(named).toContain(account);
    for (const { account } of this.events(events.positionChanged)) expect(named).toContain(account);
  }

  private judgeProviders(): void {
    const second = Math.floor(this.state.timeMicros / 1e6);
    const closed = new Set(this.events(events.deleveragedAgainst).map(({ account }) => account));
    for (const { takerAccount, market, notionalAtoms, stage } of this.events(events.backstopTaken)) {
      this.seen.taken += 1;
      if (stage !== LiquidationStage.Backstop) continue;
      const row = findPosting(this.state, takerAccount, market);
      this.takings.push({ row, second, atoms: notionalAtoms });
      const { capitalAtoms, notionalAtoms: most, minuteAtoms, hourAtoms } = offerOf(this.state, row);
      const carried = carriedNotional(this.state, row);
      expect(carried).toBeLessThanOrEqual(Math.min(most, 3 * capitalAtoms));
      expect(this.takenSince(row, second - 59)).toBeLessThanOrEqual(minuteAtoms);
      expect(this.takenSince(row, second - 3_599)).toBeLessThanOrEqual(hourAtoms);
      if (closed.has(takerAccount)) continue;
      const health = this.health({ account: takerAccount, key: 0, generation: 0 }, HealthMode.Placing);
      expect(health.netEquity).toBeGreaterThanOrEqual(health.initialMargin - 1e-6);
    }
  }

  private takenSince(row: number, second: number): number {
    return this.takings.filter((one) => one.row === row && one.second >= second).reduce((sum, { atoms }) => sum + atoms, 0);
  }
}

interface Plan {
  traders: { usdc: number; sol: number; sizes: [number, number] }[];
  providers: { capital: number; notional: number; minute: number; hour: number }[];
  depth: number;
  fund: number;
  shocks: { moves: [number, number]; seconds: number; lag: number }[];
}

const plan: fc.Arbitrary<Plan> = fc.record({
  traders: fc.array(
    fc.record({
      usdc: fc.integer({ min: 500, max: 20_000 }),
      sol: fc.integer({ min: 0, max: 60 }),
      sizes: fc.tuple(fc.integer({ min: -60_000, max: 60_000 }), fc.integer({ min: -60_000, max: 60_000 })),
    }),
    { minLength: 2, maxLength: 6 },
  ),
  providers: fc.array(
    fc.record({
      capital: fc.integer({ min: 1, max: 5_000 }),
      notional: fc.integer({ min: 1, max: 20_000 }),
      minute: fc.integer({ min: 1, max: 20_000 }),
      hour: fc.integer({ min: 1, max: 40_000 }),
    }),
    { maxLength: 3 },
  ),
  depth: fc.constantFrom(0, 0, 500, 20_000),
  fund: fc.constantFrom(0, 300, 20_000, 1_000_000),
  shocks: fc.array(
    fc.record({
      moves: fc.tuple(fc.constantFrom(0.7, 0.85, 0.95, 1, 1.05, 1.2, 1.4), fc.constantFrom(0.75, 0.9, 1, 1.1, 1.35)),
      seconds: fc.integer({ min: 1, max: 14 }),
      lag: fc.constantFrom(0.995, 1, 1.005),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

function open(from: Plan): { venue: WatchedVenue; people: Person[] } {
  const genesis = smallGenesis({ fundGrant: String(from.fund) });
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  const venue = new WatchedVenue(genesis);
  const rich = personWith(venue, 1, [3_000_000 * M]);
  const providers = from.providers.map((_, at) => personWith(venue, 20 + at, [30_000 * M]));
  const traders = from.traders.map(({ usdc, sol }, at) => personWith(venue, 40 + at, [usdc * M, 0, 0, 0, sol * 1e8]));
  for (const [at, provider] of providers.entries()) {
    const { capital, notional, minute, hour } = from.providers[at]!;
    for (const market of MARKETS)
      venue.as(provider, commands.setBackstop, {
        market,
        capitalAtoms: capital * M,
        notionalAtoms: notional * M,
        minuteAtoms: minute * M,
        hourAtoms: hour * M,
      });
  }
  for (const [at, trader] of traders.entries()) trade(venue, rich, trader, from.traders[at]!.sizes);
  for (const [at, market] of MARKETS.entries()) {
    const ticks = venue.state.markets[market]!.price.markTicks;
    if (from.depth === 0) continue;
    const lots = Math.ceil((from.depth * LOTS_A_UNIT[at]!) / venue.usd[ASSETS[at]!]!);
    venue.place(rich, market, 'bid', lots, Math.floor(ticks * 0.9));
    venue.place(rich, market, 'ask', lots, Math.ceil(ticks * 1.1));
  }
  return { venue, people: [rich, ...providers, ...traders] };
}

/** Each trader takes as much of its wish, in USD, as its margin lets it, against the rich one. */
function trade(venue: TestVenue, rich: Person, trader: Person, sizes: readonly number[]): void {
  for (const [at, market] of MARKETS.entries()) {
    const ticks = venue.state.markets[market]!.price.markTicks;
    for (let usd = Math.abs(sizes[at]!); usd > 100; usd /= 2) {
      const lots = Math.floor((usd * LOTS_A_UNIT[at]!) / venue.usd[ASSETS[at]!]!);
      if (lots === 0) break;
      const side = sizes[at]! > 0 ? 'bid' : 'ask';
      venue.place(rich, market, side === 'bid' ? 'ask' : 'bid', lots, ticks);
      const { rejectCode } = venue.place(trader, market, side, lots, ticks);
      venue.as(rich, commands.cancelAllOrders, { market });
      if (rejectCode === 0) break;
    }
  }
}

function shake(venue: WatchedVenue, shocks: Plan['shocks']): void {
  for (const { moves, seconds, lag } of shocks) {
    for (const [at, asset] of ASSETS.entries()) {
      const usd = venue.state.assets[asset]!.price.mark * moves[at]!;
      setPrice(venue, asset, usd, usd * lag);
    }
    venue.live(seconds);
  }
}

describe('any crowd, any providers, any fall', () => {
  it('keeps every rule after every command, and a snapshot goes on alike', () => {
    const all: Seen = { taken: 0, deleveraged: 0, notes: 0, lost: 0, moves: new Set() };
    fc.assert(
      fc.property(plan, (from) => {
        const { venue } = open(from);
        shake(venue, from.shocks);
        const bytes = writeSnapshot(venue.state);
        const restored = createState(venue.state.genesis);
        restoreSnapshot(restored, bytes);
        expect(writeSnapshot(restored)).toEqual(bytes);
        for (const move of venue.seen.moves) all.moves.add(move);
        for (const name of ['taken', 'deleveraged', 'notes', 'lost'] as const) all[name] += venue.seen[name];
      }),
      { numRuns: Number(process.env['MOCHILA_FUZZ_RUNS'] ?? '1') * 25, seed: 30_302 },
    );
    // The runs came through every stage.
    expect(Math.min(all.taken, all.deleveraged, all.notes, all.lost)).toBeGreaterThan(0);
    for (const move of [FundMove.Charge, FundMove.Fee, FundMove.DebtPaid, FundMove.Collateral]) expect(all.moves).toContain(move);
  });
});
