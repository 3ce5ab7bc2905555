import { createSimulatedClock } from '@mochila/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorClock, createVenueClock, isClockOfMachine } from '../clock/venue-clock.ts';
import { CommandTime } from './command-time.ts';

const SECOND = 1_000_000;

describe('command time', () => {
  it('follows the clock', () => {
    const clock = createSimulatedClock(100 * SECOND);
    const time = new CommandTime(clock, 0);
    expect(time.look()).toBe(100 * SECOND);
    clock.advance(SECOND);
    expect([time.lastMicros, time.look()]).toEqual([100 * SECOND, 101 * SECOND]);
    expect(time.faults).toEqual({ backward: 0, backwardMicrosMax: 0, forward: 0, forwardMicrosMax: 0 });
  });

  it('stands still when the clock is set back, until it caught up, and counts it', () => {
    const clock = createSimulatedClock(100 * SECOND);
    const time = new CommandTime(clock, 0);
    time.look();
    clock.advance(-30 * SECOND);
    expect(time.look()).toBe(100 * SECOND);
    clock.advance(20 * SECOND);
    expect(time.look()).toBe(100 * SECOND);
    clock.advance(11 * SECOND);
    expect(time.look()).toBe(101 * SECOND);
    expect(time.faults).toMatchObject({ backward: 1, backwardMicrosMax: 30 * SECOND, forward: 0 });
  });

  it('follows a leap forward and counts it', () => {
    const clock = createSimulatedClock(100 * SECOND);
    const time = new CommandTime(clock, 0, 10 * SECOND);
    time.look();
    clock.advance(10 * SECOND);
    time.look();
    clock.advance(11 * SECOND);
    expect(time.look()).toBe(121 * SECOND);
    expect(time.faults).toMatchObject({ backward: 0, forward: 1, forwardMicrosMax: 11 * SECOND });
  });

  it('never begins before the last command of the journal', () => {
    const time = new CommandTime(createSimulatedClock(5 * SECOND), 9 * SECOND);
    expect(time.look()).toBe(9 * SECOND);
    expect(time.faults.backward).toBe(0);
  });

  it('never runs backwards, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 })), (steps) => {
        const clock = createSimulatedClock(10_000);
        const time = new CommandTime(clock, 0, 500);
        let last = time.look();
        for (const step of steps) {
          clock.advance(step);
          const now = time.look();
          expect(now).toBe(Math.max(last, clock.nowMicros()));
          last = now;
        }
        expect(time.faults.backward).toBe(steps.filter((step) => step < 0).length);
      }),
      { seed: 3 },
    );
  });
});

describe('the clock of a venue', () => {
  it('is the clock of the machine at speed 1', () => {
    let wall = 1_000;
    const clock = createVenueClock(anchorClock(1, 2_000_000, wall), () => wall);
    expect(clock.nowMicros()).toBe(1_000_000);
    expect([1, 2].map((speed) => isClockOfMachine(anchorClock(speed, 0)))).toEqual([true, false]);
    wall += 250;
    expect([clock.nowMicros(), clock.millisUntil(2_000_000), clock.millisUntil(0)]).toEqual([1_250_000, 750, 0]);
  });

  it('goes on from the last command at speed 1 too, when that is further ahead than a second', () => {
    let wall = 1_000;
    const clock = createVenueClock(anchorClock(1, 2_000_001, wall), () => wall);
    expect(clock.nowMicros()).toBe(2_000_001);
    wall += 250;
    expect(clock.nowMicros()).toBe(2_250_001);
    expect(isClockOfMachine(anchorClock(1, 2_000_001, 1_000))).toBe(false);
  });

  it('runs faster on demand, and goes on from the last command', () => {
    let wall = 1_000;
    const clock = createVenueClock(anchorClock(60, 5_000_000, wall), () => wall);
    expect(clock.nowMicros()).toBe(5_000_000);
    wall += 100;
    expect([clock.nowMicros(), clock.millisUntil(17_000_000)]).toEqual([11_000_000, 100]);
  });

  it('has a sensible speed', () => {
    for (const speed of [0, -1, Number.NaN, 1e9]) expect(() => anchorClock(speed, 0)).toThrow(RangeError);
  });
});
