/** Requests that wait for an answer, each with the same limit. */

/** What waits for one answer. */
export interface Waiter<T> {
  answer(value: T): void;
  /** No answer came within the limit. */
  giveUp(): void;
}

type Entry<T> = { readonly id: number; readonly waiter: Waiter<T>; readonly giveUpAt: number };

/** A power of two. */
const FIRST_PLACES = 64;

/**
 * Waiters by number. Each stands in the place that its number says: a map makes a new table whenever enough was taken out of it,
 * and what stood in the old ones lives on from one to the next, kilobytes a request, until all memory is looked through.
 */
export class PendingRequests<T> {
  readonly #timeoutMs: number;
  #places: (Entry<T> | null)[] = emptyPlaces(FIRST_PLACES);
  #count = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs limit of every wait; it may take a quarter more */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get count(): number {
    return this.#count;
  }

  /** @param id a whole number that nobody else has */
  add(id: number, waiter: Waiter<T>): void {
    while (this.#places[placeOf(id, this.#places.length)] !== null) this.#widen();
    this.#places[placeOf(id, this.#places.length)] = { id, waiter, giveUpAt: performance.now() + this.#timeoutMs };
    this.#count += 1;
    this.#timer ??= setTimeout(() => this.#sweep(), this.#timeoutMs / 4).unref();
  }

  /** Takes a waiter out; undefined when it gave up before. */
  take(id: number): Waiter<T> | undefined {
    const place = placeOf(id, this.#places.length);
    const entry = this.#places[place];
    if (entry?.id !== id) return undefined;
    this.#places[place] = null;
    this.#count -= 1;
    return entry.waiter;
  }

  /** Lets all go: no answer will come. */
  giveUpAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#giveUp(() => true);
  }

  #sweep(): void {
    this.#timer = undefined;
    const now = performance.now();
    this.#giveUp(({ giveUpAt }) => giveUpAt <= now);
    if (this.#count > 0) this.#timer ??= setTimeout(() => this.#sweep(), this.#timeoutMs / 4).unref();
  }

  /** The oldest first. */
  #giveUp(isOver: (entry: Entry<T>) => boolean): void {
    const over = this.#places.flatMap((entry) => (entry !== null && isOver(entry) ? entry.id : []));
    for (const id of over.sort((one, other) => one - other)) this.take(id)?.giveUp();
  }

  #widen(): void {
    const wider = emptyPlaces<T>(this.#places.length * 2);
    for (const entry of this.#places) if (entry !== null) wider[placeOf(entry.id, wider.length)] = entry;
    this.#places = wider;
  }
}

function emptyPlaces<T>(count: number): (Entry<T> | null)[] {
  return Array.from({ length: count }, () => null);
}

function placeOf(id: number, places: number): number {
  return id % places;
}
