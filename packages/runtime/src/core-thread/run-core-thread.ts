/** The work of the core thread: recovers the state and runs the loop until it is asked to stop. */

import type { State } from '@mochila/core';
import { createVenueClock } from '../clock/venue-clock.ts';
import { genesisCommand, openNewState } from '../recovery/genesis-record.ts';
import { recover } from '../recovery/recover.ts';
import { describeError } from '../thread-error.ts';
import type { VenueStorage } from '../venue/venue-storage.ts';
import type { CoreControl } from './core-control.ts';
import { CoreLoop, type CoreLoopEnd, StoppedWithoutRoom } from './core-loop.ts';
import type { CoreThreadEnd, CoreThreadMessage, CoreThreadStart, CoreThreadTask } from './core-messages.ts';

/** What the thread works with. */
export interface CoreThreadParts {
  readonly task: CoreThreadTask;
  readonly storage: VenueStorage;
  readonly control: CoreControl;
  readonly post: (message: CoreThreadMessage) => void;
}

/** Runs until the venue is asked to stop. @returns how it ended; nothing is thrown */
export function runCoreThread(parts: CoreThreadParts): CoreThreadEnd {
  try {
    return run(parts);
  } catch (error) {
    // A bug in the engine, or damage that recovery found: the operator decides, the thread only says what it was.
    return { kind: 'halted', error: describeError(error) };
  }
}

function run(parts: CoreThreadParts): CoreLoopEnd {
  const { task, control, post } = parts;
  const { state, ...start } = task.lastSeq === 0 ? begin(task) : resume(parts);
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

function begin({ genesis }: CoreThreadTask): CoreThreadStart & { state: State } {
  return { state: openNewState(genesis), genesis, isNew: true, lastSeq: 0, snapshotSeq: 0, replayed: 0, damagedSnapshots: [] };
}

function resume({ task, storage, post }: CoreThreadParts): CoreThreadStart & { state: State } {
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
