import type { CheckResult } from './checks.ts';

/** How many checks and tests passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** The part of a test of vitest that is counted. */
interface CountedTest {
  readonly name: string;
  result(): { state: string; note?: string | undefined };
}

/** The part of a test file of vitest that is counted: its tests, and the errors that kept tests from running. */
interface CountedModule {
  errors(): readonly unknown[];
  children: { allTests(): Iterable<CountedTest>; allSuites(): Iterable<{ errors(): readonly unknown[] }> };
}

/** Adds the results of checks to the tally. */
export function countChecks(results: readonly Pick<CheckResult, 'isPassed'>[], tally: Tally): void {
  for (const { isPassed } of results) add(isPassed, tally);
}

/** How a test begins its reason when it needs what a machine may lack, such as a browser. */
const LACKS = 'this machine has no ';

/**
 * Adds the results of test files to the tally. A test that did not pass counts as failed, also when it was skipped or never ran;
 * so does a file or a suite that broke outside its tests, and every error that nobody handled. What this machine cannot run
 * counts as neither: {@link leftOutLines} tells of it.
 */
export function countTests(modules: Iterable<CountedModule>, unhandledErrorsCount: number, tally: Tally): void {
  for (const module of modules) {
    for (const test of module.children.allTests()) if (!isLeftOut(test)) add(test.result().state === 'passed', tally);
    const broken = [module, ...module.children.allSuites()].filter((task) => task.errors().length > 0);
    tally.failed += broken.length;
  }
  tally.failed += unhandledErrorsCount;
}

/** What this machine could not run, and why, one line a test. */
export function leftOutLines(modules: Iterable<Pick<CountedModule, 'children'>>): string[] {
  return [...modules].flatMap(({ children }) =>
    [...children.allTests()].filter(isLeftOut).map((test) => `left out: ${test.name}: ${test.result().note ?? ''}`),
  );
}

function isLeftOut(test: CountedTest): boolean {
  const { state, note } = test.result();
  return state === 'skipped' && note !== undefined && note.startsWith(LACKS);
}

function add(isPassed: boolean, tally: Tally): void {
  if (isPassed) tally.passed += 1;
  else tally.failed += 1;
}

/** The last line of a test run. @example closingLine({ passed: 12, failed: 0 }) // '12 passed, 0 failed' */
export function closingLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
