import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createReplay, expireReplay, rememberSeen, wasSeen } from './replay.ts';
import { isRingFull } from './ring.ts';

const write = fc.record({
  key: fc.integer({ min: 0, max: 2 }),
  sign: fc.integer({ min: 0, max: 40 }),
  window: fc.integer({ min: 0, max: 6 }),
});

it('knows exactly the writes that are in the ring, also after its numbers wrapped', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 300 }), fc.constantFrom(1, 2 ** 31 - 20, -20), (writes, firstNumber) => {
      const replay = createReplay(7);
      replay.nextNumber = firstNumber;
      const alive: { key: number; sign: number; closes: number }[] = [];
      for (const [now, { key, sign, window }] of writes.entries()) {
        expireReplay(replay, now);
        while (alive.length > 0 && alive[0]!.closes < now) alive.shift();
        expect(replay.live).toBe(alive.length);
        const isKnown = alive.some((each) => each.key === key && each.sign === sign);
        expect(wasSeen(replay, key, 0, sign)).toBe(isKnown);
        expect(wasSeen(replay, key, 1, sign)).toBe(false);
        if (isKnown || isRingFull(replay)) continue;
        rememberSeen(replay, key, 0, sign, now + window);
        alive.push({ key, sign, closes: now + window });
      }
    }),
    { numRuns: 300, seed: 20_301 },
  );
});
