import { describe, expect, it } from 'vitest';
import { seqsKept } from './snapshot-store.ts';

describe('the snapshots kept', () => {
  const stored = [30, 10, 50, 20, 40];

  it.each([
    { retention: { newestCount: 3 }, kept: [30, 40, 50] },
    { retention: { newestCount: 9 }, kept: [10, 20, 30, 40, 50] },
    { retention: { newestCount: 1, keepFromSeq: 51 }, kept: [50] },
    { retention: { newestCount: 1, keepFromSeq: 21 }, kept: [20, 50] },
    // A snapshot at 20 already contains record 20: to replay it the one before is needed.
    { retention: { newestCount: 1, keepFromSeq: 20 }, kept: [10, 50] },
    { retention: { newestCount: 1, keepFromSeq: 10 }, kept: [50] },
  ])('are $kept with $retention', ({ retention, kept }) => {
    expect([...seqsKept(stored, retention)].sort((a, b) => a - b)).toEqual(kept);
  });

  it('are at least one', () => {
    for (const newestCount of [0, -1, Number.NaN]) expect(() => seqsKept(stored, { newestCount })).toThrow(RangeError);
  });
});
