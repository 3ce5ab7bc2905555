import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const BOUNDS = { backoffMsMin: 1_000, backoffMsMax: 60_000 };

it.each([
  [1, 0, 500],
  [1, 1, 1_000],
  [2, 0, 1_000],
  [3, 0.5, 3_000],
  [6, 1, 32_000],
  [7, 1, 60_000],
  [1_000_000, 0, 30_000],
])('try %d with chance %d waits %d ms', (attempt, chance, waitMs) => {
  expect(backoffMs(BOUNDS, attempt, chance)).toBe(waitMs);
});
