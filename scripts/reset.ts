// `npm run reset`: removes the data of the venue (journal, snapshots, history), after saying what goes.

import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findDataDirectory, type Leaf, refuseReset, refuseRunning } from './data-directory.ts';

/** Lists what lies in a folder, links as such; an absent folder holds nothing. */
function listLeaves(folder: string): Leaf[] {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [{ path: folder, bytes: stats.size }];
  return readdirSync(folder).flatMap((name) => listLeaves(join(folder, name)));
}

/** Whether the process named in a lock file runs; a signal that may not be sent means that it does. */
function isHolding(lock: string): boolean {
  const pid = Number(/^\d+/.exec(readFileSync(lock, 'utf8'))?.[0] ?? 0);
  if (pid === 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const folder = findDataDirectory(process.env, process.cwd());
const placeRefusal = refuseReset(folder, process.cwd(), () => listLeaves(folder));
const leaves = placeRefusal === undefined ? listLeaves(folder) : [];
const refusal = placeRefusal ?? refuseRunning(leaves, isHolding);

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
