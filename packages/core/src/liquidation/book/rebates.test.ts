import { events, FundMove } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { fallenVenue, poorPerson, trade, untilFlagged } from '../../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../../testing/small-genesis.ts';

const PERP = SmallMarket.BTC_USDC_PERP;

/** Fees of the slices of a long, whose makers are paid half a basis point, at a price on the book. */
function sliceAt(ticks: number): { taker: number; maker: number; notional: number; fund: number }[] {
  const { feeTiers, markets } = smallGenesis();
  // Wide enough for the guard to be what stops a slice.
  markets[PERP]!.impactBand = { min: 0.97, max: 1.03 };
  const paid = feeTiers.map((tier, at) => (at === 0 ? { ...tier, perpMakerPpm: -50 } : tier));
  const { venue, rich } = fallenVenue({ feeTiers: paid, markets });
  const long = poorPerson(venue, 2, 3_100);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  venue.place(rich, PERP, 'bid', 500, ticks);
  venue.usd[SmallAsset.BTC] = 57_600;
  expect(untilFlagged(venue, long)).toBe(true);
  const fills = venue.events(events.fill);
  const moves = venue.events(events.fundMoved).filter(({ move }) => move === FundMove.Fee);
  expect(venue.audit()).toEqual([]);
  return fills.map((fill) => ({
    taker: fill.takerFeeAtoms,
    maker: fill.makerFeeAtoms,
    notional: fill.quantityLots * fill.priceTicks * venue.state.markets[PERP]!.k,
    fund: moves.reduce((sum, { amountAtoms }) => sum + amountAtoms, 0),
  }));
}

describe('a rebate on a slice', () => {
  it('is paid out of its fee', () => {
    const [fill] = sliceAt(575_500);
    expect(fill!.maker).toBe(0 - Math.floor((fill!.notional * 50) / 1e6));
    expect(fill!.fund).toBe(fill!.taker + fill!.maker);
    expect(fill!.fund).toBeGreaterThan(0);
  });

  it('gives way with the fee: the fund never pays for a fill', () => {
    // The lowest price that the guard lets pass leaves no room for a fee.
    let passes = 572_000;
    let stops = 566_000;
    while (passes - stops > 1) {
      const middle = Math.floor((passes + stops) / 2);
      if (sliceAt(middle).length > 0) passes = middle;
      else stops = middle;
    }
    const fills = [0, 1, 2, 3].flatMap((above) => sliceAt(passes + above));
    expect(fills.length).toBe(4);
    for (const fill of fills) {
      expect(fill.fund).toBeGreaterThanOrEqual(0);
      expect(0 - fill.maker).toBeLessThanOrEqual(fill.taker);
    }
    const full = fills.map(({ notional }) => Math.floor((notional * 50) / 1e6));
    expect(fills.some(({ maker }, at) => 0 - maker < full[at]!)).toBe(true);
  });
});
