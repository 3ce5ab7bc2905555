// `npm run check tidy`: what the type checker, the linter and the import rules cannot say. STYLE.md explains the rules.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JudgedFile, judgeFiles } from './tidy/judge.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXT_FILE = /\.(ts|tsx|mjs|js|json|md|yml|yaml|css|html|sh|toml|svg)$|^\.ci\//;

/** The files of the repository that git knows or would take, and that hold text. */
function readFiles(): JudgedFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, maxBuffer: 2 ** 26 });
  const paths = listed
    .toString('utf8')
    .split('\0')
    .filter((path) => TEXT_FILE.test(path));
  return paths.filter((path) => existsSync(join(ROOT, path))).map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const findings = judgeFiles(readFiles());
for (const { path, line, rule, message } of findings) console.log(`${path}${line === 0 ? '' : `:${line}`}: ${rule}: ${message}`);
if (findings.length > 0) {
  console.log(`\n${findings.length} findings. An exception is written "// tidy-allow: <rule>: <reason>" on its line or the line before.`);
  process.exitCode = 1;
}
