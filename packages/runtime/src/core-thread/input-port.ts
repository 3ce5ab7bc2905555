/** The core's end of the input rings of one link: two lanes, in an order that no account can tell from one lane. */

import { deserialize } from 'node:v8';
import type { Ask, QueryName } from '@mochila/protocol';
import { InputTag, LinkControl, type LinkMemory } from '../link/link-memory.ts';
import { RingConsumer } from '../ring/ring-consumer.ts';

/** Takes what came in. Commands are read in place, before the call returns. */
export interface InputHandler {
  /** Commands at `offsets` up to `count` wait and will come: nothing is to be done yet. */
  expect(words: Float64Array, offsets: Int32Array, count: number): void;
  command(words: Float64Array, offset: number, linkIx: number, requestId: number): void;
  question(question: Question, linkIx: number, requestId: number): void;
}

/** A question as it crosses the ring. */
export interface Question {
  readonly name: QueryName;
  readonly ask: Ask<QueryName>;
}

const REQUEST_WORDS = 1;
/** Commands of a lane that are looked ahead at: as many as a round takes. */
const AHEAD_MAX = 64;

/** Reads one link's requests. */
export class InputPort {
  readonly #linkIx: number;
  readonly #ordinary: RingConsumer;
  readonly #priority: RingConsumer;
  readonly #control: LinkControl;
  readonly #ahead = new Int32Array(AHEAD_MAX);
  #takenOrdinary = 0;

  constructor(linkIx: number, memory: LinkMemory) {
    this.#linkIx = linkIx;
    this.#ordinary = new RingConsumer(memory.ordinary);
    this.#priority = new RingConsumer(memory.priority);
    this.#control = new LinkControl(memory.control);
  }

  /**
   * Takes up to `max` requests from each lane.
   *
   * The link puts a request into the priority lane only when the ordinary ones of its account were taken. The other way
   * round the priority lane is emptied between seeing an ordinary request and taking it: what was sent before it is taken
   * before it.
   * @param mayGoOn asked before each request
   * @returns number of requests taken
   */
  take(max: number, handler: InputHandler, mayGoOn: () => boolean): number {
    this.#lookAhead(this.#priority, handler);
    this.#lookAhead(this.#ordinary, handler);
    let taken = 0;
    let ordinaryTaken = 0;
    while (mayGoOn()) {
      const isOrdinaryWaiting = ordinaryTaken < max && this.#ordinary.peek();
      const urgent = this.#takePriority(max, handler, mayGoOn);
      taken += urgent;
      if (!isOrdinaryWaiting || urgent >= max || !mayGoOn()) break;
      this.#takenOrdinary = this.#handle(this.#ordinary, handler);
      ordinaryTaken += 1;
      taken += 1;
    }
    if (ordinaryTaken > 0) this.#control.setTakenOrdinary(this.#takenOrdinary);
    return taken;
  }

  #lookAhead(ring: RingConsumer, handler: InputHandler): void {
    const count = ring.lookAhead(InputTag.Command, this.#ahead);
    // One that comes alone is not looked at sooner than it is taken.
    if (count < 2) return;
    for (let at = 0; at < count; at += 1) this.#ahead[at] = this.#ahead[at]! + REQUEST_WORDS;
    handler.expect(ring.words, this.#ahead, count);
  }

  #takePriority(max: number, handler: InputHandler, mayGoOn: () => boolean): number {
    let taken = 0;
    for (; taken < max && mayGoOn() && this.#priority.peek(); taken++) this.#handle(this.#priority, handler);
    return taken;
  }

  #handle(ring: RingConsumer, handler: InputHandler): number {
    const at = ring.offset / 8;
    const requestId = ring.words[at] ?? 0;
    if (ring.tag === InputTag.Command) handler.command(ring.words, at + REQUEST_WORDS, this.#linkIx, requestId);
    else handler.question(readQuestion(ring, at + REQUEST_WORDS), this.#linkIx, requestId);
    ring.release();
    return requestId;
  }
}

function readQuestion(ring: RingConsumer, at: number): Question {
  const start = (at + 1) * 8;
  const question: Question = deserialize(Buffer.from(ring.bytes.slice(start, start + (ring.words[at] ?? 0))));
  return question;
}
