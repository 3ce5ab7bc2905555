import { AssertionError, asAtoms, asLots, asPpm, atoms, type Lots, lots, signedAtoms, signedLots, type Ticks, ticks } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePriceDown, averagePriceTicks, breakEvenTicks, netCostAfterFill, realisedPnl } from './entry-price.ts';
import { estimateFill } from './estimate-fill.ts';
import { openOrderLoss, perpAskLoss, perpBidLoss } from './open-order-loss.ts';
import { fillPnl, positionPnl } from './perp-pnl.ts';
import { tradeFee } from './trade-fee.ts';

const ONE = atoms(1);
const price = fc.integer({ min: 1, max: 1_000_000 }).map(ticks);
const bought = fc.integer({ min: -100_000, max: 100_000 }).map(signedLots);
const RUNS = { numRuns: 500, seed: 30_005 };

describe('profit and loss', () => {
  it('of a position is the same settled often or once', () => {
    fc.assert(
      fc.property(bought, price, price, price, (size, a, b, c) => {
        expect(positionPnl(size, b, a, ONE) + positionPnl(size, c, b, ONE)).toBe(positionPnl(size, c, a, ONE));
      }),
      RUNS,
    );
  });

  it('of a fill and of the position it opens is the way from its price to the mark', () => {
    fc.assert(
      fc.property(bought, price, price, price, (size, fill, lastMark, mark) => {
        const k = atoms(7);
        expect(fillPnl(size, lastMark, fill, k) + positionPnl(size, mark, lastMark, k)).toBe(positionPnl(size, mark, fill, k));
        expect(fillPnl(size, lastMark, fill, k) + fillPnl(asLots(-size), lastMark, fill, k)).toBe(0);
      }),
      RUNS,
    );
  });
});

describe('open-order loss', () => {
  it('is what a perp order gives away against the mark', () => {
    expect(perpBidLoss(ticks(150), ticks(145), lots(10), ONE)).toBe(50);
    expect(perpBidLoss(ticks(140), ticks(145), lots(10), ONE)).toBe(0);
    expect(perpAskLoss(ticks(140), ticks(145), lots(10), ONE)).toBe(50);
    expect(perpAskLoss(ticks(150), ticks(145), lots(10), ONE)).toBe(0);
  });

  it('is never negative', () => {
    expect(openOrderLoss(1_000, 950)).toBe(50);
    expect(openOrderLoss(950, 1_000)).toBe(0);
  });
});

describe('a trade fee', () => {
  it('favours the venue both ways', () => {
    expect(tradeFee(atoms(1_000_001), asPpm(500))).toBe(501);
    expect(tradeFee(atoms(1_000_001), asPpm(-500))).toBe(-500);
    expect(Object.is(tradeFee(atoms(1), asPpm(-500)), 0)).toBe(true);
  });
});

describe('net cost', () => {
  it('adds, releases in proportion and turns', () => {
    expect(netCostAfterFill(lots(0), atoms(0), lots(10), ticks(100), ONE)).toBe(1_000);
    expect(netCostAfterFill(lots(10), atoms(1_000), lots(10), ticks(120), ONE)).toBe(2_200);
    expect(netCostAfterFill(lots(10), atoms(1_000), signedLots(-4), ticks(120), ONE)).toBe(600);
    expect(netCostAfterFill(lots(10), atoms(1_000), signedLots(-10), ticks(120), ONE)).toBe(0);
    expect(netCostAfterFill(lots(10), atoms(1_000), signedLots(-14), ticks(120), ONE)).toBe(-480);
    expect(netCostAfterFill(signedLots(-10), signedAtoms(-1_000), lots(4), ticks(80), ONE)).toBe(-600);
    expect(netCostAfterFill(signedLots(-10), signedAtoms(-1_000), signedLots(-5), ticks(80), ONE)).toBe(-1_400);
    expect(realisedPnl(atoms(1_000), atoms(600), signedLots(-4), ticks(120), ONE)).toBe(80);
    expect(realisedPnl(atoms(1_000), signedAtoms(-480), signedLots(-14), ticks(120), ONE)).toBe(200);
    expect(realisedPnl(atoms(0), atoms(1_000), lots(10), ticks(100), ONE)).toBe(0);
  });

  it('explains the whole cash of a position', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bought, price), { maxLength: 20 }), price, (fills, mark) => {
        const trail: (readonly [Lots, Ticks])[] = [...fills];
        const open = fills.reduce((sum, [quantity]) => sum + quantity, 0);
        trail.push([signedLots(-open), mark]);
        let size = lots(0);
        let cost = atoms(0);
        let realised = 0;
        let cash = 0;
        for (const [quantity, at] of trail) {
          const after = netCostAfterFill(size, cost, quantity, at, ONE);
          realised += realisedPnl(cost, after, quantity, at, ONE);
          size = asLots(size + quantity);
          cost = after;
          cash -= quantity * at;
          if (size !== 0) expect(Math.sign(cost)).toBe(Math.sign(size));
        }
        expect([size, cost]).toStrictEqual([0, 0]);
        expect(realised).toBe(cash);
      }),
      RUNS,
    );
  });

  it('over quantity is the average price', () => {
    expect(averagePriceTicks(atoms(725), lots(5), ONE)).toBe(145);
    expect(averagePriceTicks(signedAtoms(-725), signedLots(-5), ONE)).toBe(145);
    expect(averagePriceTicks(atoms(0), lots(0), ONE)).toBeUndefined();
    expect(averagePriceDown(atoms(1_001), lots(10), ONE, 100)).toBe(10_010);
    expect(averagePriceDown(signedAtoms(-1_000), signedLots(-3), ONE, 100)).toBe(33_333);
    expect(() => averagePriceDown(atoms(1), lots(0), ONE, 100)).toThrow(AssertionError);
  });

  it('with what was paid gives the break-even price', () => {
    expect(breakEvenTicks(atoms(1_000), atoms(10), lots(10), ONE)).toBe(101);
    expect(breakEvenTicks(signedAtoms(-1_000), atoms(10), signedLots(-10), ONE)).toBe(99);
    expect(breakEvenTicks(atoms(0), atoms(10), lots(0), ONE)).toBeUndefined();
  });
});

describe('an estimated fill', () => {
  const asks = [
    { price: ticks(100), quantity: lots(5) },
    { price: ticks(101), quantity: lots(5) },
    { price: ticks(103), quantity: lots(5) },
  ];

  it('walks the levels until the quantity is met', () => {
    expect(estimateFill(asks, lots(7), atoms(10))).toStrictEqual({ filled: 7, notional: 7_020, worstPrice: 101 });
    expect(estimateFill(asks, lots(5), ONE)).toStrictEqual({ filled: 5, notional: 500, worstPrice: 100 });
  });

  it('stops at the end of the book', () => {
    expect(estimateFill(asks, lots(20), ONE)).toStrictEqual({ filled: 15, notional: 1_520, worstPrice: 103 });
    expect(estimateFill([], lots(20), ONE)).toStrictEqual({ filled: 0, notional: 0, worstPrice: 0 });
    expect(estimateFill(asks, lots(0), ONE)).toStrictEqual({ filled: 0, notional: 0, worstPrice: 0 });
    expect(() => estimateFill([{ price: ticks(2 ** 40), quantity: lots(2 ** 40) }], asLots(2 ** 40), asAtoms(1))).toThrow(AssertionError);
  });
});
