/** Port: the time of the venue, which may run faster than the world's. */

export interface Clock {
  /** Time of the venue in microseconds since 1970. It may jump, back too: whoever stamps commands guards against that. */
  nowMicros(): number;
  /** Real milliseconds until the venue's time reaches `micros`; 0 when it has. Infinity when it moves only by hand. */
  millisUntil(micros: number): number;
}
