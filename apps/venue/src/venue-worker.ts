/** A thread of the venue that ends when it is asked to, or a little later without being asked again. */
import { Worker } from 'node:worker_threads';

/** A thread that runs. */
export type VenueWorker = {
  readonly worker: Worker;
  /** Fulfilled when the thread is gone, with the reason when it went by itself. */
  readonly ended: Promise<string | null>;
  /** Asks it to end and waits until it has; one that does not is ended. */
  end(): Promise<void>;
};

/** Posted to a thread to end it. */
export const STOP_WORKER = 'stop';

const END_MS = 8_000;

/** Starts a thread. @param module its file @param task what it is given; must be clonable */
export function startVenueWorker(module: URL, task: object, name: string): VenueWorker {
  const worker = new Worker(module, { workerData: task, name });
  let reason = 'it ended by itself';
  let isAsked = false;
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  const ended = new Promise<string | null>((resolve) => worker.once('exit', () => resolve(isAsked ? null : reason)));
  const end = async (): Promise<void> => {
    isAsked = true;
    const timer = setTimeout(() => void worker.terminate(), END_MS);
    worker.postMessage(STOP_WORKER);
    await ended;
    clearTimeout(timer);
  };
  return { worker, ended, end };
}
