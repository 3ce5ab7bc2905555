import { describe, expect, it } from 'vitest';
import { findForbidden, isPermissive, listThirdParties, type ThirdParty, writeNotice } from './third-parties.ts';

const party = (values: Partial<ThirdParty>): ThirdParty => ({
  name: 'a',
  version: '1.0.0',
  licence: 'MIT',
  isDevelopment: false,
  ...values,
});
const absent = (): undefined => undefined;

describe('listThirdParties', () => {
  it('lists each package once, sorted, and leaves ours out', () => {
    const lockfile = {
      packages: {
        '': { name: 'mochila' },
        'packages/units': { version: '0.1.0' },
        'node_modules/@mochila/units': { link: true },
        'node_modules/b': { version: '2.0.0', license: 'ISC', dev: true },
        'packages/units/node_modules/b': { version: '2.0.0', license: 'ISC' },
        'node_modules/b/node_modules/@x/a': { version: '1.0.0', license: 'MIT', dev: true },
      },
    };
    expect(listThirdParties(lockfile, absent)).toEqual([
      { name: '@x/a', version: '1.0.0', licence: 'MIT', isDevelopment: true },
      { name: 'b', version: '2.0.0', licence: 'ISC', isDevelopment: false },
    ]);
  });

  it('asks the installed package when the lockfile states no licence, and gives up when that does not know either', () => {
    const lockfile = { packages: { 'node_modules/a': { version: '1.0.0' } } };
    expect(listThirdParties(lockfile, () => 'MIT')).toEqual([party({})]);
    expect(() => listThirdParties(lockfile, absent)).toThrow('node_modules/a states no licence');
  });
});

describe('findForbidden', () => {
  it.each(['GPL-3.0', 'AGPL-3.0-only', 'LGPL-2.1', 'SSPL-1.0', 'MPL-2.0', 'UNLICENSED', 'MIT AND GPL-2.0', ''])('forbids %j', (licence) => {
    expect(findForbidden([party({ licence })])).toHaveLength(1);
  });

  it.each(['MIT', 'Apache-2.0 AND MIT', '(MIT OR CC0-1.0)', 'GPL-2.0 OR MIT', 'MIT OR Apache-2.0'])('lets %s pass', (licence) => {
    expect(isPermissive(licence)).toBe(true);
  });

  it('lets a tool that is allowed by name pass in development only', () => {
    const tool = party({ name: 'lightningcss-linux-x64-gnu', licence: 'MPL-2.0', isDevelopment: true });
    expect(findForbidden([tool])).toEqual([]);
    expect(findForbidden([{ ...tool, isDevelopment: false }])).toHaveLength(1);
    expect(findForbidden([{ ...tool, name: 'another' }])).toHaveLength(1);
  });
});

describe('writeNotice', () => {
  it('keeps what runs and what develops apart', () => {
    const text = writeNotice([party({ name: 'runs' }), party({ name: 'tests', isDevelopment: true })]);
    expect(text.indexOf('| runs |')).toBeLessThan(text.indexOf('## Developing'));
    expect(text.indexOf('| tests |')).toBeGreaterThan(text.indexOf('## Developing'));
  });
});
