import { homedir } from 'node:os';
import { parse, relative, resolve, sep } from 'node:path';

/** A file found in the data directory. */
export interface Leaf {
  path: string;
  /** Size in bytes. */
  bytes: number;
}

const DATA_DIRECTORY_DEFAULT = '.mochila';
// As the journal names it; the first number in it is the process.
const LOCK_NAME = 'journal.lock';
// What a venue writes, as a path within its folder; copies made on the way to a write have a suffix.
const OWN_FILES = [
  /^genesis\.json/,
  /^history\.sqlite/,
  /^makers\.secret/,
  /^operator\.sock$/,
  /^journal\/(\d{16}\.journal|journal\.lock)/,
  /^snapshots\/\d{16}\.snapshot/,
];

/** Returns the absolute path of the venue's data: MOCHILA_DATA_DIR, or `.mochila` in the working directory. */
export function findDataDirectory(environment: Record<string, string | undefined>, workingDirectory: string): string {
  const named = environment['MOCHILA_DATA_DIR'];
  return resolve(workingDirectory, named === undefined || named === '' ? DATA_DIRECTORY_DEFAULT : named);
}

/**
 * Says why a folder is not to be removed, in words for people.
 *
 * A mistyped MOCHILA_DATA_DIR must not cost somebody a home directory, a repository or the machine's configuration: only a
 * folder whose every file a venue writes may go.
 *
 * @param listLeaves lists what lies in the folder; not called when its place alone forbids it
 * @returns the refusal, or undefined when the folder may go
 */
export function refuseReset(folder: string, workingDirectory: string, listLeaves: () => readonly Leaf[]): string | undefined {
  const says = (reason: string): string =>
    `Nothing was removed: MOCHILA_DATA_DIR is ${folder}, and ${reason}. Set it to the folder that holds the data of the venue and nothing else.`;
  if (folder === parse(folder).root) return says('that is the root of the file system');
  if (isWithin(homedir(), folder)) return says('your home directory lies in it');
  if (isWithin(workingDirectory, folder)) return says('the working directory lies in it');
  const foreign = listLeaves().find((leaf) => !isOwn(relative(folder, leaf.path)));
  return foreign === undefined ? undefined : says(`it holds ${foreign.path}, which no venue wrote`);
}

/** Whether a path within the data directory names a file that a venue writes. */
function isOwn(path: string): boolean {
  const name = path.split(sep).join('/');
  return OWN_FILES.some((pattern) => pattern.test(name));
}

/**
 * Says that a venue is running on the data, in words for people.
 *
 * @param isHolding whether the process that wrote a lock file still runs
 * @returns the refusal, or undefined when nobody uses the data
 */
export function refuseRunning(leaves: readonly Leaf[], isHolding: (lock: string) => boolean): string | undefined {
  const lock = leaves.find(({ path }) => parse(path).base === LOCK_NAME && isHolding(path));
  return lock === undefined ? undefined : `Nothing was removed: a venue is running on this data (${lock.path}). Stop it first.`;
}

/** Whether `path` is `folder` or lies in it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || way === parse(way).root || resolve(way) === way);
}
