import type { Clock, Quote } from '@mochila/ports';
import { describePriceSource } from '@mochila/ports/conformance';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parseReplayFile } from './replay-file.ts';
import { ReplayPrices, type ReplayPricesSettings, type ReplaySummary } from './replay-prices.ts';
import { ASSETS, fileOf, removeFiles, sample } from './testing/files.ts';

const BEGAN_AT_MICROS = 1_760_000_400_500_000;
const LIMIT_MS = 45_000;

/** A clock moved by hand; who waits for it looks every millisecond. */
function createHandClock(): Clock & { advance(seconds: number): void } {
  let now = BEGAN_AT_MICROS;
  return {
    nowMicros: () => now,
    millisUntil: () => 1,
    advance: (seconds) => {
      now += seconds * 1_000_000;
    },
  };
}

async function eventually(holds: () => boolean): Promise<void> {
  const untilMs = performance.now() + LIMIT_MS;
  while (!holds()) {
    if (performance.now() > untilMs) throw new Error(`it did not happen within ${LIMIT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const running: ReplayPrices[] = [];
afterEach(async () => {
  for (const prices of running.splice(0)) await prices.stop();
});
afterAll(removeFiles);

function play(texts: readonly string[], changes: Partial<ReplayPricesSettings> = {}) {
  const clock = createHandClock();
  const told: { ends: ReplaySummary[]; faults: string[]; batches: (readonly Quote[])[] } = { ends: [], faults: [], batches: [] };
  const prices = new ReplayPrices({
    files: texts.map(parseReplayFile),
    clock,
    assets: ASSETS,
    sourcesMin: 3,
    onRefused: () => undefined,
    onEnd: (summary) => told.ends.push(summary),
    onFault: (reason) => told.faults.push(reason),
    ...changes,
  });
  running.push(prices);
  const start = (): Promise<void> => prices.start((quotes) => told.batches.push(quotes));
  /** Lets seconds pass one by one, each with its quotes. */
  const pass = async (seconds: number): Promise<void> => {
    for (let at = 0; at < seconds; at += 1) {
      const heard = told.batches.length;
      clock.advance(1);
      await eventually(() => told.batches.length > heard || told.ends.length > 0);
    }
  };
  const lastOf = (asset: string): number | undefined => told.batches.at(-1)?.find((quote) => quote.asset === asset)?.last;
  return { ...told, prices, clock, start, pass, lastOf };
}

describePriceSource('ReplayPrices', () => {
  const { prices, clock } = play([sample('crash.csv')]);
  let heard = 0;
  let isStarted = false;
  return {
    source: {
      start: (sink) => {
        isStarted = true;
        return prices.start((quotes) => {
          heard += 1;
          sink(quotes);
        });
      },
      stop: () => {
        isStarted = false;
        return prices.stop();
      },
    },
    passSecond: async () => {
      const before = heard;
      clock.advance(1);
      if (isStarted) await eventually(() => heard > before);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
});

const HEADER = 'time,symbol,price';
const STEPS = [HEADER, '1760130600,BTC,100', '1760130602,BTC,200', '1760130605,BTC,300'];

describe('a recording', () => {
  it("begins at the start, whatever the venue's time is, and is played as fast as the venue's time goes", async () => {
    const { start, pass, clock, batches, lastOf } = play([fileOf(STEPS)]);
    await start();
    await eventually(() => batches.length === 1);
    expect(lastOf('BTC')).toBe(100);
    await pass(1);
    expect(lastOf('BTC')).toBe(100);
    await pass(1);
    expect(lastOf('BTC')).toBe(200);
    // Three seconds at once, as on a fast clock or a busy machine: they are given as one.
    clock.advance(3);
    await eventually(() => batches.length === 4);
    expect(lastOf('BTC')).toBe(300);
  });

  it('of one source speaks as three that say they are copies; of three as themselves', async () => {
    const one = play([fileOf(STEPS)]);
    await one.start();
    await eventually(() => one.batches.length === 1);
    expect(one.batches[0]?.map(({ source }) => source)).toEqual(['replay-copy-1', 'replay-copy-2', 'replay-copy-3']);
    const three = play(['a', 'b', 'c'].map((name) => `${fileOf(STEPS)}=${name}`));
    await three.start();
    await eventually(() => three.batches.length === 1);
    expect(three.batches[0]?.map(({ source }) => source)).toEqual(['a', 'b', 'c']);
  });

  it('that is over is told of, and silent from then on', async () => {
    const { start, pass, batches, ends, clock } = play([fileOf(STEPS)]);
    await start();
    await eventually(() => batches.length === 1);
    await pass(5);
    expect(ends).toEqual([]);
    await pass(1);
    await eventually(() => ends.length === 1);
    expect(ends).toEqual([{ rows: 3, refusedLines: 0, fromMicros: 1_760_130_600_000_000, toMicros: 1_760_130_605_000_000 }]);
    const heard = batches.length;
    clock.advance(60);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(batches).toHaveLength(heard);
  });

  it('with a gap repeats the last price for as long as it holds, then is silent until the next', async () => {
    const file = fileOf([HEADER, '1760130600,BTC,100', '1760130700,BTC,200']);
    const { start, pass, batches, clock, lastOf } = play([file], { holdMicros: 5_000_000 });
    await start();
    await eventually(() => batches.length === 1);
    await pass(5);
    expect(batches).toHaveLength(6);
    for (let second = 0; second < 94; second += 1) clock.advance(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(batches).toHaveLength(6);
    await pass(1);
    expect(lastOf('BTC')).toBe(200);
  });

  it('of candles speaks until the last of them is over', async () => {
    const line = '1760130600000,10,12,9,11,1,1760130603999,1,1,1,1,0';
    const { start, pass, batches, ends } = play([`${fileOf([line])}=a:BTC`]);
    await start();
    await eventually(() => batches.length === 1);
    await pass(4);
    expect(batches.map((quotes) => quotes[0]?.last)).toEqual([10, 9, 12, 11, 11]);
    expect(ends).toEqual([]);
    await pass(1);
    await eventually(() => ends.length === 1);
  });

  it('that is found to be cut is told of and ends', async () => {
    const good = Array.from({ length: 30_000 }, (_, at) => `${1_760_130_600 + at},BTC,100`);
    const { start, clock, faults, ends } = play([fileOf([HEADER, ...good, 'x'.repeat(70_000)])]);
    await start();
    clock.advance(40_000);
    await eventually(() => faults.length === 1);
    expect(faults[0]).toContain('it is no CSV file');
    expect(ends).toEqual([]);
  });

  it('waits for a clock that was set back', async () => {
    const { start, pass, clock, batches } = play([fileOf(STEPS)]);
    await start();
    await eventually(() => batches.length === 1);
    clock.advance(-3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(batches).toHaveLength(1);
    clock.advance(3);
    await pass(1);
    expect(batches).toHaveLength(2);
  });

  it('with nothing usable refuses the start, and is started once', async () => {
    const bad = play([fileOf([HEADER, '1,2,3'])]);
    await expect(bad.start()).rejects.toThrow('nothing usable');
    await expect(bad.start()).rejects.toThrow('nothing usable');
    const good = play([sample('crash.csv')]);
    await good.start();
    await expect(good.start()).rejects.toThrow('started already');
  });
});
