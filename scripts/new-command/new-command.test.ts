import { describe, expect, it } from 'vitest';
import { judgeFiles } from '../tidy/judge.ts';
import { parseSource } from '../tidy/source.ts';
import { checkNames, enterRecord, kebabOf, planCommand } from './plan-command.ts';

const contractOf = (table: string, name: string): string => `/** The ${table}. */
import { defineRecord } from './codec/record.ts';

/** First. */
export const ${name} = defineRecord(41, '${name}', { account: 0 });

/** All by name. */
export const ${table} = {
  ${name},
} as const;
`;
const contract: Record<string, string> = {
  'packages/protocol/src/commands.ts': contractOf('commands', 'placeOrder'),
  'packages/protocol/src/events.ts': contractOf('events', 'orderPlaced'),
};
const plan = planCommand({ command: 'freezeAccount', event: 'accountFrozen', read: (path) => contract[path] ?? '' });

describe('a new command', () => {
  it('has a handler, a test, a document, and its place in the contract', () => {
    expect(plan.map(({ path, isNew }) => [path, isNew])).toEqual([
      ['packages/core/src/commands/freeze-account.ts', true],
      ['packages/core/src/commands/freeze-account.test.ts', true],
      ['docs/commands/freeze-account.md', true],
      ['packages/protocol/src/commands.ts', false],
      ['packages/protocol/src/events.ts', false],
    ]);
  });

  it('passes tidy as it is made', () => {
    expect(judgeFiles(plan)).toEqual([]);
  });

  it.each(plan.filter(({ path }) => path.endsWith('.ts')))('parses: $path', ({ path, text }) => {
    expect(parseSource(path, text).root.type).toBe('Program');
  });
});

describe('enterRecord', () => {
  const text = contractOf('commands', 'placeOrder');

  it('gives the next free code and enters the name last', () => {
    const entered = enterRecord(text, { name: 'freezeAccount', table: 'commands', fields: '{}' });
    expect(entered).toContain("export const freezeAccount = defineRecord(42, 'freezeAccount', {});\n\n/** All by name. */");
    expect(entered).toContain('  placeOrder,\n  freezeAccount,\n} as const;');
  });

  it('refuses a name that is taken, and a file without the table', () => {
    expect(() => enterRecord(text, { name: 'placeOrder', table: 'commands', fields: '{}' })).toThrow('never re-used');
    expect(() => enterRecord('', { name: 'freezeAccount', table: 'commands', fields: '{}' })).toThrow('no table');
  });
});

describe('the names', () => {
  it.each([
    ['freeze', 'accountFrozen'],
    ['FreezeAccount', 'accountFrozen'],
    ['freeze-account', 'accountFrozen'],
    ['freezeAccount', ''],
    ['freezeAccount', 'freezeAccount'],
  ])('refuses %j with %j', (command, event) => {
    expect(checkNames(command, event)).toMatch(/name/);
  });

  it('takes a verb with its object and what happened', () => {
    expect(checkNames('freezeAccount', 'accountFrozen')).toBeUndefined();
  });

  it('names files in kebab-case', () => {
    expect(kebabOf('executeBorrowLend')).toBe('execute-borrow-lend');
  });
});
