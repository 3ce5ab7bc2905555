/** The proof in safe-radius.ts, attacked: prices move by less than the radius of an account, each against it or as it comes, and it is not short. */
import { commands } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';
import { safeRadius } from './safe-radius.ts';

const PERPS = [
  { market: SmallMarket.BTC_USDC_PERP, asset: SmallAsset.BTC },
  { market: SmallMarket.ETH_USDC_PERP, asset: SmallAsset.ETH },
  { market: SmallMarket.SOL_USDC_PERP, asset: SmallAsset.SOL },
];
const ASSETS = [SmallAsset.USDT, SmallAsset.BTC, SmallAsset.ETH, SmallAsset.SOL];

const account = fc.record({
  /** What it brings: USD of one asset. */
  asset: fc.constantFrom(SmallAsset.USDC, ...ASSETS),
  usd: fc.integer({ min: 1_000, max: 2_000_000 }),
  /** Positions, as shares in thousandths of the largest it may have. */
  trades: fc.array(fc.record({ perp: fc.nat(2), isLong: fc.boolean(), share: fc.integer({ min: 100, max: 1_000 }) }), { maxLength: 3 }),
  borrows: fc.array(fc.record({ asset: fc.constantFrom(SmallAsset.USDC, ...ASSETS), share: fc.integer({ min: 10, max: 300 }) }), {
    maxLength: 2,
  }),
  /** Where prices go before the look, in thousandths of the way to where it would be short. */
  near: fc.integer({ min: 0, max: 950 }),
});
type Account = typeof account extends fc.Arbitrary<infer A> ? A : never;

/** An account as told, and a house that trades with it. */
function build({ asset, usd, trades, borrows }: Account): { venue: TestVenue; person: Person } {
  const venue = new TestVenue(smallGenesis());
  const house = venue.person(1);
  for (const one of [SmallAsset.USDC, ...ASSETS]) venue.deposit(house, one, Math.round((1e9 / venue.usd[one]!) * unit(venue, one)));
  const person = venue.subaccount(venue.person(2), 3);
  venue.deposit(person, asset, Math.round((usd / venue.usd[asset]!) * unit(venue, asset)));
  venue.as(person, commands.updateAccount, { leverageLimit: 50 });
  for (const one of borrows) {
    const quantityAtoms = Math.max(1, Math.round(((usd * one.share) / 1_000 / venue.usd[one.asset]!) * unit(venue, one.asset)));
    venue.as(person, commands.executeBorrowLend, { asset: one.asset, side: 0, quantityAtoms });
  }
  for (const { perp, isLong, share } of trades) tradeMost(venue, house, person, perp, isLong, (usd * 40 * share) / 1_000);
  return { venue, person };
}

function unit(venue: TestVenue, asset: number): number {
  return venue.state.assets[asset]!.unitAtoms;
}

function tradeMost(venue: TestVenue, house: Person, person: Person, perp: number, isLong: boolean, most: number): void {
  const { market } = PERPS[perp]!;
  const { price, tickSize, lotSize, listing } = venue.state.markets[market]!;
  for (let usd = most; usd > 500; usd *= 0.7) {
    const lots = Math.min(listing.maxQuantityLots, Math.max(1, Math.round(usd / (price.markTicks * tickSize * lotSize))));
    venue.place(house, market, isLong ? 'ask' : 'bid', lots, price.markTicks);
    const { rejectCode } = venue.place(person, market, isLong ? 'bid' : 'ask', lots, price.markTicks, { timeInForce: 1 });
    venue.as(house, commands.cancelAllOrders, { market, scope: 0 });
    if (rejectCode === 0) return;
  }
}

/** Moves every price by a distance of the odometer: up where `isUp` says so. Whole ticks are rounded towards where they were. */
function shift({ state }: TestVenue, distance: number, isUp: (kind: 'perp' | 'asset', ix: number) => boolean): void {
  for (const { market } of PERPS) {
    const { price } = state.markets[market]!;
    price.markTicks = isUp('perp', market) ? Math.floor(price.markTicks * (1 + distance)) : Math.ceil(price.markTicks / (1 + distance));
  }
  for (const asset of ASSETS) {
    const { price } = state.assets[asset]!;
    price.mark *= isUp('asset', asset) ? 1 + distance : 1 / (1 + distance);
  }
}

/** Direction that harms the account: against its positions, and against what it owns or owes. */
function against(venue: TestVenue, person: Person): (kind: 'perp' | 'asset', ix: number) => boolean {
  return (kind, ix) => (kind === 'perp' ? venue.size(person, ix) : venue.net(person, ix)) < 0;
}

describe('the safe radius', () => {
  it('is safe: prices that move by less leave nobody short, whichever way each of them goes', () => {
    let looked = 0;
    let reached = 0;
    fc.assert(
      fc.property(account, fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }), fc.boolean(), (told, ways, isWorst) => {
        const { venue, person } = build(told);
        const worst = against(venue, person);
        const first = safeRadius(venue.state, person.account, venue.health(person));
        shift(venue, (first * told.near) / 1_000, worst);
        const radius = safeRadius(venue.state, person.account, venue.health(person));
        if (radius === 0 || venue.health(person).maintenanceMargin === 0) return;
        looked += 1;
        shift(venue, radius * 0.999_999, isWorst ? worst : (_kind, ix) => ways[ix % ways.length]!);
        const { netEquity, maintenanceMargin } = venue.health(person);
        expect(netEquity).toBeGreaterThanOrEqual(maintenanceMargin);
        // How much of what it had is left: the radius is of use only where it is not much too short.
        if (isWorst && netEquity - maintenanceMargin < 0.2 * maintenanceMargin) reached += 1;
      }),
      { numRuns: 300, seed: 20_261_123 },
    );
    expect(looked).toBeGreaterThan(150);
    expect(reached).toBeGreaterThan(20);
  });
});
