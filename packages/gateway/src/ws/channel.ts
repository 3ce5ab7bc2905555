/** One stream and those who listen to it: a frame is encoded once and shared. */

/** Whoever takes frames. */
export interface Subscriber {
  /** Takes a frame, to be sent soon. `channel` is where it came from. */
  enqueue(frame: Buffer, channel: Channel): void;
}

/** What a stream can do beside sending what happens. */
export type ChannelTraits = {
  /** A newer frame replaces an older one that a slow reader has not taken yet. */
  readonly isConflated?: boolean;
  /** The whole of what the frames change, for those who begin now. */
  readonly snapshot?: () => object;
};

/** A stream with its subscribers. */
export class Channel {
  readonly name: string;
  readonly isConflated: boolean;
  readonly snapshot: (() => object) | null;
  readonly #subscribers = new Set<Subscriber>();

  constructor(name: string, { isConflated = false, snapshot }: ChannelTraits = {}) {
    this.name = name;
    this.isConflated = isConflated;
    this.snapshot = snapshot ?? null;
  }

  /** How many listen. Nothing needs to be encoded for nobody. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Adds a subscriber; one that is there already gets nothing twice. */
  add(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
  }

  delete(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** Sends a payload to all. */
  publish(data: object): void {
    if (this.#subscribers.size > 0) this.send(encodeFrame(this.name, JSON.stringify(data)));
  }

  /** Sends an encoded frame to all. */
  send(frame: Buffer): void {
    for (const subscriber of this.#subscribers) subscriber.enqueue(frame, this);
  }
}

/**
 * Encodes a frame.
 *
 * @param name name of the stream
 * @param json its payload as JSON
 */
export function encodeFrame(name: string, json: string): Buffer {
  return Buffer.from(`{"stream":"${name}","data":${json}}`);
}
