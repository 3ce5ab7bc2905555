/** Streams of a venue over one socket: subscribes, and subscribes again after every break. */
import type { Client } from '../client.ts';
import { StreamFault, wordsOf } from '../faults.ts';
import { signSubscription } from '../request.ts';
import { CONNECTION_RULES, Connection, type ConnectionRules, type StreamState } from './connection.ts';
import type { ServerFrame } from './frame.ts';
import { isPrivateStream, type StreamEvent, type StreamName } from './stream-event.ts';

/** Something that was subscribed to. */
export type Subscription = {
  /** Fulfilled when the venue has acknowledged it the first time; rejected with a StreamFault when it refused. */
  readonly ready: Promise<void>;
  /** Ends it. */
  readonly close: () => void;
};

/** How it is subscribed. */
export type SubscribeOptions = {
  /** Told after every subscription, first and again: whether nothing can have been missed since the last event. */
  readonly onSubscribed?: (isResumed: boolean) => void;
};

/** What {@link openStreams} may be told. */
export type StreamsOptions = {
  /** Told when the connection comes and goes, and why. */
  readonly onState?: (state: StreamState, reason: string) => void;
  /** Told what went wrong without anybody waiting for it; written to the console when absent. */
  readonly onFault?: (fault: Error) => void;
  readonly rules?: Partial<ConnectionRules>;
};

/** Streams of one venue. */
export type Streams = {
  readonly client: Client;
  /**
   * Listens to streams.
   *
   * @param names one name or several, such as `trade.SOL_USDC_PERP`
   * @param listener told every event and the name of its stream
   */
  readonly subscribe: <Name extends StreamName>(
    names: Name | readonly Name[],
    listener: (event: StreamEvent<Name>, stream: Name) => void,
    options?: SubscribeOptions,
  ) => Subscription;
  readonly state: () => StreamState;
  /** Tells `onFault`. */
  readonly report: (error: unknown) => void;
  /** Ends everything. */
  readonly close: () => void;
};

type Interest = {
  readonly names: ReadonlySet<string>;
  readonly deliver: (data: object, stream: string) => void;
  readonly onSubscribed: (isResumed: boolean) => void;
  readonly settle: (error: Error | null) => void;
};

/**
 * Opens the streams of a venue. The socket is opened with the first subscription and opened again whenever it breaks.
 *
 * @param client signs when private streams are subscribed to
 * @example
 * const streams = openStreams(client);
 * streams.subscribe('trade.SOL_USDC_PERP', ({ p, q }) => console.log(q, 'at', p));
 */
export function openStreams(client: Client, options: StreamsOptions = {}): Streams {
  const hub = new StreamHub(client, options);
  return {
    client,
    subscribe: (names, listener, how = {}) => hub.add(names, listener, how),
    state: () => hub.state,
    report: (error) => hub.report(error),
    close: () => hub.close(),
  };
}

class StreamHub {
  readonly #client: Client;
  readonly #options: StreamsOptions;
  readonly #connection: Connection;
  readonly #interests = new Set<Interest>();
  /** Streams that the venue knows we listen to, on this socket. */
  readonly #subscribed = new Set<string>();
  /** Sequence number of the account up to which everything was heard; null before the first event. */
  #seq: number | null = null;

  constructor(client: Client, options: StreamsOptions) {
    this.#client = client;
    this.#options = options;
    const events = {
      onOpen: () => this.#subscribeAll(),
      onFrame: (frame: ServerFrame) => this.#receive(frame),
      onState: (state: StreamState, reason: string) => options.onState?.(state, reason),
    };
    this.#connection = new Connection(client, events, { ...CONNECTION_RULES, ...options.rules });
  }

  get state(): StreamState {
    return this.#connection.state;
  }

  add<Name extends StreamName>(
    names: Name | readonly Name[],
    listener: (event: StreamEvent<Name>, stream: Name) => void,
    { onSubscribed = () => undefined }: SubscribeOptions,
  ): Subscription {
    const list: readonly Name[] = typeof names === 'string' ? [names] : names;
    let settle: Interest['settle'] = () => undefined;
    const ready = new Promise<void>((resolve, reject) => {
      settle = (error) => (error === null ? resolve() : reject(error));
    });
    // Whoever does not wait for it is told by onFault.
    ready.catch((error: unknown) => this.report(error));
    const deliver = (data: object, stream: string): void => {
      const name = list.find((wanted) => wanted === stream);
      if (name !== undefined && isEventOf<Name>(data)) listener(data, name);
    };
    const interest: Interest = { names: new Set<string>(list), deliver, onSubscribed, settle };
    this.#interests.add(interest);
    if (this.state === 'open') this.#subscribe([interest], false);
    else this.#connection.open();
    return { ready, close: () => this.#remove(interest) };
  }

  close(): void {
    this.#connection.close();
    for (const interest of this.#interests) interest.settle(new StreamFault(0, 'The streams were closed.'));
    this.#interests.clear();
  }

  #remove(interest: Interest): void {
    if (!this.#interests.delete(interest)) return;
    interest.settle(null);
    const left = new Set([...this.#interests].flatMap(({ names }) => [...names]));
    const params = [...interest.names].filter((name) => !left.has(name) && this.#subscribed.has(name));
    for (const name of params) this.#subscribed.delete(name);
    if (params.length > 0 && this.state === 'open')
      this.#connection.request({ method: 'UNSUBSCRIBE', params }).catch((error) => this.report(error));
  }

  #subscribeAll(): void {
    this.#subscribed.clear();
    this.#subscribe([...this.#interests], true);
  }

  #subscribe(interests: readonly Interest[], isAgain: boolean): void {
    this.#subscribeInterests(interests, isAgain).catch((error: unknown) => this.report(error));
  }

  /** Public and private ones go in frames of their own, so that a refused signature does not silence market data. */
  async #subscribeInterests(interests: readonly Interest[], isAgain: boolean): Promise<void> {
    const isPrivate = ({ names }: Interest) => [...names].some(isPrivateStream);
    await Promise.all([
      this.#subscribeGroup(
        interests.filter((interest) => !isPrivate(interest)),
        (params) => this.#requestPublic(params),
        isAgain,
      ),
      this.#subscribeGroup(interests.filter(isPrivate), (params) => this.#requestPrivate(params, isAgain), isAgain),
    ]);
  }

  async #subscribeGroup(
    interests: readonly Interest[],
    request: (params: readonly string[]) => Promise<boolean>,
    isAgain: boolean,
  ): Promise<void> {
    if (interests.length === 0) return;
    const params = [...new Set(interests.flatMap(({ names }) => [...names]))].filter((name) => !this.#subscribed.has(name));
    for (const name of params) this.#subscribed.add(name);
    try {
      const isResumed = params.length === 0 ? false : await request(params);
      for (const interest of interests) {
        interest.settle(null);
        interest.onSubscribed(isResumed);
      }
    } catch (error) {
      if (!(error instanceof StreamFault)) throw error;
      for (const name of params) this.#subscribed.delete(name);
      await this.#blame(interests, error, isAgain);
    }
  }

  /** One bad name spoils a frame: each is asked for by itself, and the bad one goes. */
  async #blame(interests: readonly Interest[], error: StreamFault, isAgain: boolean): Promise<void> {
    const [only] = interests;
    if (interests.length === 1 && only !== undefined) {
      this.#interests.delete(only);
      only.settle(error);
      return;
    }
    await Promise.all(interests.map((interest) => this.#subscribeInterests([interest], isAgain)));
  }

  async #requestPublic(params: readonly string[]): Promise<boolean> {
    await this.#connection.request({ method: 'SUBSCRIBE', params });
    return false;
  }

  /** @returns whether the venue repeated everything since the last event */
  async #requestPrivate(params: readonly string[], isAgain: boolean): Promise<boolean> {
    if (isAgain && this.#seq !== null && (await this.#resume(params, this.#seq))) return true;
    await this.#connection.request({ method: 'SUBSCRIBE', params, signature: await signSubscription(this.#client) });
    return false;
  }

  async #resume(params: readonly string[], resumeAfter: number): Promise<boolean> {
    try {
      await this.#connection.request({ method: 'SUBSCRIBE', params, resumeAfter, signature: await signSubscription(this.#client) });
      return true;
    } catch (error) {
      // What came after is not kept that long: begin anew, and let the followers read everything again.
      if (error instanceof StreamFault) return false;
      throw error;
    }
  }

  #receive(frame: ServerFrame): void {
    if (frame.kind === 'refusal') this.report(new StreamFault(frame.error.code, frame.error.message));
    if (frame.kind !== 'event') return;
    if (frame.seq !== null) this.#seq = frame.seq;
    for (const interest of this.#interests) if (interest.names.has(frame.stream)) interest.deliver(frame.data, frame.stream);
  }

  report(error: unknown): void {
    const fault = error instanceof Error ? error : new Error(wordsOf(error));
    if (this.#options.onFault === undefined) console.warn(`Streams of ${this.#client.url}: ${wordsOf(fault)}`);
    else this.#options.onFault(fault);
  }
}

/** The venue sends under a name what belongs to it, so the type follows from the name; every event has its time. */
function isEventOf<Name extends StreamName>(data: object): data is StreamEvent<Name> {
  return 'E' in data;
}
