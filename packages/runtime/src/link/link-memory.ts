/** The memory that one link shares with the core thread. */

import { Doorbell } from '../ring/doorbell.ts';
import { createByteRing } from '../ring/ring-layout.ts';

/** Records from a link to the core: the request's number, then the rest. */
export const InputTag = {
  /** [request][command with its envelope] */
  Command: 1,
  /** [request][length in bytes][name and parameters of the question, serialised] */
  Question: 2,
} as const;

/** Records from the core to a link: the sequence that must be durable before they are read, then the rest. */
export const OutputTag = {
  /** [sequence][batch, or its last part] */
  Batch: 1,
  /** [sequence][part of a batch; more follows] */
  Part: 2,
  /** [sequence][request][1 answer, 0 fault][length in bytes][serialised answer, or text] */
  Answer: 3,
} as const;

/** Shared memory of a link; it can be posted to other threads as it is. */
export interface LinkMemory {
  readonly ordinary: SharedArrayBuffer;
  /** Cancels and reduce-only orders, taken before the ordinary ones. */
  readonly priority: SharedArrayBuffer;
  readonly output: SharedArrayBuffer;
  /** Bell of the link's thread. */
  readonly bell: SharedArrayBuffer;
  /** Cells of `LinkControl`. */
  readonly control: SharedArrayBuffer;
  /** True for followers that must never hold up trading: batches that find no room are left out, and the gap is seen. */
  readonly isLossy: boolean;
}

/** Room of a link's rings, in bytes, powers of two. */
export interface LinkMemorySizes {
  readonly inputBytes?: number;
  readonly outputBytes?: number;
}

/** Makes the memory of a link. */
export function createLinkMemory(isLossy = false, { inputBytes = 1 << 20, outputBytes = 1 << 23 }: LinkMemorySizes = {}): LinkMemory {
  return {
    ordinary: createByteRing(inputBytes),
    priority: createByteRing(inputBytes),
    output: createByteRing(outputBytes),
    bell: new Doorbell().shared,
    control: new LinkControl().shared,
    isLossy,
  };
}

const LEFT_CELL = 0;
const TAKEN_CELL = 0;
const TAKEN_AT = 64;

/** What a link and the core tell each other: whether the link is gone, and which ordinary request was taken last. */
export class LinkControl {
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #taken: BigInt64Array<SharedArrayBuffer>;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(128)) {
    this.shared = shared;
    this.#cells = new Int32Array(shared, 0, TAKEN_AT / 4);
    this.#taken = new BigInt64Array(shared, TAKEN_AT, 1);
  }

  /** Says that nobody reads the output any more; for a thread that ends, and for those who saw it die. */
  leave(): void {
    Atomics.store(this.#cells, LEFT_CELL, 1);
  }

  hasLeft(): boolean {
    return Atomics.load(this.#cells, LEFT_CELL) === 1;
  }

  /** Number of the last request the core took from the ordinary lane. */
  takenOrdinary(): number {
    return Number(Atomics.load(this.#taken, TAKEN_CELL));
  }

  setTakenOrdinary(requestId: number): void {
    Atomics.store(this.#taken, TAKEN_CELL, BigInt(requestId));
  }
}
