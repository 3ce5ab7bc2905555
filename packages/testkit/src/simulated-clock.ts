/** A clock that moves only when told. */

import type { Clock } from '@mochila/ports';

/** A `Clock` for tests and simulations. */
export interface SimulatedClock extends Clock {
  /** Moves by a span in microseconds; a negative one sets it back. */
  advance(micros: number): void;
  /** Sets it to a moment, in microseconds since 1970. */
  set(micros: number): void;
}

/** @param startMicros moment it shows at first, in microseconds since 1970 */
export function createSimulatedClock(startMicros: number): SimulatedClock {
  let now = startMicros;
  return {
    nowMicros: () => now,
    millisUntil: (micros) => (micros <= now ? 0 : Number.POSITIVE_INFINITY),
    advance: (micros) => {
      now += micros;
    },
    set: (micros) => {
      now = micros;
    },
  };
}
