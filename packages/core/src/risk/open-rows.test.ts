import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '../state.ts';
import { trade } from '../testing/fallen-venue.ts';
import { actIn, bareVenue, personWith } from '../testing/forced-venue.ts';
import { tradeLots } from '../testing/position.ts';
import { SmallMarket } from '../testing/small-genesis.ts';
import { openRowsOf } from './open-rows.ts';
import { findPosition, touchPosition } from './position-rows.ts';
import { positionMarket, positionSizeLots, setPositionSizeLots } from './positions.ts';

const MARKETS = [
  { market: SmallMarket.SOL_USDC_PERP, ticks: 15_000 },
  { market: SmallMarket.ETH_USDC_PERP, ticks: 300_000 },
];

function scanned({ positions }: State, market: number, isLong: boolean): number[] {
  return Array.from({ length: positions.used }, (_, row) => row).filter(
    (row) =>
      positionMarket(positions, row) === market && (isLong ? positionSizeLots(positions, row) > 0 : positionSizeLots(positions, row) < 0),
  );
}

function expectListed(state: State): void {
  for (const { market } of MARKETS)
    for (const isLong of [true, false])
      expect(openRowsOf(state.scratch, state.positions, market, isLong).sort((a, b) => a - b)).toEqual(scanned(state, market, isLong));
}

const step = fc.record({ buyer: fc.nat(4), seller: fc.nat(4), at: fc.nat(1), lots: fc.constantFrom(1, 2, 3) });

describe('rows of open positions', () => {
  it('are those a walk over all positions finds, after every trade that opens, closes or turns one', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.nat(5), (steps, gatheredAt) => {
        const venue = bareVenue();
        const people = Array.from({ length: 5 }, (_, at) => personWith(venue, at + 1, [1_000_000e6]));
        for (const [at, { buyer, seller, at: place, lots }] of steps.entries()) {
          const { market, ticks } = MARKETS[place]!;
          if (buyer !== seller) trade(venue, market, people[buyer]!, people[seller]!, lots, ticks);
          // Before it is asked for the first time nothing is kept.
          if (at >= gatheredAt) expectListed(venue.state);
        }
      }),
      { numRuns: 15, seed: 20_414 },
    );
  });

  it('are as they stand within a command that moved some', () => {
    const venue = bareVenue();
    const [a, b, c] = [1, 2, 3].map((tag) => personWith(venue, tag, [1_000_000e6]));
    const { market, ticks } = MARKETS[0]!;
    trade(venue, market, a!, b!, 5, ticks);
    expectListed(venue.state);
    const { state } = venue;
    actIn(state, () => {
      const [long, short] = [a!, b!].map(({ account }) => findPosition(state, account, market));
      for (const [row, lots] of [
        [long!, -5],
        [short!, 5],
      ] as const) {
        touchPosition(state, row);
        setPositionSizeLots(state.positions, row, lots);
      }
      expectListed(state);
    });
    expectListed(state);
    tradeLots(state, market, c!.account, b!.account, 2);
    expectListed(state);
  });
});
