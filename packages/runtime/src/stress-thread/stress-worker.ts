/** Runs stress trials in a thread of their own: a trial takes milliseconds that neither the core nor a gateway has. */

import { parentPort } from 'node:worker_threads';
import { runStress } from '@mochila/core';
import { describeError } from '../thread-error.ts';
import type { StressReply, StressTask } from './stress-messages.ts';

parentPort?.on('message', ({ id, copy, shocks, seconds }: StressTask) => {
  parentPort?.postMessage(answer(id, () => runStress(copy, shocks, seconds)));
});

function answer(id: number, run: () => StressReply['answer']): StressReply {
  try {
    return { id, answer: run(), fault: '' };
  } catch (error) {
    // The trial is thrown away with what went wrong in it; whoever asked is told.
    return { id, answer: null, fault: describeError(error).message };
  }
}
