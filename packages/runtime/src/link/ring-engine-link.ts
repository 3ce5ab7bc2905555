/** The engine behind the port of the edges, in another thread: requests and answers cross by rings. */

import { deserialize, serialize } from 'node:v8';
import { type EngineLink, LinkFault, type SubmitOptions, type WriterStatus } from '@mochila/ports';
import {
  type Answer,
  type Ask,
  type Command,
  type EventBatch,
  type EventName,
  type Outcome,
  type QueryName,
  type RejectInfo,
  rejects,
} from '@mochila/protocol';
import { decodeOutcome, refusal } from '../batch/decode-batch.ts';
import { encodeRequest, measureRequest } from '../batch/encode-request.ts';
import { CoreControl } from '../core-thread/core-control.ts';
import { JournalControl } from '../journal-thread/journal-control.ts';
import { Doorbell } from '../ring/doorbell.ts';
import { RING_FULL, RingProducer } from '../ring/ring-producer.ts';
import { StressThread } from '../stress-thread/stress-thread.ts';
import type { LinkSeat } from '../venue/venue-memory.ts';
import { Followers } from './followers.ts';
import { Lanes } from './lanes.ts';
import { InputTag } from './link-memory.ts';
import { type OutputHandler, OutputReader } from './output-reader.ts';
import { PendingRequests } from './pending-requests.ts';

/** How a link is opened. */
export interface RingLinkOptions {
  /** Longest wait for an answer, in milliseconds; 10 s unless told. It may take a quarter more. */
  readonly timeoutMs?: number;
  /**
   * Longest time, in milliseconds, that followers may hear of others' commands later than they are durable; 0 unless told.
   * A link that is patient is not woken for every commit. Answers to its own requests come at once all the same.
   */
  readonly patienceMs?: number;
}

const TIMEOUT_MS = 10_000;
const IDLE_MS = 1000;
/** Records read before other work of this thread has its turn. */
const RECORDS_PER_TURN = 256;
/** A turn in which more than this was offered is one of many: the next belongs to the same commit. */
const FEW_PER_TURN = 1;
/** Longest time that what was offered waits for such turns, in milliseconds. */
const GATHER_MS = 4;

/** A link of a thread with an event loop. One thread opens a seat, once. */
export class RingEngineLink implements EngineLink, OutputHandler {
  /** Fulfilled when the link was closed, or rejected with what a follower threw: nobody may ignore it. */
  readonly ended: Promise<void>;
  readonly #core: CoreControl;
  readonly #journal: JournalControl;
  readonly #coreBell: Doorbell;
  readonly #bell: Doorbell;
  readonly #ordinary: RingProducer;
  readonly #priority: RingProducer;
  readonly #lanes: Lanes;
  readonly #reader: OutputReader;
  readonly #outcomes: PendingRequests<Outcome>;
  readonly #answers: PendingRequests<unknown>;
  readonly #followers = new Followers();
  readonly #stress = new StressThread();
  readonly #seat: LinkSeat;
  readonly #patienceMs: number;
  /** Ends a nap early. */
  #wake: () => void = () => undefined;
  #nextRequest = 1;
  #isFlushDue = false;
  #offeredInTurn = 0;
  #gatherUntil = 0;
  #isClosed = false;

  constructor(seat: LinkSeat, options: RingLinkOptions = {}) {
    const { memory } = seat;
    this.#seat = seat;
    this.#core = new CoreControl(seat.coreControl);
    this.#journal = new JournalControl(seat.journalControl);
    this.#coreBell = new Doorbell(seat.coreBell);
    this.#bell = new Doorbell(memory.bell);
    this.#ordinary = new RingProducer(memory.ordinary);
    this.#priority = new RingProducer(memory.priority);
    this.#lanes = new Lanes(memory);
    this.#reader = new OutputReader(memory, this.#journal);
    this.#patienceMs = options.patienceMs ?? 0;
    this.#outcomes = new PendingRequests(options.timeoutMs ?? TIMEOUT_MS);
    this.#answers = new PendingRequests(options.timeoutMs ?? TIMEOUT_MS);
    this.ended = this.#serve();
  }

  submit(command: Command, envelope: Uint8Array, options: SubmitOptions = {}): Promise<Outcome> {
    if (this.status() !== 'running') return Promise.resolve(refusal(rejects.maintenance));
    const id = this.#nextRequest++;
    const isPriority = options.isPriority === true && this.#lanes.mayOvertake(command);
    const refused = this.#offer(isPriority ? this.#priority : this.#ordinary, command, envelope, id);
    if (refused !== undefined) return Promise.resolve(refusal(refused));
    if (!isPriority) this.#lanes.noteOrdinary(command, id);
    return new Promise((resolve) => {
      this.#outcomes.add(id, { answer: resolve, giveUp: () => resolve(refusal(rejects.timeout)) });
    });
  }

  ask<N extends QueryName>(name: N, ask: Ask<N>): Promise<Answer<N>> {
    if (name === 'stress' && isStress(ask)) return this.#askStress(name, ask);
    const status = this.status();
    if (status !== 'running') return Promise.reject(new LinkFault(`the engine cannot answer ${name}: it is ${status}`));
    const id = this.#nextRequest++;
    if (!this.#put(name, ask, id)) return Promise.reject(new LinkFault(`the engine cannot answer ${name}: it is busy`));
    return new Promise((resolve, reject) => {
      const answer = (value: unknown): void => {
        if (value instanceof LinkFault) reject(new LinkFault(`the engine cannot answer ${name}: ${value.message}`));
        else if (isAnswerTo(name, value)) resolve(value);
        else reject(new LinkFault(`the answer to ${name} is of another question`));
      };
      this.#answers.add(id, { answer, giveUp: () => reject(new LinkFault(`the engine did not answer ${name} in time`)) });
    });
  }

  follow(listener: (batch: EventBatch) => void, names?: readonly EventName[]): () => void {
    return this.#followers.add(listener, names);
  }

  /** As `follow`, for one who decodes batches himself, or later: words of every batch from word 0, there until he returns. */
  followWords(reader: (words: Float64Array) => void): () => void {
    return this.#followers.addReader(reader);
  }

  status(): WriterStatus {
    if (this.#isClosed) return 'stopped';
    const core = this.#core.status();
    if (core !== 'running') return core;
    const journal = this.#journal.status();
    if (journal === 'halted' || journal === 'refusing') return journal;
    return 'running';
  }

  /** Lets go of the seat: the core writes nothing for it any more. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#flush();
    this.#reader.leave();
    this.#bell.ring();
    this.#wake();
    return Promise.all([this.ended, this.#stress.close()]).then(() => undefined);
  }

  onBatch(words: Float64Array): void {
    if (words[3] === this.#seat.linkIx) this.#outcomes.take(words[4] ?? 0)?.answer(decodeOutcome(words));
    this.#followers.tell(words);
  }

  onAnswer(requestId: number, payload: Uint8Array, isAnswer: boolean): void {
    const waiter = this.#answers.take(requestId);
    if (waiter === undefined) return;
    waiter.answer(isAnswer ? deserialize(payload) : new LinkFault(Buffer.from(payload).toString()));
  }

  /** The core gives the copy, a fraction of a millisecond; the trial runs in a thread of its own. */
  async #askStress<N extends QueryName>(name: N, { account, shocks, seconds }: Ask<'stress'>): Promise<Answer<N>> {
    const copy = await this.ask('stressCopy', { account });
    const answer: unknown = await this.#stress.run(copy, shocks, seconds);
    if (isAnswerTo(name, answer)) return answer;
    throw new LinkFault(`the answer to ${name} is of another question`);
  }

  #offer(ring: RingProducer, command: Command, envelope: Uint8Array, id: number): RejectInfo | undefined {
    const bytes = (1 + measureRequest(command, envelope)) * 8;
    const offset = ring.reserve(bytes);
    if (offset === RING_FULL) return rejects.busy;
    ring.words[offset / 8] = id;
    encodeRequest(command, envelope, ring.words, offset / 8 + 1);
    ring.commitQuietly(InputTag.Command, bytes);
    this.#flushSoon();
    return undefined;
  }

  #put(name: QueryName, ask: Ask<QueryName>, id: number): boolean {
    const payload = serialize({ name, ask });
    const bytes = 16 + payload.length;
    const offset = this.#ordinary.reserve(bytes);
    if (offset === RING_FULL) return false;
    this.#ordinary.words[offset / 8] = id;
    this.#ordinary.words[offset / 8 + 1] = payload.length;
    this.#ordinary.bytes.set(payload, offset + 16);
    this.#ordinary.commitQuietly(InputTag.Question, bytes);
    this.#flushSoon();
    return true;
  }

  // What this thread offers in one turn of its loop, or in turns on end that all offer much, wakes the core once and becomes
  // one commit: under load the threads behind spend most of their time on waking and syncing.
  #flushSoon(): void {
    this.#offeredInTurn += 1;
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    this.#gatherUntil = performance.now() + GATHER_MS;
    setImmediate(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    const isBusy = this.#offeredInTurn > FEW_PER_TURN;
    this.#offeredInTurn = 0;
    if (isBusy && this.#isFlushDue && performance.now() < this.#gatherUntil) setImmediate(this.#endTurn);
    else this.#flush();
  };

  // The priority lane first: an ordinary request is seen only with the urgent ones that came before it.
  #flush(): void {
    if (!this.#isFlushDue) return;
    this.#isFlushDue = false;
    this.#priority.flush();
    this.#ordinary.flush();
    this.#coreBell.ring();
    this.#wake();
  }

  async #serve(): Promise<void> {
    // Whoever follows in the turn that opened the link misses nothing.
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.#isClosed) {
      const seen = this.#bell.count();
      // Read before the ring: what was written before the core ended is found below.
      const isOver = this.#isWriterOver();
      if (this.#reader.read(RECORDS_PER_TURN, this) > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      if (isOver) this.#giveUpAll();
      await this.#rest(seen);
    }
    this.#giveUpAll();
  }

  #rest(seen: number): Promise<unknown> {
    const isWaitedFor = this.#isFlushDue || this.#outcomes.count > 0 || this.#answers.count > 0;
    return this.#patienceMs === 0 || isWaitedFor ? this.#bell.waitAsync(seen, IDLE_MS) : this.#nap();
  }

  // Not among the sleepers of the bell: nobody spends time on waking it.
  #nap(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#patienceMs).unref();
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve();
      };
    });
  }

  #isWriterOver(): boolean {
    const core = this.#core.status();
    return core === 'halted' || core === 'stopped' || this.#journal.status() === 'halted';
  }

  #giveUpAll(): void {
    this.#outcomes.giveUpAll();
    this.#answers.giveUpAll();
  }
}

function isStress(ask: Ask<QueryName>): ask is Ask<'stress'> {
  return 'shocks' in ask;
}

// The core answers what it was asked: name and answer crossed the rings with one number.
function isAnswerTo<N extends QueryName>(_name: N, value: unknown): value is Answer<N> {
  return value !== undefined;
}
