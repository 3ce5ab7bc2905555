import { describe, expect, it } from 'vitest';
import { closingLine, countChecks, countTests } from './tally.ts';

const test = (state: string) => ({ result: () => ({ state }) });
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

  it('counts broken files, broken suites and unhandled errors as failed', () => {
    const tally = { passed: 0, failed: 0 };
    countTests([file(['passed'], [new Error('a file')], [task(new Error('a suite')), task()])], 2, tally);
    expect(tally).toEqual({ passed: 1, failed: 4 });
  });
});
