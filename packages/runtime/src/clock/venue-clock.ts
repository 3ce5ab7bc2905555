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

/** Fastest and slowest venue. */
export const SPEED_RANGE = { min: 0.01, max: 3600 } as const;

/**
 * Sets a clock going now.
 *
 * A venue that ran faster than the world is ahead of it when it starts again: it goes on from its last command.
 * @param lastTimeMicros time of the last command, 0 for a new venue
 * @throws RangeError when the speed is out of range
 */
export function anchorClock(speed: number, lastTimeMicros: number, wallMillis: number = Date.now()): ClockSettings {
  if (!(speed >= SPEED_RANGE.min && speed <= SPEED_RANGE.max)) {
    throw new RangeError(`speed is from ${SPEED_RANGE.min} to ${SPEED_RANGE.max} venue seconds a second, not ${speed}`);
  }
  // At speed 1 the machine's clock is right and the last command was stamped by a wrong one: time stands still meanwhile.
  const anchorVenueMicros = speed === 1 ? wallMillis * 1000 : Math.max(wallMillis * 1000, lastTimeMicros);
  return { speed, anchorVenueMicros, anchorWallMillis: wallMillis };
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
