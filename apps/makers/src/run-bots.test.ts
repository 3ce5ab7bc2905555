import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bot } from './bot.ts';
import { quieten, runBots } from './run-bots.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function countingBot(step: () => Promise<void>): Bot & { steps: number } {
  const bot = {
    name: 'counter',
    everySeconds: 2,
    steps: 0,
    step: () => {
      bot.steps += 1;
      return step();
    },
    stop: () => undefined,
  };
  return bot;
}

describe('bots that run', () => {
  it.each([
    [1, 10],
    [4, 40],
    [1_000, 40],
  ])('step at their pace at speed %d, within what real time allows', async (speed, steps) => {
    const bot = countingBot(() => Promise.resolve());
    const stop = runBots([bot], { speed, onReport: () => undefined });
    await vi.advanceTimersByTimeAsync(20_000 - 1);
    await stop();
    expect(bot.steps).toBe(steps);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bot.steps).toBe(steps);
  });

  it('go on after failures, later each time, and tell of them', async () => {
    const reports: string[] = [];
    const bot = countingBot(() => Promise.reject(new Error('no venue')));
    const stop = runBots([bot], { speed: 1_000, onReport: (message) => reports.push(message) });
    await vi.advanceTimersByTimeAsync(10_000);
    await stop();
    expect(bot.steps).toBe(5);
    expect(reports[0]).toBe('counter: no venue; next try in 500 ms');
    expect(reports[3]).toBe('counter: no venue; next try in 4000 ms');
  });
});

describe('reports', () => {
  it('that repeat are told once a minute', () => {
    const told: string[] = [];
    let now = 0;
    const tell = quieten(
      (message) => told.push(message),
      () => now,
    );
    tell('price 1.5 refused');
    tell('price 1.6 refused');
    tell('something else');
    now = 61_000;
    tell('price 1.7 refused');
    expect(told).toEqual(['price 1.5 refused', 'something else', 'price 1.7 refused (and 1 more like it)']);
  });
});
