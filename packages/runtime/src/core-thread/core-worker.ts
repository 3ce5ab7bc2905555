/** The core thread of a venue: recovers the state and runs the loop until it is asked to stop. */

import { parentPort, workerData } from 'node:worker_threads';
import type { State } from '@mochila/core';
import { createVenueClock } from '../clock/venue-clock.ts';
import { describeError } from '../journal-thread/journal-messages.ts';
import { genesisCommand, openNewState } from '../recovery/genesis-record.ts';
import { recover } from '../recovery/recover.ts';
import { Doorbell } from '../ring/doorbell.ts';
import { loadStorage, type VenueStorage } from '../venue/venue-storage.ts';
import { CoreControl } from './core-control.ts';
import { CoreLoop, type CoreLoopEnd, StoppedWithoutRoom } from './core-loop.ts';
import type { CoreThreadEnd, CoreThreadMessage, CoreThreadStart, CoreThreadTask } from './core-messages.ts';
import { tuneCompiler } from './tune-compiler.ts';

const task: CoreThreadTask = workerData;
const post = (message: CoreThreadMessage): void => parentPort?.postMessage(message);
const control = new CoreControl(task.memory.coreControl);
tuneCompiler();

const end = work(await loadStorage(task.storage));
control.setStatus(end.kind === 'stopped' ? 'stopped' : 'halted');
for (const { bell } of task.memory.links) new Doorbell(bell).ring();
post({ kind: 'ended', end });
task.snapshotPort.close();

function work(storage: VenueStorage): CoreThreadEnd {
  try {
    return run(storage);
  } catch (error) {
    // A bug in the engine, or damage that recovery found: the operator decides, the thread only says what it was.
    return { kind: 'halted', error: describeError(error) };
  }
}

function run(storage: VenueStorage): CoreLoopEnd {
  const { state, ...start } = task.lastSeq === 0 ? begin() : resume(storage);
  state.out.isOn = true;
  const loop = new CoreLoop({
    state,
    clock: createVenueClock(task.clock),
    speed: task.clock.speed,
    memory: task.memory,
    sendSnapshot: (seq, bytes) => task.snapshotPort.postMessage({ seq, bytes }, bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : []),
    snapshotSeq: start.snapshotSeq,
    snapshotPace: task.snapshotPace,
  });
  const stoppedAtMicros = state.timeMicros;
  loop.sequencer.look();
  loop.sequencer.issue(start.isNew ? genesisCommand(start.genesis) : { name: 'resume', fields: { stoppedAtMicros } });
  control.setStatus('running');
  post({ kind: 'started', start });
  try {
    return loop.run();
  } catch (error) {
    if (error instanceof StoppedWithoutRoom) return { kind: 'stopped', seq: state.seq, isCutShort: true };
    throw error;
  }
}

function begin(): CoreThreadStart & { state: State } {
  const { genesis } = task;
  return { state: openNewState(genesis), genesis, isNew: true, lastSeq: 0, snapshotSeq: 0, replayed: 0, damagedSnapshots: [] };
}

function resume(storage: VenueStorage): CoreThreadStart & { state: State } {
  const { lastSeq, genesis } = task;
  const journal = storage.createJournal(true);
  journal.open();
  try {
    const stored = { journal, snapshots: storage.createSnapshots(), lastSeq };
    const { state, snapshotSeq, replayed, damaged } = recover(stored, {
      genesis,
      onProgress: (progress) => post({ kind: 'progress', progress }),
    });
    return { state, genesis: state.genesis, isNew: false, lastSeq, snapshotSeq, replayed, damagedSnapshots: damaged };
  } finally {
    journal.close();
  }
}
