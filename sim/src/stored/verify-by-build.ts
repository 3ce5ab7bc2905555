/** Another build of the engine at the gate of a deployment. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { StateVerification } from '@mochila/runtime';
import type { StoredVenue } from './store-journal.ts';

/** One place of the source that the other build says differently. */
export interface BuildChange {
  /** How the file's path ends. */
  readonly file: string;
  /** What stands there, once, and what instead. */
  readonly from: string;
  readonly to: string;
}

const LIMIT_MS = 600_000;

/**
 * Verifies a stored venue by a build in a process of its own: this one, or the one that a change makes of it.
 *
 * @throws Error when the process fails: the build breaks a rule of the engine, or there is no such place to change.
 */
export function verifyByBuild({ directory, venueId }: StoredVenue, change: BuildChange | null): StateVerification {
  const program = fileURLToPath(new URL('verify-as-build.ts', import.meta.url));
  const words = change === null ? [] : [change.file, change.from, change.to];
  const printed = execFileSync(process.execPath, [program, directory, venueId, ...words], { encoding: 'utf8', timeout: LIMIT_MS });
  const found: unknown = JSON.parse(printed);
  if (!isVerification(found)) throw new Error(`a build printed no verification: ${printed.slice(0, 200)}`);
  return found;
}

function isVerification(value: unknown): value is StateVerification {
  return typeof value === 'object' && value !== null && 'isSound' in value && 'snapshotsChecked' in value && 'stateHash' in value;
}
