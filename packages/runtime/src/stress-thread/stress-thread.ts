/** The thread that runs stress trials: started with the first of them, one trial after another, a few waiting at most. */
import { Worker } from 'node:worker_threads';
import { LinkFault } from '@mochila/ports';
import type { StressAnswer, StressCopy, StressShock } from '@mochila/protocol';
import type { StressReply, StressTask } from './stress-messages.ts';

/** Trials that wait; one more is answered busy. */
const WAITING_MAX = 16;

interface Waiter {
  resolve(answer: StressAnswer): void;
  reject(fault: LinkFault): void;
}

/** Runs trials elsewhere. */
export class StressThread {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiter>();
  #nextId = 1;

  /** @throws LinkFault when too many wait or the trial failed */
  run(copy: StressCopy, shocks: StressShock[], seconds: number): Promise<StressAnswer> {
    if (this.#waiting.size >= WAITING_MAX) return Promise.reject(new LinkFault('the engine cannot answer stress: it is busy'));
    const task: StressTask = { id: this.#nextId++, copy, shocks, seconds };
    return new Promise((resolve, reject) => {
      this.#waiting.set(task.id, { resolve, reject });
      this.#open().postMessage(task);
    });
  }

  /** Ends the thread; trials that wait are given up. */
  async close(): Promise<void> {
    this.#giveUp('the link was closed');
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #open(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('./stress-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', (reply: StressReply) => this.#take(reply));
    worker.on('error', (error) => {
      this.#worker = null;
      this.#giveUp(error instanceof Error ? error.message : String(error));
    });
    this.#worker = worker;
    return worker;
  }

  #take({ id, answer, fault }: StressReply): void {
    const waiter = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (answer === null) waiter?.reject(new LinkFault(`the engine cannot answer stress: ${fault}`));
    else waiter?.resolve(answer);
  }

  #giveUp(why: string): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiter of waiting) waiter.reject(new LinkFault(`the engine cannot answer stress: ${why}`));
  }
}
