/** The core thread of a venue, as a worker: finds its storage and its code, and tells the others when it ended. */

import { parentPort, workerData } from 'node:worker_threads';
import { stackInModules } from '../linking/line-map.ts';
import { runLinked } from '../linking/run-linked.ts';
import { Doorbell } from '../ring/doorbell.ts';
import { loadStorage } from '../venue/venue-storage.ts';
import { CoreControl } from './core-control.ts';
import type { CoreThreadEnd, CoreThreadMessage, CoreThreadTask } from './core-messages.ts';
import { tuneCompiler } from './tune-compiler.ts';

const task: CoreThreadTask = workerData;
const post = (message: CoreThreadMessage): void => parentPort?.postMessage(message);
const control = new CoreControl(task.memory.coreControl);
tuneCompiler();

const storage = await loadStorage(task.storage);
const { runCoreThread }: typeof import('./run-core-thread.ts') =
  task.linked === null ? await import('./run-core-thread.ts') : runLinked(task.linked, import.meta.url);
const end = told(runCoreThread({ task, storage, control, post }));
control.setStatus(end.kind === 'stopped' ? 'stopped' : 'halted');
for (const { bell } of task.memory.links) new Doorbell(bell).ring();
post({ kind: 'ended', end });
task.snapshotPort.close();

/** Stacks are read by people: in places of the modules. */
function told(end: CoreThreadEnd): CoreThreadEnd {
  if (end.kind !== 'halted' || task.linked === null) return end;
  return { ...end, error: { ...end.error, stack: stackInModules(end.error.stack, task.linked) } };
}
