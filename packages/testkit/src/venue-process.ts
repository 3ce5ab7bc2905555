/** The whole venue as a process of its own on a free port, for tests of what talks to it from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A venue that runs beside the test. */
export interface VenueProcess {
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly dataDirectory: string;
  /** Ends it, kindly first, and removes its data. */
  stop(): Promise<void>;
}

/** How it is started. */
export interface VenueProcessOptions {
  /** Flags of `npm start`, beside port and data directory. */
  readonly flags?: readonly string[];
}

const MAIN = fileURLToPath(new URL('../../../apps/venue/src/main.ts', import.meta.url));
const START_MS = 90_000;
const STOP_MS = 45_000;
const ADDRESS = /REST\s+(http:\/\/\S+)\s/;
/** What is told of the last words of one that ended by itself. */
const SHOWN_MAX = 6_000;

/**
 * Starts a venue without reference makers and waits until it listens. One that ends by itself later is told of at once, with
 * its last words: a test would only see that nobody answers.
 *
 * @throws Error with what it said when it does not start
 */
export async function startVenueProcess({ flags = [] }: VenueProcessOptions = {}): Promise<VenueProcess> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mochila-test-'));
  const args = [MAIN, '--port', '0', '--data', dataDirectory, '--no-makers', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: dataDirectory });
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await endProcess(child);
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  try {
    const url = await addressOf(child, said);
    child.once('exit', (code, signal) => {
      if (isStopping) return;
      process.stderr.write(`\nthe venue of a test ended by itself with ${signal ?? code}: ${said.join('').slice(-SHOWN_MAX)}\n`);
    });
    return { url, dataDirectory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param said what it says, added by who listened to it before */
function addressOf(child: ChildProcess, said: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the venue did not start within ${START_MS} ms: ${said.join('')}`)), START_MS);
    const hear = (): void => {
      const address = ADDRESS.exec(said.join(''))?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the venue ended with ${code} before it listened: ${said.join('')}`));
    });
  });
}

function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
