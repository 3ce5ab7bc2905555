/** The clock of a running venue: the machine's, or a faster one that starts from it. */

import type { Clock } from '@mochila/ports';

/** A clock as data, so that every thread makes the same one. */
export interface ClockSettings {
  /** Venue seconds in one real second; 1 is the machine's clock. */
  readonly speed: number;
  /** A moment of the venue, in microseconds since 1970 ... */
  readonly anchorVenueMicros: number;
  /** ... and the machine's time at that moment, in milliseconds since 1970. */
  readonly anchorWallMillis: number;
}

/** How far the last command may be ahead of the machine's clock for a venue at speed 1 to wait until the clock caught up. */
const LEAD_WAITED_MICROS = 1_000_000;

/** Fastest and slowest venue. */
export const SPEED_RANGE = { min: 0.01, max: 3600 } as const;

/**
 * Sets a clock going now.
 *
 * A venue that ran faster than the world is ahead of it when it starts again: it goes on from its last command, at any
 * speed. Waiting for the machine's clock would take as long as it is ahead, and every signature would look expired.
 * @param lastTimeMicros time of the last command, 0 for a new venue
 * @throws RangeError when the speed is out of range
 */
export function anchorClock(speed: number, lastTimeMicros: number, wallMillis: number = Date.now()): ClockSettings {
  if (!(speed >= SPEED_RANGE.min && speed <= SPEED_RANGE.max)) {
    throw new RangeError(`speed is from ${SPEED_RANGE.min} to ${SPEED_RANGE.max} venue seconds a second, not ${speed}`);
  }
  const wallMicros = wallMillis * 1000;
  // A machine's clock that was put right by a moment is waited for: the venue's is the machine's then.
  const isWaitedFor = speed === 1 && lastTimeMicros - wallMicros <= LEAD_WAITED_MICROS;
  const anchorVenueMicros = isWaitedFor ? wallMicros : Math.max(wallMicros, lastTimeMicros);
  return { speed, anchorVenueMicros, anchorWallMillis: wallMillis };
}

/** Tells whether a venue's time is the machine's: it is not at another speed, nor where the venue was ahead when it started. */
export function isClockOfMachine({ speed, anchorVenueMicros, anchorWallMillis }: ClockSettings): boolean {
  return speed === 1 && anchorVenueMicros === anchorWallMillis * 1000;
}

/**
 * Makes the clock.
 * @param readWallMillis the machine's time in milliseconds since 1970
 */
export function createVenueClock(settings: ClockSettings, readWallMillis: () => number = Date.now): Clock {
  const { speed, anchorVenueMicros, anchorWallMillis } = settings;
  const nowMicros = (): number => anchorVenueMicros + Math.floor((readWallMillis() - anchorWallMillis) * 1000 * speed);
  return { nowMicros, millisUntil: (micros) => Math.max(0, Math.ceil((micros - nowMicros()) / (1000 * speed))) };
}
