import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One check of the repository: what it is called and the Node program that makes it. */
interface Check {
  name: string;
  args: string[];
}

/** What a check found; `output` is its own words. */
export interface CheckResult {
  name: string;
  isPassed: boolean;
  millis: number;
  output: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TIMEOUT_MILLIS = 180_000;
const FOLDERS = ['packages', 'apps', 'bench', 'sim', 'scripts'].filter((folder) => existsSync(join(ROOT, folder)));

const CHECKS: Check[] = [
  { name: 'biome', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'tsc', args: ['node_modules/typescript/bin/tsc', '--project', '.'] },
  {
    name: 'imports',
    args: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', 'scripts/dependency-rules.ts', ...FOLDERS],
  },
  { name: 'knip', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'tidy', args: ['scripts/tidy.ts'] },
  { name: 'licences', args: ['scripts/licences.ts'] },
];

/** Names of all checks, in the order they are reported. */
export const checkNames: readonly string[] = CHECKS.map((check) => check.name);

/**
 * Runs the checks side by side, each in a process of its own, and waits at most three minutes for each.
 *
 * @param names the checks to run; none means all
 * @returns one result per check, in the order of the list
 */
export function runChecks(names: readonly string[] = []): Promise<CheckResult[]> {
  const chosen = CHECKS.filter((check) => names.length === 0 || names.includes(check.name));
  return Promise.all(chosen.map(runCheck));
}

function runCheck(check: Check): Promise<CheckResult> {
  const start = performance.now();
  return new Promise((done) => {
    execFile(process.execPath, check.args, { cwd: ROOT, maxBuffer: 2 ** 26, timeout: TIMEOUT_MILLIS }, (error, stdout, stderr) => {
      const reason = error === null || stdout + stderr !== '' ? '' : `${error.message}\n`;
      const output = `${stdout}${stderr}${reason}`;
      done({ name: check.name, isPassed: error === null, millis: performance.now() - start, output });
    });
  });
}

/** Writes what the checks found: one line each, and the words of those that failed. */
export function printCheckResults(results: readonly CheckResult[]): void {
  for (const { name, isPassed, output } of results) {
    if (!isPassed) console.log(`--- ${name}\n${output.trimEnd()}\n`);
  }
  for (const { name, isPassed, millis } of results) {
    console.log(`${isPassed ? 'ok    ' : 'FAILED'} ${name} (${(millis / 1000).toFixed(1)} s)`);
  }
}
