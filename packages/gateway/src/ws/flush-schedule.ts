/** Writes what was gathered once per turn of the event loop, however many frames a batch made. */

/** Something that gathers. */
export interface Flushable {
  flush(): void;
}

/** Those who have gathered something. */
export class FlushSchedule {
  #waiting = new Set<Flushable>();
  #isPlanned = false;

  /** Flushes soon. */
  add(one: Flushable): void {
    this.#waiting.add(one);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isPlanned = false;
    const ready = this.#waiting;
    this.#waiting = new Set();
    for (const one of ready) one.flush();
  }
}
