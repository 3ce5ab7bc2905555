import { describe, expect, it } from 'vitest';
import { BurstTimes, burstFigures } from './burst-times.ts';

describe('seconds with many forced fills', () => {
  it('are told by the largest, and by the median time for 10,000 of those with a thousand or more', () => {
    const times = new BurstTimes();
    for (const [fills, markets, ms] of [
      [0, 0, 0],
      [10, 1, 5],
      [1_000, 4, 8],
      [5_000, 100, 60],
      [2_000, 9, 12],
    ] as const)
      times.add({ fills, markets, ms, cpuMs: ms / 2 });
    expect(times.told()).toEqual({ largest: { fills: 5_000, markets: 100, ms: 60, cpuMs: 30 }, seconds: 3, medianMs: 80, medianCpuMs: 40 });
    expect(burstFigures(times.told()).map(([, value]) => value)).toEqual([
      '5,000 in 100 markets, liquidated in 60.0 ms (30.0 ms of processor time)',
      '120.0 ms at the rate of that second; median 80.0 ms (40.0 ms of processor time) of 3 seconds with 1,000 or more',
    ]);
  });

  it('are nothing where nobody was liquidated, and have no median where there were few', () => {
    const times = new BurstTimes();
    times.add({ fills: 0, markets: 0, ms: 1, cpuMs: 1 });
    expect(burstFigures(times.told())).toEqual([]);
    times.add({ fills: 3, markets: 1, ms: 1, cpuMs: 1 });
    expect(times.told()).toMatchObject({ seconds: 0, medianMs: null });
    expect(burstFigures(times.told())).toHaveLength(1);
  });
});
