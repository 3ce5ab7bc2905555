/** Requests that wait for an answer, each with the same limit. */

/** What waits for one answer. */
export interface Waiter<T> {
  answer(value: T): void;
  /** No answer came within the limit. */
  giveUp(): void;
}

/** Waiters by number, oldest first. */
export class PendingRequests<T> {
  readonly #timeoutMs: number;
  readonly #waiters = new Map<number, { waiter: Waiter<T>; giveUpAt: number }>();
  #timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs limit of every wait; it may take a quarter more */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get count(): number {
    return this.#waiters.size;
  }

  add(id: number, waiter: Waiter<T>): void {
    this.#waiters.set(id, { waiter, giveUpAt: performance.now() + this.#timeoutMs });
    this.#timer ??= setTimeout(() => this.#sweep(), this.#timeoutMs / 4).unref();
  }

  /** Takes a waiter out; undefined when it gave up before. */
  take(id: number): Waiter<T> | undefined {
    const entry = this.#waiters.get(id);
    this.#waiters.delete(id);
    return entry?.waiter;
  }

  /** Lets all go: no answer will come. */
  giveUpAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = [...this.#waiters.values()];
    this.#waiters.clear();
    for (const { waiter } of all) waiter.giveUp();
  }

  #sweep(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [id, { waiter, giveUpAt }] of this.#waiters) {
      if (giveUpAt > now) break;
      this.#waiters.delete(id);
      waiter.giveUp();
    }
    if (this.#waiters.size > 0) this.#timer = setTimeout(() => this.#sweep(), this.#timeoutMs / 4).unref();
  }
}
