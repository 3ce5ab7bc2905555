import type { Quote } from '@mochila/ports';
import { describePriceSource } from '@mochila/ports/conformance';
import { createSimulatedClock } from '@mochila/testkit';
import { describe, expect, it, vi } from 'vitest';
import { createPriceWorld, type PriceWorld } from './price-world.ts';
import { SimulatedPrices } from './simulated-prices.ts';

const BEGAN_AT_MICROS = 1_760_000_400_000_000;

function makeWorld(): PriceWorld {
  const bitcoin = { symbol: 'BTC', startPrice: 95_000, priceStep: 0.1, volatility: 0.5, beta: 1, isPegged: false, halfSpread: 0.0001 };
  const names = ['a', 'b', 'c', 'd'];
  const sources = names.map((name) => ({ name, quote: 'USD' as const, latencySeconds: 0, noise: 0, spreadFactor: 1, silencesPerDay: 0 }));
  return createPriceWorld({ seed: 1, assets: [{ ...bitcoin, everySeconds: 1 }], sources });
}

describePriceSource('SimulatedPrices', () => {
  vi.useFakeTimers();
  const clock = createSimulatedClock(BEGAN_AT_MICROS);
  return {
    source: new SimulatedPrices({ world: makeWorld(), clock, beganAtMicros: BEGAN_AT_MICROS }),
    passSecond: async () => {
      clock.advance(1_000_000);
      await vi.advanceTimersByTimeAsync(1_000);
    },
    cleanUp: () => {
      vi.useRealTimers();
    },
  };
});

describe('the feed of a simulated world', () => {
  const feed = async (startSeconds: number, steps: readonly number[]): Promise<Quote[]> => {
    vi.useFakeTimers();
    const clock = createSimulatedClock(BEGAN_AT_MICROS + startSeconds * 1_000_000 + 500_000);
    const prices = new SimulatedPrices({ world: makeWorld(), clock, beganAtMicros: BEGAN_AT_MICROS });
    const quotes: Quote[] = [];
    await prices.start((batch) => quotes.push(...batch));
    for (const seconds of steps) {
      clock.advance(seconds * 1_000_000);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    await prices.stop();
    vi.useRealTimers();
    return quotes;
  };

  it('goes on after a restart where the time of the venue stands', async () => {
    const whole = await feed(0, [1, 1, 1, 1]);
    const second = await feed(2, [1, 1]);
    expect(second).toEqual(whole.slice(-second.length));
  });

  it('gives the seconds that were missed as one, and waits for a clock that was set back', async () => {
    const [jumped, walked] = [await feed(0, [60]), await feed(60, [])];
    expect(jumped.slice(4)).toEqual(walked);
    expect(await feed(10, [-5, 4])).toHaveLength(4);
  });

  it('is started once', async () => {
    const clock = createSimulatedClock(BEGAN_AT_MICROS);
    const prices = new SimulatedPrices({ world: makeWorld(), clock, beganAtMicros: BEGAN_AT_MICROS });
    await prices.start(() => undefined);
    await expect(async () => prices.start(() => undefined)).rejects.toThrow('started already');
    await prices.stop();
  });
});
