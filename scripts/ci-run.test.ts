import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const original = fileURLToPath(new URL('../.ci/run', import.meta.url));
let folder = '';

/** Runs .ci/run in a folder of its own with an npm that answers `ci` and `test` as told. */
function runWith(ci: string, test: string): { code: number | null; lines: string[] } {
  const npm = join(folder, 'bin', 'npm');
  writeFileSync(npm, `#!/usr/bin/env bash\nif [ "$1" = ci ]; then ${ci}; else ${test}; fi\n`);
  chmodSync(npm, 0o755);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
  const { status, stdout } = spawnSync('bash', [join(folder, '.ci', 'run')], { encoding: 'utf8', env, timeout: 20_000 });
  return { code: status, lines: stdout.trimEnd().split('\n') };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mochila-ci-'));
  for (const name of ['bin', '.ci']) mkdirSync(join(folder, name));
  copyFileSync(original, join(folder, '.ci', 'run'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('.ci/run', () => {
  it('installs, tests, and ends with the closing line of the tests', () => {
    expect(runWith('echo installed', "echo a test; echo '7 passed, 0 failed'")).toEqual({
      code: 0,
      lines: ['installed', 'a test', '7 passed, 0 failed'],
    });
  });

  it('repeats the closing line when something is said after it', () => {
    const { code, lines } = runWith(':', "echo '6 passed, 1 failed'; echo npm error; exit 1");
    expect({ code, lines }).toEqual({ code: 1, lines: ['6 passed, 1 failed', 'npm error', '6 passed, 1 failed'] });
  });

  it('counts an installation that fails, or a test run that never ends its count, as one failure', () => {
    expect(runWith('exit 3', "echo '7 passed, 0 failed'")).toEqual({ code: 3, lines: ['0 passed, 1 failed'] });
    expect(runWith(':', 'echo crashed; exit 134')).toEqual({ code: 134, lines: ['crashed', '0 passed, 1 failed'] });
    expect(runWith(':', 'echo silent')).toEqual({ code: 1, lines: ['silent', '0 passed, 1 failed'] });
  });

  it('fails when tests failed, whatever npm said', () => {
    expect(runWith(':', "echo '6 passed, 1 failed'").code).toBe(1);
  });
});
