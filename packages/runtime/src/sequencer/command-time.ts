/** The time that commands are stamped with: the clock's, but never backwards. */

import type { Clock } from '@mochila/ports';

/** What the clock did that it should not. */
export interface ClockFaults {
  /** Times the clock was set back; command time stood still until the clock caught up. */
  backward: number;
  /** Longest it was set back at once, in microseconds. */
  backwardMicrosMax: number;
  /** Times it leapt further than it should between two looks; command time followed. */
  forward: number;
  forwardMicrosMax: number;
}

/** Leap between two looks that is counted, in venue microseconds: looks are at most a second apart. */
export const FORWARD_LEAP_MICROS = 60_000_000;

/** Stamps commands. */
export class CommandTime {
  readonly faults: ClockFaults = { backward: 0, backwardMicrosMax: 0, forward: 0, forwardMicrosMax: 0 };
  readonly #clock: Clock;
  readonly #leapMicros: number;
  #last: number;
  #lastReading = Number.NaN;

  /**
   * @param lastTimeMicros time of the last command
   * @param leapMicros leap of the clock that is counted as a fault
   */
  constructor(clock: Clock, lastTimeMicros: number, leapMicros = FORWARD_LEAP_MICROS) {
    this.#clock = clock;
    this.#last = lastTimeMicros;
    this.#leapMicros = leapMicros;
  }

  /** Time of the last command, in microseconds since 1970. */
  get lastMicros(): number {
    return this.#last;
  }

  /** Looks at the clock; returns the time for commands from now to the next look, not before the last. */
  look(): number {
    const reading = this.#clock.nowMicros();
    this.#count(reading - this.#lastReading);
    this.#lastReading = reading;
    if (reading > this.#last) this.#last = reading;
    return this.#last;
  }

  // The first difference is NaN and counts as nothing.
  #count(step: number): void {
    const { faults } = this;
    if (step < 0) {
      faults.backward += 1;
      faults.backwardMicrosMax = Math.max(faults.backwardMicrosMax, -step);
    } else if (step > this.#leapMicros) {
      faults.forward += 1;
      faults.forwardMicrosMax = Math.max(faults.forwardMicrosMax, step);
    }
  }
}
