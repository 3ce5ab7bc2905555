/** Follows a part of the account: reads it once, applies what happens, and reads it again only when something may be missing. */
import { backoffMs, sleep } from '../retry.ts';
import type { Streams } from './open-streams.ts';
import type { PrivateStream, StreamEvent } from './stream-event.ts';

/** Something of the account that is followed. */
export type Followed<State> = {
  /** The latest state. */
  readonly state: () => State;
  /** How often it was read over REST: once at the start, and after breaks that could not be bridged. */
  readonly readings: () => number;
  /** Fulfilled when the state is complete the first time; rejected when the venue refuses. */
  readonly ready: Promise<void>;
  readonly close: () => void;
};

/** What a follower of a part of the account is made of. */
export type AccountPart<Name extends PrivateStream, State> = {
  readonly stream: Name;
  /** Reads the whole state. */
  readonly read: () => Promise<State>;
  /** The state after an event; events say what is, so one that is applied twice does no harm. */
  readonly apply: (state: State, event: StreamEvent<Name>) => State;
  readonly empty: State;
  /** Told after every event, and with null after a reading. */
  readonly listener: (state: State, event: StreamEvent<Name> | null) => void;
};

/**
 * Follows a part of the account.
 *
 * @param streams from {@link openStreams}, with a client that signs
 */
export function followAccount<Name extends PrivateStream, State>(streams: Streams, part: AccountPart<Name, State>): Followed<State> {
  const follower = new AccountFollower(streams, part);
  return {
    state: () => follower.state,
    readings: () => follower.readings,
    ready: follower.ready,
    close: () => follower.close(),
  };
}

class AccountFollower<Name extends PrivateStream, State> {
  state: State;
  readings = 0;
  readonly ready: Promise<void>;
  readonly #part: AccountPart<Name, State>;
  readonly #streams: Streams;
  readonly #close: () => void;
  #kept: StreamEvent<Name>[] | null = [];
  #isReading = false;
  #isStale = false;
  #isClosed = false;
  #onRead: () => void = () => undefined;

  constructor(streams: Streams, part: AccountPart<Name, State>) {
    this.#part = part;
    this.#streams = streams;
    this.state = part.empty;
    const isFirst = new Promise<void>((resolve) => {
      this.#onRead = resolve;
    });
    const subscription = streams.subscribe(part.stream, (event) => this.#receive(event), {
      onSubscribed: (isResumed) => this.#subscribed(isResumed),
    });
    this.#close = subscription.close;
    this.ready = subscription.ready.then(() => isFirst);
    // Whoever does not wait for it is told by the streams' onFault.
    this.ready.catch(() => this.close());
  }

  close(): void {
    this.#isClosed = true;
    this.#close();
  }

  #receive(event: StreamEvent<Name>): void {
    if (this.#kept === null) this.#apply(event);
    else this.#kept.push(event);
  }

  #apply(event: StreamEvent<Name>): void {
    this.state = this.#part.apply(this.state, event);
    this.#part.listener(this.state, event);
  }

  #subscribed(isResumed: boolean): void {
    if (isResumed && this.#kept === null) return;
    this.#kept ??= [];
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    this.#readUntilDone().catch((error: unknown) => this.#streams.report(error));
  }

  async #readUntilDone(): Promise<void> {
    for (let attempt = 0; this.#isStale && !this.#isClosed; attempt += 1) {
      this.#isStale = false;
      if (!(await this.#readOnce())) {
        this.#isStale = true;
        await sleep(backoffMs(attempt));
      }
    }
    this.#isReading = false;
    const kept = this.#kept ?? [];
    this.#kept = null;
    for (const event of kept) this.#apply(event);
    this.#onRead();
  }

  async #readOnce(): Promise<boolean> {
    try {
      this.state = await this.#part.read();
      this.readings += 1;
      this.#part.listener(this.state, null);
      return true;
    } catch (error) {
      // A venue that is away comes back; a key that may not read is told by the subscription.
      if (error instanceof Error) return false;
      throw error;
    }
  }
}
