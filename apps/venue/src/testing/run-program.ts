/** Programs beside a venue, run as people run them, and what they leave in a store. */
import { spawn } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
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

/** All rows of all tables of a store, in an order that does not depend on when they were written. */
export function rowsOf(file: string): Record<string, string[]> {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'kysely%' ORDER BY name").all();
  const rows = tables.map(
    ({ name }) =>
      [
        String(name),
        database
          .prepare(`SELECT * FROM "${String(name)}"`)
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      ] as const,
  );
  database.close();
  return Object.fromEntries(rows);
}
