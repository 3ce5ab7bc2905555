/** The engine behind the port of the edges, in this very thread: for tests, simulations and tools. */

import type { State } from '@mochila/core';
import {
  type Clock,
  CommitFrameBuilder,
  type EngineLink,
  type Journal,
  JournalFull,
  LinkFault,
  type SnapshotStore,
  type WriterStatus,
} from '@mochila/ports';
import {
  type Answer,
  type Ask,
  type Command,
  type EventBatch,
  type EventName,
  type Genesis,
  type Outcome,
  type QueryName,
  rejects,
} from '@mochila/protocol';
import type { BatchBuffer } from '../batch/batch-words.ts';
import { decodeOutcome, refusal } from '../batch/decode-batch.ts';
import { encodeRequest, measureRequest } from '../batch/encode-request.ts';
import { Followers } from '../link/followers.ts';
import { PendingRequests } from '../link/pending-requests.ts';
import { genesisCommand, openNewState } from '../recovery/genesis-record.ts';
import { recover } from '../recovery/recover.ts';
import { stateHash } from '../recovery/state-hash.ts';
import { answerQuestion } from '../sequencer/answer-question.ts';
import { Sequencer, type SequencerFigures } from '../sequencer/sequencer.ts';

/** How an inline link is made. */
export interface InlineLinkOptions {
  /** Constitution of a new venue; an existing journal must be of the same one. */
  readonly genesis: Genesis;
  readonly clock: Clock;
  /** Not open yet; without one nothing outlives the link. */
  readonly journal?: Journal;
  readonly snapshots?: SnapshotStore;
  /** Longest wait for an answer, in milliseconds; 10 s unless told. */
  readonly timeoutMs?: number;
}

/** A link that is the engine. */
export interface InlineLink extends EngineLink {
  /** The engine's state, to look at. */
  readonly state: State;
  readonly figures: SequencerFigures;
  /** Does what the clock says is due (a tick, the settlement after it), and returns when it is durable and told. */
  runDue(): Promise<void>;
  /** Hash of the present state, in hex. */
  stateHash(): string;
  /** Makes the rest durable and lets go of the journal. */
  close(): void;
}

/**
 * Opens a venue in this thread: recovers it from the journal, or begins it.
 * @throws RecoveryFault and the faults of the journal
 */
export function createInlineLink(options: InlineLinkOptions): InlineLink {
  try {
    return new InlineEngine(options);
  } catch (error) {
    options.journal?.close();
    throw error;
  }
}

const TIMEOUT_MS = 10_000;

class InlineEngine implements InlineLink {
  readonly state: State;
  readonly #sequencer: Sequencer;
  readonly #journal: Journal | undefined;
  readonly #frame = new CommitFrameBuilder(undefined);
  readonly #pending: PendingRequests<Outcome>;
  readonly #followers = new Followers();
  /** Batches that are applied but not durable, oldest first. */
  #undurable: Float64Array[] = [];
  #kept: { seq: number; timeMicros: number; bytes: Uint8Array }[] = [];
  #waitingForFlush: (() => void)[] = [];
  #isFlushPlanned = false;
  #nextRequest = 1;
  #status: WriterStatus = 'starting';
  #bug: unknown;

  constructor(options: InlineLinkOptions) {
    this.#pending = new PendingRequests(options.timeoutMs ?? TIMEOUT_MS);
    this.#journal = options.journal;
    this.state = this.#open(options);
    this.state.out.isOn = true;
    const sinks = { keep: this.#keep.bind(this), publish: this.#publish.bind(this) };
    this.#sequencer = new Sequencer(this.state, options.clock, sinks);
    this.#status = 'running';
    this.#sequencer.look();
    const { seq, timeMicros } = this.state;
    this.#guard(() => {
      this.#sequencer.issue(seq === 0 ? genesisCommand(options.genesis) : { name: 'resume', fields: { stoppedAtMicros: timeMicros } });
    });
    this.#flush();
  }

  get figures(): SequencerFigures {
    return this.#sequencer.figures;
  }

  submit(command: Command, envelope: Uint8Array): Promise<Outcome> {
    if (this.#status === 'refusing') this.#flush();
    if (this.#status !== 'running') return Promise.resolve(refusal(rejects.maintenance));
    const words = new Float64Array(measureRequest(command, envelope));
    encodeRequest(command, envelope, words, 0);
    const id = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      this.#pending.add(id, { answer: resolve, giveUp: () => resolve(refusal(rejects.timeout)) });
      try {
        this.#guard(() => {
          this.#work();
          this.#sequencer.take(words, 0, 0, id);
          this.#work();
        });
      } catch (error) {
        this.#pending.take(id);
        reject(new LinkFault(`the engine halted: ${error instanceof Error ? error.message : String(error)}`, { cause: error }));
      }
      this.#planFlush();
    });
  }

  async ask<N extends QueryName>(name: N, ask: Ask<N>): Promise<Answer<N>> {
    if (this.#status === 'halted' || this.#status === 'stopped') {
      throw new LinkFault(`the engine is ${this.#status}: it answers nothing`, { cause: this.#bug });
    }
    const answer = this.#answer(name, ask);
    await this.#whenFlushed();
    if (this.#status !== 'running') throw new LinkFault('the state that was asked about is not durable yet');
    return answer;
  }

  follow(listener: (batch: EventBatch) => void, names?: readonly EventName[]): () => void {
    return this.#followers.add(listener, names);
  }

  status(): WriterStatus {
    return this.#status;
  }

  async runDue(): Promise<void> {
    if (this.#status === 'running') this.#guard(() => this.#work());
    await this.#whenFlushed();
  }

  stateHash(): string {
    return stateHash(this.state);
  }

  close(): void {
    if (this.#status === 'stopped') return;
    if (this.#status !== 'halted') this.#flush();
    this.#status = 'stopped';
    this.#pending.giveUpAll();
    this.#journal?.close();
  }

  #answer<N extends QueryName>(name: N, ask: Ask<N>): Answer<N> {
    try {
      return structuredClone(answerQuestion(this.state, name, ask));
    } catch (error) {
      throw new LinkFault(`the engine cannot answer ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  #open({ genesis, snapshots }: InlineLinkOptions): State {
    const tail = this.#journal?.open();
    if (this.#journal === undefined || tail === undefined || tail.nextSeq === 1) return openNewState(genesis);
    return recover({ journal: this.#journal, snapshots, lastSeq: tail.nextSeq - 1 }, { genesis }).state;
  }

  // All that is due: a command finds the venue in the second it was stamped with.
  #work(): void {
    this.#sequencer.look();
    for (let isMore = true; isMore; ) isMore = this.#sequencer.tickIfDue() || this.#sequencer.workIfPending();
  }

  // A bug stops the engine for good; what was applied before it still becomes durable and leaves.
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#status = 'halted';
      this.#bug = error;
      throw error;
    }
  }

  #keep(seq: number, timeMicros: number, words: Float64Array, offset: number, wordCount: number): void {
    if (this.#journal === undefined) return;
    const bytes = new Uint8Array(words.slice(offset, offset + wordCount).buffer);
    this.#kept.push({ seq, timeMicros, bytes });
  }

  #publish(batch: BatchBuffer): void {
    this.#undurable.push(batch.words.slice(0, batch.length));
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    queueMicrotask(() => this.#flush());
  }

  #whenFlushed(): Promise<void> {
    this.#planFlush();
    return new Promise((resolve) => {
      this.#waitingForFlush.push(resolve);
    });
  }

  #flush(): void {
    this.#isFlushPlanned = false;
    if (this.#makeDurable()) this.#deliver();
    const waiting = this.#waitingForFlush;
    this.#waitingForFlush = [];
    for (const resolve of waiting) resolve();
  }

  // Returns false while there is no space, and for good when storage failed.
  #makeDurable(): boolean {
    try {
      while (this.#kept.length > 0 || this.#frame.count > 0) {
        const taken = this.#kept.findIndex(({ seq, timeMicros, bytes }) => !this.#frame.tryAdd(seq, timeMicros, bytes));
        this.#kept.splice(0, taken < 0 ? this.#kept.length : taken);
        this.#journal?.append(this.#frame.frame());
        this.#frame.clear();
      }
      if (this.#status === 'refusing') this.#status = 'running';
      return true;
    } catch (error) {
      if (error instanceof JournalFull) {
        if (this.#status === 'running') this.#status = 'refusing';
        return false;
      }
      // Nobody knows what reached the disk: nothing more is told.
      this.#status = 'halted';
      this.#bug = error;
      this.#pending.giveUpAll();
      return false;
    }
  }

  #deliver(): void {
    const ready = this.#undurable;
    this.#undurable = [];
    for (const words of ready) {
      const requestId = words[4] ?? 0;
      if (requestId > 0) this.#pending.take(requestId)?.answer(decodeOutcome(words));
      this.#followers.tell(words);
    }
  }
}
