/** Programs beside a venue, run as people run them. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Programs by name. */
export const PROGRAMS = {
  mochila: fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url)),
  rebuildHistory: fileURLToPath(new URL('../tools/rebuild-history.ts', import.meta.url)),
  reset: fileURLToPath(new URL('../../../../scripts/reset.ts', import.meta.url)),
};

/** How one ended. */
export type ProgramEnd = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

const LIMIT_MS = 120_000;

/** Runs one to its end. */
export function runProgram(
  name: keyof typeof PROGRAMS,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ProgramEnd> {
  const child = spawn(process.execPath, [PROGRAMS[name], ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...said }));
  });
}
