/** The inside of the journal thread. */

import { parentPort, workerData } from 'node:worker_threads';
import type { Journal, JournalTail } from '@mochila/ports';
import { describeError } from '../thread-error.ts';
import { JournalControl } from './journal-control.ts';
import type { JournalThreadEnd, JournalThreadMessage, JournalThreadTask } from './journal-messages.ts';
import { JournalWriter } from './journal-writer.ts';

/**
 * Runs the journal in this worker thread until it is asked to stop; call it once, at the end of the worker's file.
 * @param makeJournal makes the journal, not yet open, from the settings the thread was started with
 * @throws Error when it is not called in a worker
 */
export function serveJournalThread<Settings>(makeJournal: (settings: Settings) => Journal): void {
  const parent = parentPort;
  if (parent === null) throw new Error('the journal thread is a worker; start it with startJournalThread');
  const task: JournalThreadTask<Settings> = workerData;
  const post = (message: JournalThreadMessage): void => parent.postMessage(message);
  post({ kind: 'ended', end: work(task, makeJournal, post) });
}

function work<Settings>(
  task: JournalThreadTask<Settings>,
  makeJournal: (settings: Settings) => Journal,
  post: (message: JournalThreadMessage) => void,
): JournalThreadEnd {
  const control = new JournalControl(task.memory.control);
  try {
    const journal = makeJournal(task.settings);
    const tail = journal.open((progress) => post({ kind: 'progress', progress }));
    try {
      control.setDurableSeq(tail.nextSeq - 1);
      return write(journal, tail, task, post);
    } finally {
      journal.close();
    }
  } catch (error) {
    control.setStatus('halted');
    return { kind: 'halted', durableSeq: control.durableSeq(), error: describeError(error) };
  }
}

function write<Settings>(
  journal: Journal,
  tail: JournalTail,
  task: JournalThreadTask<Settings>,
  post: (message: JournalThreadMessage) => void,
): JournalThreadEnd {
  const { memory, listeners } = task;
  const writer = new JournalWriter({
    journal,
    memory,
    listeners,
    onRefusing: (fault) => post({ kind: 'refusing', error: describeError(fault) }),
  });
  post({ kind: 'opened', tail });
  const end = writer.run();
  return end.kind === 'stopped' ? end : { ...end, error: describeError(end.error) };
}
