// `npm run licences` writes THIRD_PARTY_LICENCES.md; without `--write` it only says whether the file is current.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findForbidden, listThirdParties, readInstalled, writeNotice } from './licences/third-parties.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOTICE = fileURLToPath(new URL('../THIRD_PARTY_LICENCES.md', import.meta.url));

const lockfile: unknown = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const thirdParties = listThirdParties(lockfile, (path) => readInstalled(ROOT, path));
const forbidden = findForbidden(thirdParties);
const notice = writeNotice(thirdParties);

for (const { name, version, licence } of forbidden) {
  console.error(
    `${name} ${version} has the licence ${licence}: not permissive. Find another package, or give the reason in scripts/licences.`,
  );
}
if (process.argv.includes('--write')) writeFileSync(NOTICE, notice);
else if (readFileSync(NOTICE, 'utf8') !== notice) {
  console.error('THIRD_PARTY_LICENCES.md is not current: run `npm run licences`.');
  process.exitCode = 1;
}
if (forbidden.length > 0) process.exitCode = 1;
