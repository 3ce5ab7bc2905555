/**
 * What the core thread and all others tell each other, in shared memory.
 *
 * | byte | type | meaning                                                            |
 * |-----:|------|--------------------------------------------------------------------|
 * |    0 | i32  | status: 0 starting, 1 running, 2 halted, 3 stopped                 |
 * |   64 | i32  | 1 once the thread was asked to stop                                |
 * |  128 | i32  | snapshots on their way to the disk                                 |
 * |  192 | i64  | sequence up to which history has its rows; -1 without a history    |
 * |  256 | f64  | figures, in the order of `FIGURES`; for people, not for decisions  |
 */

/** Figures the core thread publishes about once per round of its loop. */
const FIGURES = [
  'seq',
  'timeMicros',
  'commands',
  'ticks',
  'ticksMissed',
  'systemCommands',
  'clockBackward',
  'clockBackwardMicrosMax',
  'clockForward',
  'clockForwardMicrosMax',
  'batchesLost',
  'outputWaits',
  'snapshots',
  'snapshotCopyMsMax',
  'questionsFailed',
] as const;

/** Name of one figure. */
export type CoreFigureName = (typeof FIGURES)[number];
/** All figures by name. */
export type CoreFigures = Record<CoreFigureName, number>;

/** State of the core thread; `halted` after a bug or when the journal halted. */
export type CoreStatus = 'starting' | 'running' | 'halted' | 'stopped';

const STATUSES: readonly CoreStatus[] = ['starting', 'running', 'halted', 'stopped'];
const STATUS_CELL = 0;
const STOP_CELL = 16;
const SNAPSHOTS_CELL = 32;
const CHECKPOINT_AT = 192;
const FIGURES_AT = 256;
const BYTES = FIGURES_AT + FIGURES.length * 8;

/** View of the shared cells; every thread makes its own. */
export class CoreControl {
  /** The shared memory, to be handed to other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #checkpoint: BigInt64Array<SharedArrayBuffer>;
  readonly #figures: Float64Array<SharedArrayBuffer>;

  /** @param shared memory of existing cells; new ones are made without it */
  constructor(shared?: SharedArrayBuffer) {
    this.shared = shared ?? new SharedArrayBuffer(BYTES);
    this.#cells = new Int32Array(this.shared, 0, CHECKPOINT_AT / 4);
    this.#checkpoint = new BigInt64Array(this.shared, CHECKPOINT_AT, 1);
    this.#figures = new Float64Array(this.shared, FIGURES_AT, FIGURES.length);
    if (shared === undefined) this.setHistoryCheckpoint(-1);
  }

  status(): CoreStatus {
    return STATUSES[Atomics.load(this.#cells, STATUS_CELL)] ?? 'halted';
  }

  setStatus(status: CoreStatus): void {
    Atomics.store(this.#cells, STATUS_CELL, STATUSES.indexOf(status));
  }

  /** Asks the thread to finish what was given and end; ring its bell afterwards. */
  requestStop(): void {
    Atomics.store(this.#cells, STOP_CELL, 1);
  }

  isStopRequested(): boolean {
    return Atomics.load(this.#cells, STOP_CELL) === 1;
  }

  /** Counts a snapshot that sets out (1) or arrived (-1). */
  addSnapshotUnderway(change: 1 | -1): void {
    Atomics.add(this.#cells, SNAPSHOTS_CELL, change);
  }

  snapshotsUnderway(): number {
    return Atomics.load(this.#cells, SNAPSHOTS_CELL);
  }

  /** Sequence up to which history has its rows, -1 without a history. Snapshots it would be rebuilt from are kept. */
  historyCheckpoint(): number {
    return Number(Atomics.load(this.#checkpoint, 0));
  }

  setHistoryCheckpoint(seq: number): void {
    Atomics.store(this.#checkpoint, 0, BigInt(seq));
  }

  /** Figures for metrics. */
  figures(): CoreFigures {
    const found: Partial<CoreFigures> = {};
    for (const [ix, name] of FIGURES.entries()) found[name] = this.#figures[ix] ?? 0;
    return { ...NO_FIGURES, ...found };
  }

  setFigures(values: CoreFigures): void {
    for (let ix = 0; ix < FIGURES.length; ix++) {
      const name = FIGURES[ix];
      if (name !== undefined) this.#figures[ix] = values[name];
    }
  }
}

/** All figures at zero. */
export const NO_FIGURES: CoreFigures = {
  seq: 0,
  timeMicros: 0,
  commands: 0,
  ticks: 0,
  ticksMissed: 0,
  systemCommands: 0,
  clockBackward: 0,
  clockBackwardMicrosMax: 0,
  clockForward: 0,
  clockForwardMicrosMax: 0,
  batchesLost: 0,
  outputWaits: 0,
  snapshots: 0,
  snapshotCopyMsMax: 0,
  questionsFailed: 0,
};
