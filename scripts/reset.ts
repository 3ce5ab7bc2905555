// `npm run reset`: removes the data of the venue (journal, snapshots, history), after saying what goes.

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findDataDirectory, type Leaf, refuseReset } from './data-directory.ts';

/** Lists what lies in a folder; an absent folder holds nothing. */
function listLeaves(folder: string): Leaf[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [{ path: folder, bytes: stats.size }];
  return readdirSync(folder).flatMap((name) => listLeaves(join(folder, name)));
}

const folder = findDataDirectory(process.env, process.cwd());
const leaves = listLeaves(folder);
const refusal = refuseReset(folder, process.cwd(), leaves);

if (refusal !== undefined) {
  console.error(refusal);
  process.exitCode = 1;
} else if (leaves.length === 0) {
  console.log(`Nothing to remove: ${folder} is empty or absent.`);
} else {
  const bytes = leaves.reduce((sum, leaf) => sum + leaf.bytes, 0);
  console.log(`Removing ${folder}: ${leaves.length} files, ${bytes} bytes.`);
  rmSync(folder, { recursive: true });
  console.log('Done. The next `npm start` begins with an empty venue.');
}
