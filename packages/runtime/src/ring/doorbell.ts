/**
 * A shared cell that wakes a thread. The consumer notes the count, looks at everything it serves, and sleeps only if the
 * count is still the same; so a ring between looking and sleeping is never lost.
 *
 * | index | meaning                                     |
 * |------:|---------------------------------------------|
 * |     0 | count of rings, wraps at 2^32               |
 * |    16 | number of sleepers (on a cache line of its own) |
 */

const COUNT = 0;
const SLEEPERS = 16;
const CELLS = 32;

/** One consumer thread's bell; any number of threads may ring it. */
export class Doorbell {
  /** The shared memory, to be handed to other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /** @param shared memory of an existing bell; a new one is made without it */
  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(CELLS * 4)) {
    this.shared = shared;
    this.#cells = new Int32Array(shared);
  }

  /** Wakes the consumer if it sleeps, and keeps it from falling asleep if it is about to. */
  ring(): void {
    Atomics.add(this.#cells, COUNT, 1);
    if (Atomics.load(this.#cells, SLEEPERS) > 0) Atomics.notify(this.#cells, COUNT);
  }

  /** Returns the count of rings so far; read it before looking for work. */
  count(): number {
    return Atomics.load(this.#cells, COUNT);
  }

  /**
   * Blocks the thread until the bell has rung since `seen` was read; for worker loops.
   * @param seen a count read earlier
   * @param timeoutMs longest wait
   * @returns false when the time ran out
   */
  wait(seen: number, timeoutMs: number): boolean {
    Atomics.add(this.#cells, SLEEPERS, 1);
    const outcome = Atomics.wait(this.#cells, COUNT, seen, timeoutMs);
    Atomics.sub(this.#cells, SLEEPERS, 1);
    return outcome !== 'timed-out';
  }

  /**
   * Like `wait` for threads with an event loop. The promise alone does not keep a process alive.
   * @returns false when the time ran out
   */
  async waitAsync(seen: number, timeoutMs: number): Promise<boolean> {
    Atomics.add(this.#cells, SLEEPERS, 1);
    const waiting = Atomics.waitAsync(this.#cells, COUNT, seen, timeoutMs);
    const outcome = waiting.async ? await waiting.value : waiting.value;
    Atomics.sub(this.#cells, SLEEPERS, 1);
    return outcome !== 'timed-out';
  }
}
