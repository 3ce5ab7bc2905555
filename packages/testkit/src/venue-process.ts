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
const ADDRESS = /REST\s+(http:\/\/\S+)/;

/**
 * Starts a venue without reference makers and waits until it listens.
 *
 * @throws Error with what it said when it does not start
 */
export async function startVenueProcess({ flags = [] }: VenueProcessOptions = {}): Promise<VenueProcess> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mochila-test-'));
  const args = [MAIN, '--port', '0', '--data', dataDirectory, '--no-makers', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: dataDirectory });
  const stop = async (): Promise<void> => {
    await endProcess(child);
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(child), dataDirectory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the venue did not start within ${START_MS} ms: ${said}`)), START_MS);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const address = ADDRESS.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the venue ended with ${code} before it listened: ${said}`));
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
