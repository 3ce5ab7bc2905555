/** Starts of the real program, for tests of what it prints and how it ends. Every wait has a limit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One start. */
export type VenueRun = {
  readonly url: string;
  readonly pid: number;
  readonly dataDirectory: string;
  /** What it printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends a signal and waits for the end. @returns the exit code, null when a signal ended it */
  end(signal?: NodeJS.Signals): Promise<number | null>;
};

/** A start that did not come to listen. */
export type FailedStart = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** How it is started. */
export type VenueRunOptions = {
  readonly dataDirectory: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** A machine that is shared may take long for what takes a second on its own. */
const START_MS = 90_000;
const END_MS = 45_000;
/** Longest wait for the last words of a process that is gone: who holds its pipes may not hold up the tests. */
const LAST_WORDS_MS = 10_000;
const POLL_MS = 25;
const ASK_AGAIN_MS = 200;
/** What is shown of an answer or of what a venue said when a test fails. */
const SHOWN_MAX = 6_000;
const ADDRESS = /REST\s+(http:\/\/\S+)/;

const directories: string[] = [];
const children = new Set<ChildProcess>();
/** What the venues of a test said. */
const words: Said[] = [];

/** A directory that `endAll` removes. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mochila-venue-'));
  directories.push(directory);
  return directory;
}

/** For `afterEach`: when the test failed, tells what its venues said so far. @param context of the test that ended */
export function tellFailure({ task }: { readonly task: Ended }): void {
  if (task.result?.state !== 'fail') return;
  for (const { stdout, stderr } of words) {
    process.stderr.write(`\na venue of the test that failed said: ${stdout.slice(-SHOWN_MAX)}\n${stderr.slice(-SHOWN_MAX)}\n`);
  }
}

/** For `afterEach`: nothing that a test started outlives it. @param context of the test that ended, whose failure is told of */
export async function endAll(context?: { readonly task: Ended }): Promise<void> {
  await Promise.all([...children].map((child) => endProcess(child, 'SIGKILL')));
  if (context !== undefined) tellFailure(context);
  words.length = 0;
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}

/** Starts a venue on a free port, without makers unless the flags are given. @throws Error with what it said when it does not listen */
export async function runVenue(options: VenueRunOptions): Promise<VenueRun> {
  const started = spawnVenue(options);
  const { child, said } = started;
  const untilMs = performance.now() + START_MS;
  for (;;) {
    const url = ADDRESS.exec(said.stdout)?.[1];
    // The address is in the middle of what is printed: the whole of it has come when the last line has.
    if (url !== undefined && said.stdout.includes('Stop with ctrl-c')) return runOf(url, options.dataDirectory, started);
    if (child.exitCode !== null) throw new Error(`the venue ended with ${child.exitCode}: ${said.stdout}${said.stderr}`);
    if (performance.now() > untilMs) throw new Error(`the venue did not start: ${said.stdout}${said.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Starts a venue that is expected to refuse. */
export async function runToFailure(options: VenueRunOptions): Promise<FailedStart> {
  const { child, said } = spawnVenue(options);
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  if (child.exitCode === null) await once(child, 'close');
  clearTimeout(timer);
  return { code: child.exitCode, ...said };
}

/** Longest wait for what a venue does by itself within seconds, in milliseconds. */
export const PATIENCE_MS = 90_000;

/**
 * Asks again and again until the answer is as wanted.
 *
 * @param limitMs longest wait
 * @param everyMs between two asks; a fifth of a second unless told
 * @throws Error with the condition and the last answer
 */
export async function eventually<Answer>(
  limitMs: number,
  ask: () => Promise<Answer>,
  holds: (answer: Answer) => boolean,
  everyMs = ASK_AGAIN_MS,
): Promise<Answer> {
  const untilMs = performance.now() + limitMs;
  for (let asked = 1; ; asked += 1) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (performance.now() > untilMs) {
      const last = JSON.stringify(answer)?.slice(0, SHOWN_MAX);
      throw new Error(`waited ${limitMs} ms in vain, asked ${asked} times for ${String(holds)}; the last answer was ${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Waits until the engine of a venue has carried out some commands: by itself it does a few every venue second. */
export async function awaitCommands({ url }: Pick<VenueRun, 'url'>, count: number): Promise<void> {
  const seqNow = async (): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^mochila_engine_seq (\d+)/m.exec(text)?.[1] ?? 0);
  };
  await eventually(PATIENCE_MS, seqNow, (seq) => seq >= count);
}

type Said = { stdout: string; stderr: string };
type Started = { readonly child: ChildProcess; readonly said: Said };
/** A test, as the runner tells how it ended. */
type Ended = { readonly result?: { readonly state: string } | undefined };

function spawnVenue({ dataDirectory, flags = ['--no-makers'], environment = {} }: VenueRunOptions): Started {
  const place = 'MOCHILA_DATA_DIR' in environment ? [] : ['--data', dataDirectory];
  const port = 'PORT' in environment || flags.includes('--port') ? [] : ['--port', '0'];
  const child = spawn(process.execPath, [MAIN, ...place, ...port, ...flags], {
    cwd: dataDirectory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const said: Said = { stdout: '', stderr: '' };
  words.push(said);
  child.stdout?.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString('utf8');
  });
  return { child, said };
}

function runOf(url: string, dataDirectory: string, { child, said }: Started): VenueRun {
  const end = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => endProcess(child, signal);
  return { url, pid: child.pid ?? 0, dataDirectory, stdout: () => said.stdout, stderr: () => said.stderr, end };
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  const [exited, closed] = [once(child, 'exit'), once(child, 'close')];
  child.kill(signal);
  await exited;
  clearTimeout(timer);
  const late = Promise.withResolvers<void>();
  const patience = setTimeout(late.resolve, LAST_WORDS_MS);
  await Promise.race([closed, late.promise]);
  clearTimeout(patience);
  return child.exitCode;
}
