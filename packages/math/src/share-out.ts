import { assert, assertSafe, mulDivDown } from '@mochila/units';

/**
 * Shares whole units out in proportion to weights by largest remainder: each gets its part rounded down, and the units
 * left go one each to the largest remainders, ties to the first. The parts sum to the total exactly, and none is larger
 * than its weight when the total is not larger than the sum of the weights.
 * Source: liquidation rules 2 and 3.
 *
 * @param total whole units to share, 0 or more
 * @param weights whole numbers, 0 or more; not all 0 unless the total is 0
 * @returns one part for each weight
 * @example shareOut(10, [1, 1, 1]) // [4, 3, 3]
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((before, weight) => assertSafe(before + weight), 0);
  if (total === 0) return weights.map(() => 0);
  assert(total > 0, 'what is shared out is not negative');
  assert(sum > 0, 'somebody takes what is shared out');
  const parts = weights.map((weight) => mulDivDown(total, weight, sum));
  let left = total - parts.reduce((before, part) => before + part, 0);
  if (left === 0) return parts;
  const remainders = weights.map((weight, at) => BigInt(total) * BigInt(weight) - BigInt(parts[at]!) * BigInt(sum));
  const order = weights.map((_, at) => at).sort((a, b) => compareBig(remainders[b]!, remainders[a]!) || a - b);
  for (const at of order) {
    if (left === 0) break;
    parts[at] = parts[at]! + 1;
    left -= 1;
  }
  return parts;
}

function compareBig(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
