/** Follows a book: joins the stream of changes with a snapshot, sees when a change is missing, and reads the book again. */
import { depth } from '../actions/depth.ts';
import { backoffMs, sleep } from '../retry.ts';
import type { DepthEvent } from '../types/stream-public.ts';
import { LocalBook } from './local-book.ts';
import type { Streams } from './open-streams.ts';

/** A book that is followed. */
export type FollowedBook = {
  /** The book; only as good as `isCurrent` says. */
  readonly book: LocalBook;
  /** Whether it is complete and no change is known to be missing. */
  readonly isCurrent: () => boolean;
  /** How often changes were missing, or the connection broke, and the book had to be read again. */
  readonly repairs: () => number;
  /** Fulfilled when the book is complete the first time; rejected when the venue refuses. */
  readonly ready: Promise<void>;
  readonly close: () => void;
};

/** Told after every change: the book, and whether it can be trusted now. */
export type BookListener = (book: LocalBook, isCurrent: boolean) => void;

/** Changes kept while the book is read; beyond it the oldest go, which is a gap like any other. */
const CHANGES_KEPT = 10_000;

/**
 * Follows a book.
 *
 * @param streams from {@link openStreams}
 * @param symbol market, such as `SOL_USDC_PERP`
 * @param listener told after every change, and when the book goes out of date
 * @example
 * const followed = followBook(openStreams(client), 'SOL_USDC_PERP', (book) => console.log(book.bids[0], book.asks[0]));
 */
export function followBook(streams: Streams, symbol: string, listener: BookListener): FollowedBook {
  const follower = new BookFollower(streams, symbol, listener);
  return {
    book: follower.book,
    isCurrent: () => follower.isCurrent,
    repairs: () => follower.repairs,
    ready: follower.ready,
    close: () => follower.close(),
  };
}

class BookFollower {
  readonly book: LocalBook;
  readonly ready: Promise<void>;
  isCurrent = false;
  repairs = 0;
  readonly #streams: Streams;
  readonly #listener: BookListener;
  readonly #close: () => void;
  #kept: DepthEvent[] = [];
  #isReading = false;
  #isClosed = false;
  #hasBeenCurrent = false;
  #onCurrent: () => void = () => undefined;

  constructor(streams: Streams, symbol: string, listener: BookListener) {
    this.book = new LocalBook(symbol);
    this.#streams = streams;
    this.#listener = listener;
    const isFirst = new Promise<void>((resolve) => {
      this.#onCurrent = resolve;
    });
    const subscription = streams.subscribe(`depth.${symbol}`, (event) => this.#receive(event), {
      onSubscribed: () => this.#repair(),
    });
    this.#close = subscription.close;
    this.ready = subscription.ready.then(() => isFirst);
    // Whoever does not wait for it is told by the streams' onFault.
    this.ready.catch(() => this.close());
  }

  close(): void {
    this.#isClosed = true;
    this.isCurrent = false;
    this.#close();
  }

  #receive(event: DepthEvent): void {
    if (!this.isCurrent) {
      this.#kept.push(event);
      if (this.#kept.length > CHANGES_KEPT) this.#kept.shift();
      return;
    }
    const result = this.book.apply(event);
    if (result === 'applied') this.#listener(this.book, true);
    if (result !== 'gap') return;
    this.#kept = [event];
    this.#repair();
  }

  /** Reads the book again. Changes are kept meanwhile. */
  #repair(): void {
    if (this.isCurrent) this.#listener(this.book, false);
    this.isCurrent = false;
    if (this.#hasBeenCurrent) this.repairs += 1;
    if (this.#isReading || this.#isClosed) return;
    this.#isReading = true;
    this.#readUntilJoined().catch((error: unknown) => this.#streams.report(error));
  }

  async #readUntilJoined(): Promise<void> {
    try {
      for (let attempt = 0; !this.#isClosed; attempt += 1) {
        if (await this.#readOnce()) return;
        await sleep(backoffMs(attempt));
      }
    } finally {
      this.#isReading = false;
    }
  }

  async #readOnce(): Promise<boolean> {
    try {
      // A closed or unknown market is told by the subscription; a venue that is away comes back, and so do we.
      this.book.reset(await depth(this.#streams.client, { symbol: this.book.symbol, limit: '1000' }));
    } catch (error) {
      if (error instanceof Error) return false;
      throw error;
    }
    return !this.#isClosed && this.#join();
  }

  /** Applies what was kept. @returns false when the snapshot is older than the first kept change allows */
  #join(): boolean {
    const kept = this.#kept;
    this.#kept = [];
    for (const [at, event] of kept.entries()) {
      if (this.book.apply(event) !== 'gap') continue;
      this.#kept = kept.slice(at);
      return false;
    }
    this.isCurrent = true;
    this.#hasBeenCurrent = true;
    this.#onCurrent();
    this.#listener(this.book, true);
    return true;
  }
}
