/** Keeps a child process going: when it ends by itself it is started again, later each time, and the venue goes on meanwhile. */
import { type ChildProcess, fork } from 'node:child_process';

/** A process under supervision. */
export type SupervisedProcess = {
  /** Ends it for good. Fulfilled when it is gone. */
  stop(): Promise<void>;
};

/** How it is started. */
export type SuperviseOptions = {
  readonly module: URL;
  readonly environment: Readonly<Record<string, string>>;
  /** Told each time it ended by itself. */
  readonly onEnd: (description: string) => void;
};

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A process that lived this long starts again without delay. */
const STEADY_MS = 60_000;
const KILL_AFTER_MS = 3_000;

/** Starts the process and looks after it. */
export function superviseProcess(options: SuperviseOptions): SupervisedProcess {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let delayMs = FIRST_DELAY_MS;
  let isStopping = false;

  const start = (): void => {
    const startedAt = Date.now();
    timer = null;
    child = fork(options.module, { env: { ...process.env, ...options.environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('exit', (code, signal) => {
      child = null;
      if (isStopping) return;
      if (Date.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      options.onEnd(`ended with ${signal ?? `code ${code}`}; starting again in ${delayMs} ms`);
      timer = setTimeout(start, delayMs);
      delayMs = Math.min(LONGEST_DELAY_MS, delayMs * 2);
    });
  };
  start();

  return {
    stop: async () => {
      isStopping = true;
      if (timer !== null) clearTimeout(timer);
      if (child !== null) await endProcess(child);
    },
  };
}

function endProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
