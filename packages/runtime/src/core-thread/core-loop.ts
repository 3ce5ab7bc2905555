/**
 * The loop of the core thread: look at the clock, tick, do one piece of the engine's own work, take commands, flush.
 *
 * A settlement's slices alternate with rounds of user commands, so that trading goes on while an epoch is open. The loop
 * takes nothing while the journal cannot write or a link does not read: what was applied is at most a little ahead of
 * what is durable, and nothing of it is told before it is.
 */

import { FORESEE_STEPS, foresee, type State } from '@mochila/core';
import type { Clock } from '@mochila/ports';
import { Doorbell } from '../ring/doorbell.ts';
import { answerQuestion } from '../sequencer/answer-question.ts';
import { FORWARD_LEAP_MICROS } from '../sequencer/command-time.ts';
import { Sequencer } from '../sequencer/sequencer.ts';
import type { VenueMemory } from '../venue/venue-memory.ts';
import { CoreControl } from './core-control.ts';
import { type InputHandler, InputPort, type Question } from './input-port.ts';
import { JournalPort } from './journal-port.ts';
import { OutputPort } from './output-port.ts';
import { type SendSnapshot, type SnapshotPace, SnapshotSchedule } from './snapshot-schedule.ts';

/** What a core loop works with. */
export interface CoreLoopOptions {
  /** As recovered; the journal continues with its next sequence. */
  readonly state: State;
  readonly clock: Clock;
  readonly speed: number;
  readonly memory: VenueMemory;
  readonly sendSnapshot: SendSnapshot;
  /** Sequence of the newest snapshot there is; 0 for none. */
  readonly snapshotSeq: number;
  readonly snapshotPace: SnapshotPace;
}

/** How the loop ended. */
export type CoreLoopEnd =
  | {
      readonly kind: 'stopped';
      readonly seq: number /** True when the last commands were not durable and are lost; none was acknowledged. */;
      readonly isCutShort: boolean;
    }
  | { readonly kind: 'journal-halted'; readonly seq: number };

/** Commands taken from a lane before others have their turn. */
const ROUND = 64;
/** Only a limit to every wait: bells wake the thread at once. */
const WAIT_MS_MAX = 1000;
const ROOM_WAIT_MS = 50;

/** The loop with all it serves; one for each core thread. */
export class CoreLoop implements InputHandler {
  readonly sequencer: Sequencer;
  readonly #state: State;
  readonly #clock: Clock;
  readonly #control: CoreControl;
  readonly #bell: Doorbell;
  readonly #journal: JournalPort;
  readonly #outputs: OutputPort;
  readonly #inputs: readonly InputPort[];
  readonly #snapshots: SnapshotSchedule;
  readonly #mayGoOn: () => boolean;
  #questionsFailed = 0;

  constructor(options: CoreLoopOptions) {
    const { state, clock, memory } = options;
    this.#state = state;
    this.#clock = clock;
    this.#control = new CoreControl(memory.coreControl);
    this.#bell = new Doorbell(memory.coreBell);
    const waitForRoom = (): void => this.#waitForRoom();
    this.#journal = new JournalPort(memory.journal, waitForRoom);
    this.#outputs = new OutputPort(memory.links, waitForRoom);
    this.#inputs = memory.links.map((link, linkIx) => new InputPort(linkIx, link));
    this.#snapshots = new SnapshotSchedule(this.#control, options.sendSnapshot, options.snapshotSeq, options.snapshotPace);
    this.#mayGoOn = () => this.#journal.isReady() && this.#outputs.hasRoom();
    const sinks = {
      keep: this.#journal.keep.bind(this.#journal),
      publish: this.#outputs.publish.bind(this.#outputs),
    };
    this.sequencer = new Sequencer(state, clock, sinks, FORWARD_LEAP_MICROS * Math.max(1, options.speed));
  }

  /** Works, blocking the thread, until asked to stop (what was given before is done first) or until the journal halts. */
  run(): CoreLoopEnd {
    for (;;) {
      const seen = this.#bell.count();
      // Read before the rings: what was given before the request is found below.
      const isStopping = this.#control.isStopRequested();
      if (this.#journal.status() === 'halted') return { kind: 'journal-halted', seq: this.#state.seq };
      const isReady = this.#mayGoOn();
      const didWork = isReady && this.#round();
      this.#flush();
      this.#publishFigures();
      if (didWork) continue;
      if (isStopping) return this.#finish();
      this.#bell.wait(seen, isReady ? this.#idleMs() : ROOM_WAIT_MS);
    }
  }

  expect(words: Float64Array, offsets: Int32Array, count: number): void {
    for (let step = 0; step < FORESEE_STEPS; step += 1)
      for (let at = 0; at < count; at += 1) foresee(this.#state, words, offsets[at]!, step);
  }

  command(words: Float64Array, offset: number, linkIx: number, requestId: number): void {
    this.sequencer.take(words, offset, linkIx, requestId);
  }

  // A question changes nothing: one that fails is told to who asked, and the venue goes on.
  question(question: Question, linkIx: number, requestId: number): void {
    const { seq } = this.#state;
    try {
      this.#outputs.answer(linkIx, seq, requestId, answerQuestion(this.#state, question.name, question.ask));
    } catch (error) {
      this.#questionsFailed += 1;
      this.#outputs.fault(linkIx, seq, requestId, error instanceof Error ? error.message : String(error));
    }
  }

  #round(): boolean {
    this.sequencer.look();
    const ticked = this.sequencer.tickIfDue();
    const worked = this.sequencer.workIfPending();
    // Both take their time; what came meanwhile is not stamped before it came.
    if (ticked || worked) this.sequencer.look();
    let taken = 0;
    for (const input of this.#inputs) taken += input.take(ROUND, this, this.#mayGoOn);
    this.#snapshots.takeIfDue(this.#state);
    return ticked || worked || taken > 0;
  }

  // Batches first: when the journal says durable, they are there to be read.
  #flush(): void {
    this.#outputs.flush();
    this.#journal.flush();
  }

  // The other side may be waiting for what was not flushed yet.
  #waitForRoom(): void {
    const seen = this.#bell.count();
    this.#flush();
    if (this.#control.isStopRequested() && this.#journal.status() !== 'ok') throw new StoppedWithoutRoom();
    if (this.#journal.status() === 'halted') throw new StoppedWithoutRoom();
    this.#bell.wait(seen, ROOM_WAIT_MS);
  }

  #idleMs(): number {
    return Math.min(WAIT_MS_MAX, this.#clock.millisUntil(this.sequencer.nextTickMicros()));
  }

  // Everything applied becomes durable, if the journal can, and the last state is kept.
  #finish(): CoreLoopEnd {
    const { seq } = this.#state;
    for (;;) {
      const seen = this.#bell.count();
      if (this.#journal.durableSeq() >= seq) break;
      if (this.#journal.status() !== 'ok' && this.#journal.status() !== 'opening') return { kind: 'stopped', seq, isCutShort: true };
      this.#bell.wait(seen, ROOM_WAIT_MS);
    }
    this.#snapshots.take(this.#state);
    return { kind: 'stopped', seq, isCutShort: false };
  }

  #publishFigures(): void {
    const { figures } = this.sequencer;
    this.#control.setFigures({
      seq: this.#state.seq,
      timeMicros: this.#state.timeMicros,
      commands: figures.commands,
      ticks: figures.ticks,
      ticksMissed: figures.ticksMissed,
      systemCommands: figures.systemCommands,
      clockBackward: figures.clock.backward,
      clockBackwardMicrosMax: figures.clock.backwardMicrosMax,
      clockForward: figures.clock.forward,
      clockForwardMicrosMax: figures.clock.forwardMicrosMax,
      batchesLost: this.#outputs.batchesLost,
      outputWaits: this.#outputs.waits,
      snapshots: this.#snapshots.count,
      snapshotCopyMsMax: this.#snapshots.copyMsMax,
      questionsFailed: this.#questionsFailed,
    });
  }
}

/** Thrown out of a command that waits for room when it will not come; nothing of it was acknowledged. */
export class StoppedWithoutRoom extends Error {
  override readonly name = 'StoppedWithoutRoom';
}
