import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashIndex, insertHash, mixHash, nextSlot, removeHash, rowInSlot, startOfHash } from './hash-index.ts';

const ROWS = 16;

describe('hash index', () => {
  it('finds exactly what was added and not removed, whatever collides', () => {
    const step = fc.record({ row: fc.nat(ROWS - 1), hash: fc.constantFrom(0, 1, 2, -1, 7) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const index = createHashIndex(ROWS);
        const hashes = new Int32Array(ROWS);
        const live = new Set<number>();
        for (const { row, hash } of steps) {
          if (live.delete(row)) removeHash(index, hashes, row);
          else {
            hashes[row] = hash;
            insertHash(index, hash, row);
            live.add(row);
          }
          for (let each = 0; each < ROWS; each += 1) expect(isFound(index, hashes[each]!, each)).toBe(live.has(each));
        }
        expect(index.slots.filter((word, at) => at % 2 === 0 && word !== 0).length).toBe(live.size);
      }),
      { numRuns: 100, seed: 20_413 },
    );
  });

  it('tells numbers apart that differ only above 2^32', () => {
    expect(mixHash(0, 5)).not.toBe(mixHash(0, 5 + 2 ** 32));
  });

  it('spreads consecutive numbers over the slots', () => {
    const index = createHashIndex(1024);
    const used = new Set<number>();
    for (let at = 0; at < 1024; at += 1) used.add(startOfHash(index, mixHash(0, at)));
    expect(used.size).toBeGreaterThan(700);
  });
});

function isFound(index: ReturnType<typeof createHashIndex>, hash: number, row: number): boolean {
  for (let slot = startOfHash(index, hash); rowInSlot(index, slot) >= 0; slot = nextSlot(index, slot))
    if (rowInSlot(index, slot) === row) return true;
  return false;
}
