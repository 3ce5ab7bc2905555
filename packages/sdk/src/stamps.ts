/** The time that signatures carry: the venue's clock as far as it is known, and never twice for the same text. */

/** Gives the timestamps of signatures. */
export class Stamps {
  readonly #nowMs: () => number;
  #skewMs = 0;
  #lastMs = 0;
  #textsOfLast = new Set<string>();

  /** @param nowMs clock of this machine in Unix milliseconds */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** How far the venue's clock is ahead of this machine's, in milliseconds. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** The venue's clock in Unix milliseconds, rounded down. */
  nowMs(): number {
    return Math.floor(this.#nowMs() + this.#skewMs);
  }

  /**
   * Sets the clock right by what the venue said.
   *
   * @param venueMs the venue's clock in Unix milliseconds
   * @param askedMs this machine's clock when it asked
   * @param answeredMs this machine's clock when the answer came
   */
  learn(venueMs: number, askedMs: number, answeredMs: number): void {
    this.#skewMs = venueMs - (askedMs + answeredMs) / 2;
    this.#lastMs = 0;
    this.#textsOfLast.clear();
  }

  /** Clock of this machine in Unix milliseconds. */
  localMs(): number {
    return this.#nowMs();
  }

  /**
   * The stamp of a request. The venue takes one signed text once, so two equal requests in one millisecond get two stamps.
   *
   * @param text what is signed, but for its stamp
   * @returns Unix milliseconds
   */
  stampOf(text: string): number {
    const now = this.nowMs();
    if (now > this.#lastMs) this.#moveTo(now);
    else if (this.#textsOfLast.has(text)) this.#moveTo(this.#lastMs + 1);
    this.#textsOfLast.add(text);
    return this.#lastMs;
  }

  #moveTo(stampMs: number): void {
    this.#lastMs = stampMs;
    this.#textsOfLast = new Set();
  }
}
