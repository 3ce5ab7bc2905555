/**
 * Writes history behind the venue: takes durable batches, folds them into rows, writes them in pieces.
 *
 * It never holds up anybody: `offer` only puts a batch into a bounded queue. When the store is down the queue grows to its
 * bound and is let go; what is missing then comes from the journal, from the checkpoint on. Rows and checkpoint are
 * written together, so it may be stopped and begun anywhere.
 */
import { HistoryGap, type HistoryStore, HistoryUnavailable } from '@mochila/ports';
import type { EventBatch } from '@mochila/protocol';
import { BatchQueue } from './batch-queue.ts';
import { type HistoryFolder, type HistoryReplay, writePieces } from './write-pieces.ts';

/** How the writer works. */
export interface HistoryWriterOptions {
  /** Not open yet; closed by `stop`. */
  readonly store: HistoryStore;
  readonly venueId: string;
  readonly createFold: () => HistoryFolder;
  readonly replay: HistoryReplay;
  /** Longest time a batch waits for company, in milliseconds, where few wait; 200 unless told. Many wait three times as long. */
  readonly flushMs?: number;
  /** Rows of a write, and batches that are not kept waiting; 6,000 unless told. */
  readonly rowsMax?: number;
  /** Most batches that wait; 20,000 unless told. */
  readonly batchesMax?: number;
  /** Waits after failures, in milliseconds: the first, doubled up to the last; 100 and 5,000 unless told. */
  readonly backoffMs?: { readonly first: number; readonly most: number };
  /** Told of every new checkpoint. */
  readonly onCheckpoint?: (seq: number) => void;
  /** Told of every failure; the writer goes on. */
  readonly onFault: (error: unknown) => void;
}

/** How far history is. */
export interface HistoryStatus {
  /** `catchingUp` while it reads the journal, `down` while the store fails. */
  readonly state: 'starting' | 'live' | 'catchingUp' | 'down' | 'stopped';
  readonly checkpointSeq: number;
  /** Last sequence there is to write. */
  readonly latestSeq: number;
  /** Commands that are durable and not in history. */
  readonly lagCommands: number;
  /** Venue time between the checkpoint and the last batch, in seconds. */
  readonly lagSeconds: number;
  readonly rowsWritten: number;
  readonly faults: number;
}

const IDLE_MS = 50;
/** 128 MB of batches that wait. */
const WORDS_MAX = 1 << 24;
/** More batches than this in `flushMs` are many. */
const FEW_BATCHES = 400;
const MANY_WAIT_FLUSHES = 3;

/** The writer of one store. */
export class HistoryWriter {
  readonly #options: HistoryWriterOptions;
  readonly #limits: { flushMs: number; rowsMax: number; batchesMax: number; first: number; most: number };
  readonly #stopping = new AbortController();
  /** The last in it is the latest. */
  readonly #queue = new BatchQueue(WORDS_MAX);
  #state: HistoryStatus['state'] = 'starting';
  #checkpoint = { seq: 0, timeMicros: 0 };
  #latest = { seq: 0, timeMicros: 0 };
  #rowsWritten = 0;
  #faults = 0;
  #running: Promise<void> | undefined;

  constructor(options: HistoryWriterOptions) {
    this.#options = options;
    const { flushMs = 200, rowsMax = 6_000, batchesMax = 20_000, backoffMs = { first: 100, most: 5_000 } } = options;
    this.#limits = { flushMs, rowsMax, batchesMax, ...backoffMs };
  }

  /** Begins. @param latestSeq last durable sequence now; those after it are offered */
  start(latestSeq: number): void {
    if (latestSeq > this.#latest.seq) this.#latest = { seq: latestSeq, timeMicros: 0 };
    this.#running ??= this.#run();
  }

  /**
   * Takes a durable batch that starts at word 0, and copies it. Never waits; when too many wait already, or one is missing, the
   * journal is read later.
   */
  offer(words: Float64Array): void {
    const [seq = 0, timeMicros = 0] = words;
    if (seq <= this.#latest.seq) return;
    const isNext = seq === this.#latest.seq + 1;
    this.#latest = { seq, timeMicros };
    if (!isNext || this.#queue.length >= this.#limits.batchesMax) this.#queue.clear();
    if (this.#queue.push(words)) return;
    this.#queue.clear();
    this.#queue.push(words);
  }

  status(): HistoryStatus {
    const lagCommands = Math.max(0, this.#latest.seq - this.#checkpoint.seq);
    const lagMicros = lagCommands === 0 ? 0 : Math.max(0, this.#latest.timeMicros - this.#checkpoint.timeMicros);
    return {
      state: this.#state,
      checkpointSeq: this.#checkpoint.seq,
      latestSeq: this.#latest.seq,
      lagCommands,
      lagSeconds: lagMicros / 1e6,
      rowsWritten: this.#rowsWritten,
      faults: this.#faults,
    };
  }

  /** Writes what was offered, if the store works, and ends. @param limitMs longest wait for it, in milliseconds */
  async stop(limitMs = 5_000): Promise<void> {
    const giveUpAt = performance.now() + limitMs;
    while (this.#running !== undefined && this.status().lagCommands > 0 && performance.now() < giveUpAt) await this.#sleep(5);
    this.#stopping.abort();
    await this.#running;
    this.#state = 'stopped';
    await this.#options.store.close();
  }

  async #run(): Promise<void> {
    let backoff = this.#limits.first;
    let isOpen = false;
    while (!this.#isStopping()) {
      try {
        if (!isOpen) await this.#open();
        isOpen = true;
        await this.#step();
        backoff = this.#limits.first;
      } catch (error) {
        this.#faults += 1;
        this.#state = 'down';
        this.#options.onFault(error);
        // Another checkpoint than the one known may be the reason: look again.
        if (error instanceof HistoryUnavailable || error instanceof HistoryGap) isOpen = false;
        await this.#sleep(backoff);
        backoff = Math.min(backoff * 2, this.#limits.most);
      }
    }
  }

  async #open(): Promise<void> {
    await this.#options.store.open(this.#options.venueId);
    this.#reach(await this.#options.store.checkpoint());
    const { seq } = this.#checkpoint;
    if (seq <= this.#latest.seq) return;
    throw new RangeError(`history is at sequence ${seq}, but the journal ends at ${this.#latest.seq}: rebuild history from this journal`);
  }

  async #step(): Promise<void> {
    const next = this.#checkpoint.seq + 1;
    const queued = this.#queue.firstSeq;
    if (next > this.#latest.seq) {
      this.#state = 'live';
      await this.#sleep(Math.min(this.#limits.flushMs, IDLE_MS));
    } else if (queued <= next) {
      this.#state = 'live';
      await this.#gather();
      await this.#write(this.#takeQueue(next));
    } else {
      this.#state = 'catchingUp';
      await this.#write(this.#options.replay(next, Math.min(this.#latest.seq, queued - 1)));
    }
  }

  // Few batches wait a moment for company. Many wait longer: each of their accounts has pages of its own in every index, and a
  // page is written once for all that came. Very many do not wait.
  async #gather(): Promise<void> {
    const { flushMs, rowsMax } = this.#limits;
    const startedAt = performance.now();
    const isDue = (): boolean => {
      const flushes = this.#queue.length > FEW_BATCHES ? MANY_WAIT_FLUSHES : 1;
      return this.#queue.length >= rowsMax || performance.now() - startedAt >= flushes * flushMs;
    };
    while (!isDue() && !this.#isStopping()) await this.#sleep(Math.min(flushMs, IDLE_MS));
  }

  // What is taken and cannot be written is read from the journal later.
  #takeQueue(next: number): Iterable<EventBatch> {
    return this.#queue.firstSeq <= next ? from(next, this.#queue.take()) : [];
  }

  async #write(batches: Iterable<EventBatch>): Promise<void> {
    await writePieces(batches, {
      store: this.#options.store,
      fold: this.#options.createFold(),
      rowsMax: this.#limits.rowsMax,
      mayGoOn: () => !this.#isStopping(),
      onPiece: (piece, rowCount) => {
        this.#rowsWritten += rowCount;
        this.#reach({ seq: piece.toSeq, timeMicros: piece.toMicros });
      },
    });
  }

  #reach(checkpoint: { seq: number; timeMicros: number }): void {
    this.#checkpoint = checkpoint;
    this.#options.onCheckpoint?.(checkpoint.seq);
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #sleep(millis: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, millis);
    const end = (): void => resolve();
    this.#stopping.signal.addEventListener('abort', end, { once: true });
    await promise;
    this.#stopping.signal.removeEventListener('abort', end);
    clearTimeout(timer);
  }
}

function* from(seq: number, batches: Iterable<EventBatch>): Iterable<EventBatch> {
  for (const batch of batches) if (batch.seq >= seq) yield batch;
}
