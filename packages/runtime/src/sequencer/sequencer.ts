/**
 * The one order of the venue: gives every command its sequence and time, applies it, and hands on the record for the
 * journal and the batch for those who wait. It knows neither threads nor files; those who drive it decide when.
 *
 * A command is kept for the journal only after it was applied: one that breaks an assertion halts the engine and leaves
 * nothing behind, so that the venue can start again without it.
 */

import { apply, pendingSystemWork, type State } from '@mochila/core';
import type { Clock } from '@mochila/ports';
import { type Command, commandNameOf, recordCode, recordWords } from '@mochila/protocol';
import { BatchBuffer, NO_LINK } from '../batch/batch-words.ts';
import { encodeRequest, measureRequest, NO_ENVELOPE } from '../batch/encode-request.ts';
import { type ClockFaults, CommandTime } from './command-time.ts';

/** Where the sequencer's work goes. */
export interface SequencerSinks {
  /** Keeps the record of `wordCount` words at `offset` for the journal. */
  keep(seq: number, timeMicros: number, words: Float64Array, offset: number, wordCount: number): void;
  /** Takes a batch; it may leave when its sequence is durable. The buffer is filled again by the next command. */
  publish(batch: BatchBuffer): void;
}

/** What the sequencer has done since it started. */
export interface SequencerFigures {
  commands: number;
  ticks: number;
  /** Seconds of the venue that passed without a tick of their own. */
  ticksMissed: number;
  systemCommands: number;
  readonly clock: ClockFaults;
}

/** A command broke a rule of the engine: a bug. Nothing of the command was kept; what was applied of it is in the state. */
export class EngineBug extends Error {
  override readonly name = 'EngineBug';

  /** @param cause what was thrown */
  constructor(seq: number, commandCode: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`command ${seq}, ${commandNameOf(commandCode)}, broke a rule of the engine: ${reason}`, { cause });
  }
}

/** Orders and applies the commands of one venue. */
export class Sequencer {
  readonly state: State;
  readonly figures: SequencerFigures;
  readonly #sinks: SequencerSinks;
  readonly #time: CommandTime;
  readonly #batch = new BatchBuffer();
  #own = new Float64Array(1 << 12);

  /**
   * @param state at sequence 0, or as recovered
   * @param leapMicros leap of the clock that is counted as a fault, in venue microseconds
   */
  constructor(state: State, clock: Clock, sinks: SequencerSinks, leapMicros?: number) {
    this.state = state;
    this.#sinks = sinks;
    this.#time = new CommandTime(clock, state.timeMicros, leapMicros);
    this.figures = { commands: 0, ticks: 0, ticksMissed: 0, systemCommands: 0, clock: this.#time.faults };
  }

  /** Looks at the clock for the commands that follow. */
  look(): void {
    this.#time.look();
  }

  /**
   * Applies the command with its envelope at `offset`.
   * @param linkIx link it came by, `NO_LINK` for the venue's own
   * @param requestId the link's number for it
   * @throws EngineBug for an assertion that failed; nothing of the command is kept or published
   */
  take(words: Float64Array, offset: number, linkIx: number, requestId: number): void {
    const { state } = this;
    const timeMicros = this.#time.lastMicros;
    const commandWords = recordWords(words, offset);
    const envelopeBytes = words[offset + commandWords] ?? 0;
    const seq = state.seq + 1;
    try {
      apply(state, seq, timeMicros, words, offset);
    } catch (error) {
      throw new EngineBug(seq, recordCode(words, offset), error);
    }
    this.figures.commands += 1;
    this.#sinks.keep(state.seq, timeMicros, words, offset, commandWords + 1 + Math.ceil(envelopeBytes / 8));
    this.#batch.fill(state, words, offset, linkIx, requestId);
    this.#sinks.publish(this.#batch);
  }

  /** Applies a command of the venue itself. */
  issue(command: Command): void {
    const words = measureRequest(command, NO_ENVELOPE);
    if (words > this.#own.length) this.#own = new Float64Array(words * 2);
    encodeRequest(command, NO_ENVELOPE, this.#own, 0);
    this.take(this.#own, 0, NO_LINK, 0);
  }

  /** Ticks when the venue's time has reached another second; one tick stands for all seconds missed. */
  tickIfDue(): boolean {
    const second = Math.floor(this.#time.lastMicros / 1e6);
    const passed = second - this.state.tickSecond;
    if (passed <= 0) return false;
    this.figures.ticks += 1;
    this.figures.ticksMissed += passed - 1;
    this.issue({ name: 'tick', fields: { second } });
    return true;
  }

  /** Moment of the next tick, in venue microseconds. */
  nextTickMicros(): number {
    return (this.state.tickSecond + 1) * 1e6;
  }

  /** Does the next piece of what the engine left to do (a slice of a settlement, turns of liquidation, a round of triggers). */
  workIfPending(): boolean {
    const work = pendingSystemWork(this.state);
    if (work === null) return false;
    this.figures.systemCommands += 1;
    if (work.kind === 'settleSlice') {
      const { epoch, fromAccount, toAccount } = work;
      this.issue({ name: 'settleSlice', fields: { epoch, fromAccount, toAccount } });
    } else if (work.kind === 'liquidate') {
      this.issue({ name: 'liquidate', fields: { second: work.second, round: work.round } });
    } else {
      this.issue({ name: 'fireTriggers', fields: { round: work.round } });
    }
    return true;
  }
}
