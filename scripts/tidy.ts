// `npm run check tidy`: what the type checker, the linter and the import rules cannot say. STYLE.md explains the rules.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JudgedFile, judgeFiles } from './tidy/judge.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXT_FILE = /\.(ts|tsx|mjs|js|json|md|yml|yaml|css|html|sh|toml|svg)$|^\.ci\//;

/** Lists the files of the repository: those that git knows or would take. */
function listPaths(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, maxBuffer: 2 ** 26 });
  return listed
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

const paths = listPaths();
const files: JudgedFile[] = paths
  .filter((path) => TEXT_FILE.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
const findings = judgeFiles(files, paths);
for (const { path, line, rule, message } of findings) console.log(`${path}${line === 0 ? '' : `:${line}`}: ${rule}: ${message}`);
if (findings.length > 0) {
  console.log(`\n${findings.length} findings. An exception is written "// tidy-allow: <rule>: <reason>" on its line or the line before.`);
  process.exitCode = 1;
}
