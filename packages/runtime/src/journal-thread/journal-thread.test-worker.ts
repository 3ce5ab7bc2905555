/** A journal thread over real files, with arranged faults, for `journal-thread.test.ts`. */

import { workerData } from 'node:worker_threads';
import { type Journal, JournalFull } from '@mochila/ports';
import { serveJournalThread } from './serve-journal-thread.ts';

interface TestSettings {
  /** Module with `JournalFile`; found by the test, because this package depends on no adapter. */
  readonly journalModule: string;
  readonly directory: string;
  /** One cell: how `append` behaves (0 works, 1 no space, 2 storage fails). */
  readonly behaviour: SharedArrayBuffer;
  /** Whether the thread dies instead of opening the journal. */
  readonly isDoomed?: boolean;
}

const settings: TestSettings = workerData.settings;
const module: { JournalFile: new (options: { directory: string; venueId: string }) => Journal } = await import(settings.journalModule);

serveJournalThread(({ directory, behaviour, isDoomed }: TestSettings) => {
  if (isDoomed === true) process.exit(9);
  const journal = new module.JournalFile({ directory, venueId: 'thread' });
  const cell = new Int32Array(behaviour);
  const append = journal.append.bind(journal);
  journal.append = (frame) => {
    const outcome = Atomics.load(cell, 0);
    if (outcome === 1) throw new JournalFull(directory, new Error('arranged'));
    if (outcome === 2) throw new Error('the disk is on fire');
    append(frame);
  };
  return journal;
});
