import { BorrowLendSide, commands } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trade } from '../../testing/fallen-venue.ts';
import { bareVenue, personWith, setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import { standIn } from './standing.ts';

const { SOL, ETH, USDC } = SmallAsset;
const M = 1_000_000;

/** Whole USDC and SOL that somebody owns, SOL that he owes, and signed lots (hundredths of a SOL, thousandths of an ETH). */
const world = fc.record({
  usdc: fc.integer({ min: 50_000, max: 200_000 }),
  sol: fc.nat(100),
  owedSol: fc.nat(40),
  solLots: fc.integer({ min: -5_000, max: 5_000 }),
  ethLots: fc.integer({ min: -2_000, max: 2_000 }),
  solUsd: fc.integer({ min: 100, max: 200 }),
  ethUsd: fc.integer({ min: 2_500, max: 3_500 }),
});

describe('the standing of an account', () => {
  it('is the real equity of its health, and all that moves with the asset', () => {
    fc.assert(
      fc.property(world, ({ usdc, sol, owedSol, solLots, ethLots, solUsd, ethUsd }) => {
        const venue = bareVenue();
        const other = personWith(venue, 1, [10_000_000 * M, 0, 0, 0, 10_000e8]);
        const person = personWith(venue, 2, [usdc * M]);
        if (owedSol > 0) {
          const loan = { asset: SOL, side: BorrowLendSide.Borrow, quantityAtoms: owedSol * 1e8 };
          expect(venue.as(person, commands.executeBorrowLend, loan)).toMatchObject({ rejectCode: 0 });
        } else if (sol > 0) venue.deposit(person, SOL, sol * 1e8);
        for (const [market, lots, ticks] of [
          [SmallMarket.SOL_USDC_PERP, solLots, 15_000],
          [SmallMarket.ETH_USDC_PERP, ethLots, 300_000],
        ] as const) {
          if (lots > 0) trade(venue, market, person, other, lots, ticks);
          if (lots < 0) trade(venue, market, other, person, -lots, ticks);
        }
        setPrice(venue, SOL, solUsd);
        setPrice(venue, ETH, ethUsd);
        const ofSol = { netUnits: 0, realEquity: 0 };
        standIn(venue.state, person.account, SOL, ofSol);
        // What was borrowed lies free: it is owned as much as it is owed.
        expect(ofSol.netUnits).toBeCloseTo((owedSol > 0 ? 0 : sol) + solLots * venue.state.markets[SmallMarket.SOL_USDC_PERP]!.lotSize, 6);
        expect(ofSol.realEquity).toBeCloseTo(venue.health(person).realEquity, 6);
        const ofUsdc = { netUnits: 0, realEquity: 0 };
        standIn(venue.state, person.account, USDC, ofUsdc);
        expect(ofUsdc.realEquity).toBe(ofSol.realEquity);
        expect(venue.size(person, SmallMarket.ETH_USDC_PERP)).toBe(ethLots);
      }),
      { numRuns: 15, seed: 20_415 },
    );
  });
});
