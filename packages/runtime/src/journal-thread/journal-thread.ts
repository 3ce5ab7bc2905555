/** The journal thread as its parent sees it. */

import { Worker } from 'node:worker_threads';
import type { JournalProgress, JournalTail } from '@mochila/ports';
import { Doorbell } from '../ring/doorbell.ts';
import { describeError, type ThreadError } from '../thread-error.ts';
import { JournalControl } from './journal-control.ts';
import { createJournalMemory, type JournalMemory } from './journal-memory.ts';
import type { JournalThreadEnd, JournalThreadMessage, JournalThreadTask } from './journal-messages.ts';

/** How a journal thread is started. */
export interface JournalThreadOptions<Settings> {
  /** File of the worker, which calls `serveJournalThread`. */
  readonly workerUrl: URL;
  /** For whoever makes the journal in the worker; must be postable. */
  readonly settings: Settings;
  /** Bells of the threads that wait for durability. */
  readonly listeners: readonly SharedArrayBuffer[];
  /** Shared memory; made when it is not given. */
  readonly memory?: JournalMemory;
  readonly onProgress?: (progress: JournalProgress) => void;
  /** Told each time the journal begins to refuse for lack of space. */
  readonly onRefusing?: (error: ThreadError) => void;
}

/** A running journal thread. */
export interface JournalThread {
  /** Where the journal ended when it was opened. */
  readonly tail: JournalTail;
  readonly memory: JournalMemory;
  /** Fulfilled when the thread ended, on request or by a fault; never rejected. */
  readonly ended: Promise<JournalThreadEnd>;
  /** Asks the thread to write what it was given and end, and waits until it did; the last frame may take its time. */
  stop(): Promise<JournalThreadEnd>;
}

/** Thrown when the journal cannot be opened; `cause` names the fault and its message says what to do. */
export class JournalThreadFault extends Error {
  override readonly name = 'JournalThreadFault';
  /** Name of the fault in the thread, as `JournalCorrupt`. */
  readonly faultName: string;

  constructor(error: ThreadError) {
    super(error.message);
    this.faultName = error.name;
  }
}

/**
 * Starts the thread and waits until its journal is open.
 * @throws JournalThreadFault when it cannot be opened
 */
export async function startJournalThread<Settings>(options: JournalThreadOptions<Settings>): Promise<JournalThread> {
  const memory = options.memory ?? createJournalMemory();
  const workerData: JournalThreadTask<Settings> = { memory, listeners: options.listeners, settings: options.settings };
  const worker = new Worker(options.workerUrl, { workerData, name: 'journal' });
  const opened = Promise.withResolvers<JournalTail>();
  const ended = followThread(worker, memory, options, opened.resolve);
  const first = await Promise.race([opened.promise, ended]);
  if ('kind' in first)
    throw new JournalThreadFault(first.kind === 'halted' ? first.error : describeError('the thread stopped before the journal was open'));
  const stop = (): Promise<JournalThreadEnd> => {
    new JournalControl(memory.control).requestStop();
    new Doorbell(memory.bell).ring();
    return ended;
  };
  return { tail: first, memory, ended, stop };
}

function followThread<Settings>(
  worker: Worker,
  memory: JournalMemory,
  options: JournalThreadOptions<Settings>,
  onOpened: (tail: JournalTail) => void,
): Promise<JournalThreadEnd> {
  const control = new JournalControl(memory.control);
  const ended = Promise.withResolvers<JournalThreadEnd>();
  let end: JournalThreadEnd | undefined;
  const halted = (error: ThreadError): JournalThreadEnd => ({ kind: 'halted', durableSeq: control.durableSeq(), error });
  worker.on('message', (message: JournalThreadMessage) => {
    if (message.kind === 'progress') options.onProgress?.(message.progress);
    else if (message.kind === 'opened') onOpened(message.tail);
    else if (message.kind === 'refusing') options.onRefusing?.(message.error);
    else end = message.end;
  });
  worker.on('error', (error) => {
    end ??= halted(describeError(error));
  });
  worker.on('exit', (code) => {
    // A thread that died without a word leaves its last status behind: it is corrected, and those who wait are woken.
    end ??= halted(describeError(`the journal thread ended by itself, with code ${code}`));
    if (end.kind === 'halted') control.setStatus('halted');
    for (const shared of options.listeners) new Doorbell(shared).ring();
    ended.resolve(end);
  });
  return ended.promise;
}
