import { homedir } from 'node:os';
import { parse, relative, resolve } from 'node:path';

/** A file found in the data directory. */
export interface Leaf {
  path: string;
  /** Size in bytes. */
  bytes: number;
}

const DATA_DIRECTORY_DEFAULT = '.mochila';

/** Returns the absolute path of the venue's data: MOCHILA_DATA_DIR, or `.mochila` in the working directory. */
export function findDataDirectory(environment: Record<string, string | undefined>, workingDirectory: string): string {
  const named = environment['MOCHILA_DATA_DIR'];
  return resolve(workingDirectory, named === undefined || named === '' ? DATA_DIRECTORY_DEFAULT : named);
}

/**
 * Says why a folder is not to be removed, in words for people.
 *
 * A mistyped MOCHILA_DATA_DIR must not cost somebody a home directory or a repository.
 *
 * @returns the refusal, or undefined when the folder may go
 */
export function refuseReset(folder: string, workingDirectory: string, leaves: readonly Leaf[]): string | undefined {
  const says = (reason: string): string =>
    `Nothing was removed: MOCHILA_DATA_DIR is ${folder}, and ${reason}. Set it to the folder that holds the data of the venue and nothing else.`;
  if (folder === parse(folder).root) return says('that is the root of the file system');
  if (isWithin(homedir(), folder)) return says('your home directory lies in it');
  if (isWithin(workingDirectory, folder)) return says('the working directory lies in it');
  const foreign = leaves.find((leaf) => relative(folder, leaf.path).split(/[\\/]/).includes('.git'));
  return foreign === undefined ? undefined : says(`there is a git repository in it (${foreign.path})`);
}

/** Whether `path` is `folder` or lies in it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || way === parse(way).root || resolve(way) === way);
}
