/** Writes numbered records of changing lengths into a ring, for `byte-ring.test.ts`. */

import { workerData } from 'node:worker_threads';
import { Doorbell } from './doorbell.ts';
import { RING_FULL, RingProducer } from './ring-producer.ts';

interface Task {
  readonly ring: SharedArrayBuffer;
  /** Rung by this thread after a record. */
  readonly filled: SharedArrayBuffer;
  /** Rung by the reader when it made room. */
  readonly drained: SharedArrayBuffer;
  readonly recordCount: number;
  readonly batchCount: number;
}

const task: Task = workerData;
const drained = new Doorbell(task.drained);
const producer = new RingProducer(task.ring, new Doorbell(task.filled));

for (let i = 0; i < task.recordCount; i++) {
  const byteLength = (i % 13) * 8;
  let seen = drained.count();
  let offset = producer.reserve(byteLength);
  while (offset === RING_FULL) {
    producer.flush();
    drained.wait(seen, 1000);
    seen = drained.count();
    offset = producer.reserve(byteLength);
  }
  for (let word = 0; word < byteLength / 8; word++) producer.words[offset / 8 + word] = i + word / 16;
  producer.commitQuietly(i, byteLength);
  if (i % task.batchCount === 0) producer.flush();
}
producer.flush();
