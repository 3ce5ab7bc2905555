/** What crosses between a link and the thread that runs trials. */
import type { StressAnswer, StressCopy, StressShock } from '@mochila/protocol';

/** A trial to run. */
export interface StressTask {
  id: number;
  copy: StressCopy;
  shocks: StressShock[];
  seconds: number;
}

/** What came of it; `answer` is null when it failed, `fault` says why. */
export interface StressReply {
  id: number;
  answer: StressAnswer | null;
  fault: string;
}
