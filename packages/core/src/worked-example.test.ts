/** The worked example of the margin rules, to the last digit they print. */
import { describe, expect, it } from 'vitest';
import { findHolding, netAtomsOf } from './ledger/holding-rows.ts';
import { PayPolicy, pay } from './ledger/pay.ts';
import { ReceiveMode, receive } from './ledger/receive.ts';
import { applyPerpSide } from './matching/apply-fill.ts';
import { HealthMode } from './risk/compute-health.ts';
import { liquidationTicks } from './risk/liquidation-price.ts';
import { inFrame } from './testing/ledger-state.ts';
import { SmallAsset, SmallMarket, smallGenesis } from './testing/small-genesis.ts';
import { type Person, TestVenue } from './testing/test-venue.ts';

const SOL_PERP = SmallMarket.SOL_USDC_PERP;

/** The venue of the example: its margin functions, a fine tick on SOL, prices that stand still. */
function exampleVenue(solUsd: number): TestVenue {
  const genesis = smallGenesis({ settleEverySeconds: 60 });
  const sol = genesis.markets[SOL_PERP]!;
  sol.tickSize = '0.0001';
  sol.lotSize = '0.01';
  sol.maxPriceTicks = 100_000_000;
  sol.maxQuantityLots = 40_000_000;
  sol.perp!.imf = { base: 0.02, factor: 0.00006 };
  sol.perp!.mmf = { base: 0.0135, factor: 0.000036 };
  const eth = genesis.assets[SmallAsset.ETH]!;
  eth.borrowImf = { base: 0.02, factor: 0 };
  eth.borrowMmf = { base: 0.0135, factor: 0 };
  for (const asset of genesis.assets) {
    asset.faucetGrant = '0';
    // No interest, so that the figures stand still while the mark walks.
    if (asset.pool !== null) Object.assign(asset.pool, { rMin: 0, rOpt: 0, rMax: 0 });
  }
  return new TestVenue(genesis, [1, 1, 60_000, 3_000, solUsd]);
}

/** Makes the net of an asset what the example says, through the ledger. */
function hold(venue: TestVenue, person: Person, asset: number, atoms: number): void {
  const { state } = venue;
  if (atoms > 0) expect(venue.deposit(person, asset, atoms).rejectCode).toBe(0);
  else {
    const lender = venue.person(90);
    venue.deposit(lender, asset, -10 * atoms);
    inFrame(state, () => {
      expect(pay(state, person.account, asset, -atoms, PayPolicy.Forced, 2, 0)).toBe(0);
      receive(state, lender.account, asset, -atoms, ReceiveMode.Lend, 2, 0);
    });
  }
  expect(netAtomsOf(state, findHolding(state, person.account, asset))).toBe(atoms);
}

function openExample(): { venue: TestVenue; person: Person } {
  const venue = exampleVenue(150);
  const { state } = venue;
  const person = venue.person(1);
  const other = venue.person(2);
  venue.deposit(other, SmallAsset.USDC, 1_000_000e6);
  hold(venue, person, SmallAsset.USDC, 10_000e6);
  hold(venue, person, SmallAsset.BTC, 0.5e8);
  hold(venue, person, SmallAsset.ETH, -2e8);
  // 2,000 SOL at the mark everyone is settled to, so that lastMark is 150.
  const market = state.markets[SOL_PERP]!;
  const lastMark = market.price.settleTicks > 0 ? market.price.settleTicks : market.price.markTicks;
  expect(lastMark * market.tickSize).toBeCloseTo(150, 9);
  inFrame(state, () => {
    applyPerpSide(state, market, person.account, 200_000, lastMark, 0);
    applyPerpSide(state, market, other.account, -200_000, lastMark, 0);
  });
  venue.usd[SmallAsset.SOL] = 145;
  return { venue, person };
}

/** Seconds until the mark stands at 145 on its own. */
function waitForMark(venue: TestVenue): void {
  const market = venue.state.markets[SOL_PERP]!;
  for (let at = 0; at < 50 && market.price.markTicks * market.tickSize !== 145; at += 1) venue.live(1);
  expect(market.price.markTicks).toBe(1_450_000);
}

describe('the worked example of the margin rules', () => {
  it('prints every figure as written, before and after the settlement', () => {
    const { venue, person } = openExample();
    waitForMark(venue);
    expect(venue.place(person, SOL_PERP, 'bid', 10_000, 1_400_000).rejectCode).toBe(0);
    checkFigures(venue, person);
    const epoch = venue.state.settlement.epoch;
    while (venue.state.settlement.epoch === epoch) venue.live(1);
    expect(venue.net(person, SmallAsset.USDC)).toBeLessThanOrEqual(0);
    checkFigures(venue, person);
    expect(venue.audit()).toEqual([]);
  });
});

function checkFigures(venue: TestVenue, person: Person): void {
  const maintenance = venue.health(person);
  const placing = venue.health(person, HealthMode.Placing);
  expect(maintenance.collateral).toBe(28_500);
  expect(maintenance.borrowLiability).toBe(6_000);
  expect(maintenance.netEquity).toBe(22_500);
  expect(placing.futuresExposure).toBe(304_500);
  expect(Math.sqrt(placing.futuresExposure).toFixed(3)).toBe('551.815');
  expect(placing.initialMargin).toBe(15_525);
  expect(placing.netEquity - placing.initialMargin).toBe(6_975);
  expect(placing.totalExposure).toBe(310_500);
  expect((placing.netEquity / placing.totalExposure).toFixed(6)).toBe('0.072464');
  expect(((placing.initialMargin / placing.netEquity) * 100).toFixed(1)).toBe('69.0');
  expect(maintenance.maintenanceMargin.toFixed(3)).toBe('5703.112');
  expect(((maintenance.maintenanceMargin / maintenance.netEquity) * 100).toFixed(4)).toBe('25.3472');
  const ticks = liquidationTicks(venue.state, person.account, SOL_PERP, true);
  expect((ticks * 0.0001).toFixed(4)).toBe('136.8567');
}
