import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArguments, USAGE } from './read-arguments.ts';

const directory = mkdtempSync(join(tmpdir(), 'mochila-scenario-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('the words after npm run scenario', () => {
  it('choose scenarios in any case, in the order of their numbers, and make the directory of the reports', () => {
    const out = join(directory, 'a', 'b');
    const asked = readArguments(['s16', 'S2', '--short', '--seed', '7', '--out', out]);
    expect(asked).toMatchObject({ form: 'short', seed: 7, out, chosen: [{ id: 'S2' }, { id: 'S16' }] });
    expect(existsSync(out)).toBe(true);
  });

  it('choose all of them by one word, in full', () => {
    expect(readArguments(['all', '--out', directory])).toMatchObject({ form: 'full', seed: 1, chosen: { length: 15 } });
  });

  it.each([
    [[], 2],
    [['--short'], 2],
    [['--help'], 0],
    [['S1', '-h'], 0],
  ])('%j tell how the command is used', (words, exitCode) => {
    expect(readArguments(words)).toEqual({ words: USAGE, exitCode });
  });

  it.each([
    [['S9'], /no scenario S9\. There are S1, S2, /],
    [['S2', 'nonsense', 'S17'], /no scenario NONSENSE, S17/],
    [['S2', '--seed', 'abc'], /--seed takes a whole number from 0 to 4294967295, not "abc"/],
    [['S2', '--seed', '1.5'], /not "1\.5"/],
    [['S2', '--seed=-1'], /not "-1"/],
    [['S2', '--seed', ''], /not ""/],
    [['S2', '--seed', '4294967296'], /not "4294967296"/],
    [['S2', '--seed'], /argument missing/],
    [['S2', '--fast'], /Unknown option '--fast'/],
  ])('%j are refused, and it is said why', (words, why) => {
    const told = readArguments(words);
    expect(told).toMatchObject({ exitCode: 2, words: expect.stringMatching(why) });
    expect(told).toMatchObject({ words: expect.stringContaining('npm run scenario -- --help') });
  });

  it('are refused before anything is played when the reports have nowhere to go', () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, 'here first');
    for (const out of [file, join(file, 'below')]) {
      expect(readArguments(['S2', '--out', out])).toMatchObject({ exitCode: 2, words: expect.stringContaining(`cannot go to ${out}`) });
    }
  });
});
