import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findDataDirectory, refuseReset, refuseRunning } from './data-directory.ts';

const here = resolve('/somewhere/mochila');

describe('findDataDirectory', () => {
  it('takes .mochila in the working directory when nothing is set', () => {
    expect(findDataDirectory({}, here)).toBe(join(here, '.mochila'));
    expect(findDataDirectory({ MOCHILA_DATA_DIR: '' }, here)).toBe(join(here, '.mochila'));
  });

  it('takes MOCHILA_DATA_DIR, from the working directory when it is relative', () => {
    expect(findDataDirectory({ MOCHILA_DATA_DIR: 'data' }, here)).toBe(join(here, 'data'));
    expect(findDataDirectory({ MOCHILA_DATA_DIR: resolve('/elsewhere') }, here)).toBe(resolve('/elsewhere'));
  });
});

describe('refuseReset', () => {
  it('lets a folder go that holds what a venue writes and nothing else', () => {
    const folder = join(here, '.mochila');
    const own = [
      'genesis.json',
      'history.sqlite',
      'history.sqlite-wal',
      'makers.secret',
      'operator.sock',
      join('journal', '0000000000000001.journal'),
      join('journal', 'journal.lock'),
      join('snapshots', '0000000000000042.snapshot'),
    ].map((name) => ({ path: join(folder, name), bytes: 9 }));
    expect(refuseReset(folder, here, () => own)).toBeUndefined();
    expect(refuseReset(resolve('/somewhere/mochila-data'), here, () => [])).toBeUndefined();
  });

  it.each([
    ['the root of the file system', resolve('/')],
    ['your home directory', homedir()],
    ['the working directory', here],
    ['the working directory', resolve('/somewhere')],
  ])('refuses when it is or holds %s, without looking into it', (words, folder) => {
    const list = vi.fn(() => []);
    expect(refuseReset(folder, here, list)).toContain(words);
    expect(list).not.toHaveBeenCalled();
  });

  it.each([['passwd'], [join('project', '.git', 'HEAD')], [join('journal', 'diary.txt')], [join('old', 'genesis.json')], ['']])(
    'refuses a folder with a file that no venue wrote: %s',
    (name) => {
      const folder = resolve('/somewhere/else');
      const leaves = ['genesis.json', name].map((each) => ({ path: join(folder, each), bytes: 1 }));
      expect(refuseReset(folder, here, () => leaves)).toContain(`${join(folder, name)}, which no venue wrote`);
    },
  );
});

describe('refuseRunning', () => {
  const leaves = [{ path: join(here, '.mochila', 'journal', 'journal.lock'), bytes: 40 }];

  it('refuses while the process that holds the journal runs', () => {
    expect(refuseRunning(leaves, () => true)).toContain('a venue is running');
  });

  it('does not mind the lock of a process that is gone, or no lock', () => {
    expect(refuseRunning(leaves, () => false)).toBeUndefined();
    expect(refuseRunning([], () => true)).toBeUndefined();
  });
});
