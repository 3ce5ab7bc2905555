/** What every `PriceSource` must do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PriceSource, Quote } from '../price-source.ts';

/** A feed of one test. */
export interface PriceSourceHarness {
  readonly source: PriceSource;
  /** Lets the feed reach its next quotes, whatever it waits for. */
  passSecond(): Promise<void>;
  readonly cleanUp?: () => Promise<void> | void;
}

/**
 * Describes the behaviour of a price source.
 * @param name of the implementation
 * @param setUp makes a new source, not started
 */
export function describePriceSource(name: string, setUp: () => PriceSourceHarness | Promise<PriceSourceHarness>): void {
  describe(`${name} as a PriceSource`, () => {
    let harness: PriceSourceHarness;
    let batches: (readonly Quote[])[];

    beforeEach(async () => {
      harness = await setUp();
      batches = [];
    });

    afterEach(async () => {
      await harness.source.stop();
      await harness.cleanUp?.();
    });

    const start = (): Promise<void> => harness.source.start((quotes) => batches.push(quotes));
    const hear = async (seconds: number): Promise<Quote[]> => {
      await start();
      for (let second = 0; second < seconds; second++) await harness.passSecond();
      return batches.flat();
    };

    it('gives quotes that are prices, never an empty batch', async () => {
      const quotes = await hear(5);
      expect(quotes.length).toBeGreaterThan(0);
      for (const { source, asset, bid, ask, last, seq } of quotes) {
        expect(`${source} ${asset}`).toMatch(/^\S+ [A-Z0-9_]+$/);
        expect(bid).toBeGreaterThan(0);
        expect(ask).toBeGreaterThanOrEqual(bid);
        expect(last).toBeGreaterThan(0);
        expect(Number.isSafeInteger(seq)).toBe(true);
      }
      for (const batch of batches) expect(batch.length).toBeGreaterThan(0);
    });

    it('lets the sequence of a source rise with each quote of an asset', async () => {
      const latest = new Map<string, number>();
      for (const { source, asset, seq } of await hear(12)) {
        expect(seq).toBeGreaterThan(latest.get(`${source} ${asset}`) ?? Number.NEGATIVE_INFINITY);
        latest.set(`${source} ${asset}`, seq);
      }
      expect(latest.size).toBeGreaterThan(0);
    });

    it('is silent once it has stopped, and may be stopped at any time', async () => {
      await harness.source.stop();
      await hear(2);
      await harness.source.stop();
      const heard = batches.length;
      await harness.passSecond();
      expect(batches).toHaveLength(heard);
      await harness.source.stop();
    });

    it('can be started again', async () => {
      await hear(2);
      await harness.source.stop();
      batches = [];
      expect((await hear(2)).length).toBeGreaterThan(0);
    });
  });
}
