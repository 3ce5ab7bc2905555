import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { cost, figure, formatFigures, isBelowHalf, verdictOf } from './figures.ts';
import { judgeShortForm } from './short-form.ts';

const run = promisify(execFile);
const LIMIT_MS = 180_000;

it(
  'the short form of the benchmarks holds what it can judge',
  async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const { stdout } = await run(process.execPath, [main, '--short'], { timeout: LIMIT_MS });
    expect(stdout).toContain('whole engine');
    expect(stdout).toContain('settlement of 1M positions');
  },
  LIMIT_MS,
);

it('judges ratios below half of their floor, and what is known to be below it by what it holds so far', () => {
  const unit = 'x nodejs-order-book';
  expect(judgeShortForm([figure('another ratio', 41, unit, 80, 200)])).toEqual([]);
  expect(judgeShortForm([figure('another ratio', 39, unit, 80, 200)])).toHaveLength(1);
  expect(judgeShortForm([figure('whole engine, some', 1.3, unit, 20, 45), figure('whole engine, other', 1.1, unit, 20, 45)])).toHaveLength(
    1,
  );
  expect(judgeShortForm([cost('settlement', 1000, 'ms', 150, null)])).toEqual([]);
});

it('tells how a figure stands to floor and aim', () => {
  expect(verdictOf(cost('settlement', 100, 'ms', 150, 50))).toBe('floor held');
  expect(verdictOf(cost('settlement', 200, 'ms', 150, 50))).toBe('BELOW FLOOR');
  expect(verdictOf(figure('replay', 2, 'M/s', 0.5, 1.5))).toBe('aim reached');
  expect(isBelowHalf(cost('settlement', 301, 'ms', 150, 50))).toBe(true);
  expect(isBelowHalf(figure('told only', 0, 'ms', null, null))).toBe(false);
  expect(formatFigures([figure('replay', 2, 'M/s', 0.5, 1.5, 'a note')])).toContain(
    '| replay | 2.00 M/s | 0.5 | 1.5 | aim reached | a note |',
  );
});
