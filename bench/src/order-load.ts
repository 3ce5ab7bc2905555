/** Orders from a process of their own against a venue that runs: what they cost the venue, all its threads counted. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the sending process is told. */
export interface OrderLoadTask {
  readonly port: number;
  /** Price of the orders: immediate-or-cancel bids that never fill. */
  readonly price: string;
  readonly orders: number;
  /** Orders in one signed request; more than one go by the batch route. */
  readonly perRequest: number;
  /** Keys that take turns; the budget of an account is 2,000 requests a minute. */
  readonly keys: number;
  readonly connections: number;
  /** Requests that a connection has on their way; more than one is pipelining. */
  readonly inFlight: number;
  /** Client id of the first order. */
  readonly firstId: number;
}

/** What it says. */
export type OrderLoadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly seconds: number; readonly medianMs: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a load cost. */
export interface OrderLoadCost {
  readonly ordersPerCpuSecond: number;
  readonly ordersPerSecond: number;
  /** Median time from sending a request to its whole answer, in milliseconds. */
  readonly medianMs: number;
}

const PROCESS = fileURLToPath(new URL('./order-load-process.ts', import.meta.url));
const LIMIT_MS = 120_000;

/** Signs and sends orders. @param url where the venue listens @throws Error when one of them was refused */
export async function measureOrderLoad(url: string, task: Omit<OrderLoadTask, 'port'>): Promise<OrderLoadCost> {
  const child = fork(PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    const ready = answerOf(child);
    child.send({ ...task, port: Number(new URL(url).port) });
    await ready;
    const before = await cpuSecondsOf(url);
    const done = answerOf(child);
    child.send('go');
    const answer = await done;
    const cpuSeconds = (await cpuSecondsOf(url)) - before;
    if (answer.kind !== 'done') throw new Error('the sending process said something else than it was asked');
    return { ordersPerCpuSecond: task.orders / cpuSeconds, ordersPerSecond: task.orders / answer.seconds, medianMs: answer.medianMs };
  } finally {
    child.kill('SIGKILL');
  }
}

function answerOf(child: ChildProcess): Promise<OrderLoadAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the sending process said nothing for ${LIMIT_MS} ms`)), LIMIT_MS);
    const end = (act: () => void): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      act();
    };
    child.once('message', (answer: OrderLoadAnswer) =>
      end(() => (answer.kind === 'failed' ? reject(new Error(answer.reason)) : resolve(answer))),
    );
    child.once('exit', (code) => end(() => reject(new Error(`the sending process ended with ${code}`))));
  });
}

async function cpuSecondsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = /^process_cpu_seconds_total(?:\{[^}]*\})? ([\d.e+-]+)/m.exec(text)?.[1];
  if (found === undefined) throw new Error('the venue does not tell its CPU time at /metrics');
  return Number(found);
}
