import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultConfiguration } from './configuration/configuration.ts';
import { DataDirectoryFault, findGenesis, makersSecret } from './data-directory.ts';
import { findVenue } from './find-venue.ts';
import { readOptions } from './options.ts';

const NOW_MS = 1_795_000_000_999;
let root = '';
let directory = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mochila-find-'));
  directory = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function find(...flags: string[]) {
  return findVenue(readOptions(['--data', directory, ...flags], {}), defaultConfiguration(), NOW_MS);
}

describe('the data directory', () => {
  it('keeps the constitution of a new venue, for its owner alone', () => {
    const { genesis, remarks } = find('--seed', '9');
    expect(genesis).toMatchObject({ seed: 9, sandbox: true, createdAtMicros: 1_795_000_000_000_000 });
    expect(remarks).toEqual([]);
    expect(findGenesis(directory)).toEqual(genesis);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(existsSync(join(directory, 'genesis.json.new'))).toBe(false);
  });

  it('gives the same venue again, and says which flags it does not follow', () => {
    const { genesis } = find('--closed');
    expect(genesis.sandbox).toBe(false);
    const again = find('--seed', '5');
    expect(again.genesis).toEqual(genesis);
    expect(again.remarks).toEqual([expect.stringContaining('stays closed'), 'the seed stays 1, as this venue was begun with']);
  });

  it('never opens a sandbox to whoever asked for a closed venue', () => {
    find();
    expect(() => find('--closed', '--host', '0.0.0.0')).toThrow(/is a sandbox, and --closed cannot change that/);
  });

  it.each([
    ['{"version": 1', /genesis\.json cannot be read: /],
    ['', /genesis\.json cannot be read: /],
    ['[]', /is no valid constitution of this version \(.+\): restore it from a copy/],
    ['{"version":1}', /is no valid constitution of this version \(venueId .+\): restore it from a copy/],
  ])('with the constitution %j is refused', (text, message) => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'genesis.json'), text);
    expect(() => find()).toThrow(DataDirectoryFault);
    expect(() => find()).toThrow(message);
    expect(readFileSync(join(directory, 'genesis.json'), 'utf8')).toBe(text);
  });

  it('with a journal without a beginning and no constitution is refused, and no new one is written over it', () => {
    mkdirSync(join(directory, 'journal'), { recursive: true });
    expect(() => find()).toThrow(/holds a journal without a beginning and no genesis\.json: put both back/);
    expect(findGenesis(directory)).toBeNull();
  });

  it('is refused where it is a file, or cannot be made', () => {
    writeFileSync(directory, 'notes');
    expect(() => find()).toThrow(/data is a file: name a directory with --data/);
    expect(() => find('--data', join(directory, 'below'))).toThrow(/below cannot be made: ENOTDIR.*name another with --data/);
    expect(readFileSync(directory, 'utf8')).toBe('notes');
  });

  it('keeps a secret for the reference bots that only its owner reads, the same at every start', () => {
    mkdirSync(directory);
    const secret = makersSecret(directory);
    expect(Buffer.from(secret, 'base64')).toHaveLength(32);
    expect(makersSecret(directory)).toBe(secret);
    expect(statSync(join(directory, 'makers.secret')).mode & 0o777).toBe(0o600);
  });
});
