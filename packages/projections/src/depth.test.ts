import type { EventFields } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Depth } from './depth.ts';
import { DepthWindow } from './depth-window.ts';

function change(updateId: number, side: number, priceTicks: number, lots: number): EventFields<'levelChanged'> {
  return { market: 0, side, priceTicks, lots, updateId };
}

describe('depth', () => {
  it('shows both sides with prices ascending and the best of each', () => {
    const depth = new Depth();
    const changes = [
      change(1, 0, 99, 5),
      change(2, 0, 100, 1),
      change(3, 1, 102, 7),
      change(4, 1, 101, 2),
      change(5, 0, 98, 4),
      change(6, 0, 98, 0),
    ];
    for (const one of changes) expect(depth.apply(one)).toBe(true);
    expect(depth.snapshot(10)).toEqual({
      updateId: 6,
      bids: [
        [99, 5],
        [100, 1],
      ],
      asks: [
        [101, 2],
        [102, 7],
      ],
    });
    expect(depth.snapshot(1)).toEqual({ updateId: 6, bids: [[100, 1]], asks: [[101, 2]] });
    expect(depth.ticker()).toEqual({ updateId: 6, bid: [100, 1], ask: [101, 2] });
  });

  it('starts from an answer, passes over what it knows and tells of a gap', () => {
    const depth = new Depth();
    depth.load({
      updateId: 10,
      bids: [
        [100, 1],
        [99, 2],
      ],
      asks: [
        [101, 3],
        [105, 4],
      ],
    });
    expect(depth.snapshot(9)).toEqual({
      updateId: 10,
      bids: [
        [99, 2],
        [100, 1],
      ],
      asks: [
        [101, 3],
        [105, 4],
      ],
    });
    expect(depth.apply(change(10, 0, 100, 77))).toBe(true);
    expect(depth.apply(change(12, 0, 100, 77))).toBe(false);
    expect(depth.ticker().bid).toEqual([100, 1]);
    expect(depth.apply(change(11, 0, 100, 0))).toBe(true);
    expect(depth.ticker().bid).toEqual([99, 2]);
  });

  it('has no best price on an empty side', () => {
    expect(new Depth().ticker()).toEqual({ updateId: 0, bid: null, ask: null });
  });

  it('is what a plain map of the same changes sorts to, and windows carry a copy to the same end', () => {
    const step = fc.record({ side: fc.nat(1), price: fc.integer({ min: 1, max: 12 }), lots: fc.nat(3), isTaken: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const depth = new Depth();
        const window = new DepthWindow();
        const plain = [new Map<number, number>(), new Map<number, number>()];
        const copy = [new Map<number, number>(), new Map<number, number>()];
        let lastTaken = 0;
        const take = (): void => {
          const delta = window.take();
          if (delta === null) return;
          expect(delta.firstUpdateId).toBe(lastTaken + 1);
          lastTaken = delta.lastUpdateId;
          for (const [ix, levels] of [delta.bids, delta.asks].entries()) for (const [price, lots] of levels) put(copy[ix], price, lots);
        };
        for (const [ix, { side, price, lots, isTaken }] of steps.entries()) {
          depth.apply(change(ix + 1, side, price, lots));
          window.add(change(ix + 1, side, price, lots), ix);
          put(plain[side], price, lots);
          if (isTaken) take();
        }
        take();
        const sorted = plain.map((side) => [...side].sort(([a], [b]) => a - b));
        expect(copy.map((side) => [...side].sort(([a], [b]) => a - b))).toEqual(sorted);
        expect(depth.snapshot(100)).toEqual({ updateId: steps.length, bids: sorted[0], asks: sorted[1] });
      }),
      { numRuns: 300, seed: 4_001 },
    );
  });

  it('gives each level of a window once, with its last lots', () => {
    const window = new DepthWindow();
    expect(window.take()).toBeNull();
    for (const one of [change(4, 0, 100, 5), change(5, 1, 101, 2), change(6, 0, 100, 0), change(7, 0, 99, 1)]) window.add(one, 1_000);
    const expected = {
      firstUpdateId: 4,
      lastUpdateId: 7,
      timeMicros: 1_000,
      bids: [
        [99, 1],
        [100, 0],
      ],
      asks: [[101, 2]],
    };
    expect(window.take()).toEqual(expected);
    expect(window.take()).toBeNull();
  });
});

function put(side: Map<number, number> | undefined, price: number, lots: number): void {
  if (lots === 0) side?.delete(price);
  else side?.set(price, lots);
}
