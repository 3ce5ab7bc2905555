/** The snapshot thread of a venue: writes copies of the state while trading goes on. Ends when the core closes its port. */

import { parentPort, workerData } from 'node:worker_threads';
import { CoreControl } from '../core-thread/core-control.ts';
import { JournalControl } from '../journal-thread/journal-control.ts';
import { Doorbell } from '../ring/doorbell.ts';
import { loadStorage } from '../venue/venue-storage.ts';
import type { SnapshotCopy, SnapshotThreadTask } from './snapshot-messages.ts';
import { storeSnapshot } from './store-snapshot.ts';

const task: SnapshotThreadTask = workerData;
const storage = await loadStorage(task.storage);
const core = new CoreControl(task.memory.coreControl);
const duty = {
  store: storage.createSnapshots(),
  journal: new JournalControl(task.memory.journal.control),
  core,
  bell: new Doorbell(task.memory.snapshotBell),
  newestCount: task.newestCount,
};
task.port.on('message', (copy: SnapshotCopy) => {
  const message = storeSnapshot(copy, duty);
  core.addSnapshotUnderway(-1);
  parentPort?.postMessage(message);
});
