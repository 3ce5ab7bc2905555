import { describe, expect, it } from 'vitest';
import { closingLine, countChecks, countTests, leftOutLines } from './tally.ts';

const test = (state: string) => ({ name: 'it works', result: () => ({ state }) });
const task = (...errors: unknown[]) => ({ errors: () => errors });
const file = (states: string[], fileErrors: unknown[] = [], suites: ReturnType<typeof task>[] = []) => ({
  ...task(...fileErrors),
  children: { allTests: () => states.map(test), allSuites: () => suites },
});

describe('the tally of a test run', () => {
  it('counts checks and tests together', () => {
    const tally = { passed: 0, failed: 0 };
    countChecks([{ isPassed: true }, { isPassed: false }], tally);
    countTests([file(['passed', 'passed', 'failed'])], 0, tally);
    expect(closingLine(tally)).toBe('3 passed, 2 failed');
  });

  it('counts a test that was skipped or never ran as failed', () => {
    const tally = { passed: 0, failed: 0 };
    countTests([file(['skipped', 'pending', 'passed'])], 0, tally);
    expect(tally).toEqual({ passed: 1, failed: 2 });
  });

  it('counts what this machine cannot run as neither, and tells of it', () => {
    const tally = { passed: 0, failed: 0 };
    const lacking = { name: 'it draws', result: () => ({ state: 'skipped', note: 'this machine has no browser' }) };
    const idle = { name: 'it waits', result: () => ({ state: 'skipped', note: 'not today' }) };
    const broken = { name: 'it breaks', result: () => ({ state: 'failed', note: 'this machine has no luck' }) };
    const modules = [{ ...task(), children: { allTests: () => [lacking, idle, broken], allSuites: () => [] } }];
    countTests(modules, 0, tally);
    expect(tally).toEqual({ passed: 0, failed: 2 });
    expect(leftOutLines(modules)).toEqual(['left out: it draws: this machine has no browser']);
  });

  it('counts broken files, broken suites and unhandled errors as failed', () => {
    const tally = { passed: 0, failed: 0 };
    countTests([file(['passed'], [new Error('a file')], [task(new Error('a suite')), task()])], 2, tally);
    expect(tally).toEqual({ passed: 1, failed: 4 });
  });
});
