/**
 * What the journal thread tells all others, in shared memory.
 *
 * | byte | type | meaning                                               |
 * |-----:|------|-------------------------------------------------------|
 * |    0 | i32  | status: 0 opening, 1 ok, 2 refusing, 3 halted, 4 stopped |
 * |   64 | i32  | 1 once the thread was asked to stop                   |
 * |  128 | i64  | sequence of the last durable record                   |
 */

import { asSeq, type Seq } from '@mochila/units';

/**
 * State of the journal: `refusing` while there is no space (nothing is lost, it goes on by itself), `halted` after a fault
 * that only a restart mends.
 */
export type JournalStatus = 'opening' | 'ok' | 'refusing' | 'halted' | 'stopped';

const STATUSES: readonly JournalStatus[] = ['opening', 'ok', 'refusing', 'halted', 'stopped'];
const STATUS_CELL = 0;
const STOP_CELL = 16;
const DURABLE_CELL = 0;
const DURABLE_AT = 128;
const BYTES = 192;

/** View of the shared cells; every thread makes its own. */
export class JournalControl {
  /** The shared memory, to be handed to other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #durable: BigInt64Array<SharedArrayBuffer>;

  /** @param shared memory of existing cells; new ones are made without it */
  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.shared = shared;
    this.#cells = new Int32Array(shared, 0, DURABLE_AT / 4);
    this.#durable = new BigInt64Array(shared, DURABLE_AT, 1);
  }

  /** Sequence of the last durable record; 0 before the first. */
  durableSeq(): Seq {
    return asSeq(Number(Atomics.load(this.#durable, DURABLE_CELL)));
  }

  /** How the journal is. */
  status(): JournalStatus {
    return STATUSES[Atomics.load(this.#cells, STATUS_CELL)] ?? 'halted';
  }

  /** Tells all threads how far the journal is durable; for the journal thread. */
  setDurableSeq(seq: number): void {
    Atomics.store(this.#durable, DURABLE_CELL, BigInt(seq));
  }

  /** Tells all threads how the journal is; for the journal thread. */
  setStatus(status: JournalStatus): void {
    Atomics.store(this.#cells, STATUS_CELL, STATUSES.indexOf(status));
  }

  /** Asks the thread to write what it was given and end; ring its bell afterwards. */
  requestStop(): void {
    Atomics.store(this.#cells, STOP_CELL, 1);
    Atomics.notify(this.#cells, STOP_CELL);
  }

  /** Tells whether the thread was asked to stop. */
  isStopRequested(): boolean {
    return Atomics.load(this.#cells, STOP_CELL) === 1;
  }

  /** Blocks for `timeoutMs`, or until the thread is asked to stop. */
  waitForStop(timeoutMs: number): void {
    Atomics.wait(this.#cells, STOP_CELL, 0, timeoutMs);
  }
}
