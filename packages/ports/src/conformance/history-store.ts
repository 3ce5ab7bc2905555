/** What every history store does. */
import { describe, expect, it } from 'vitest';
import { HistoryGap, HistoryMismatch, type HistoryPage, type HistoryStore, HistoryUnavailable } from '../history-store.ts';
import { describeHistoryLists } from './history-lists.ts';
import { ACCOUNT, candleRow, fillRow, orderRow, pieceOf, positionRow, tradeRow, writeAll } from './history-samples.ts';

/** How the suite gets stores. */
export interface HistoryStoreHarness {
  /** Makes an empty place for rows; `open` gives a store on it each time it is called. */
  createPlace(): Promise<{ open(venueId?: string): Promise<HistoryStore>; remove(): Promise<void> }>;
}

const ALL: HistoryPage = { limit: 1_000, offset: 0, direction: 'asc' };

/** Runs the suite. @param name of the implementation */
export function describeHistoryStore(name: string, harness: HistoryStoreHarness): void {
  const use = async (act: (store: HistoryStore) => Promise<void>): Promise<void> => {
    const place = await harness.createPlace();
    const store = await place.open();
    try {
      await act(store);
    } finally {
      await store.close();
      await place.remove();
    }
  };

  describe(`${name}: the checkpoint`, () => {
    it('is 0 in an empty store, whose lists are empty', () =>
      use(async (store) => {
        expect(await store.checkpoint()).toEqual({ seq: 0, timeMicros: 0 });
        expect(await store.orders({ account: ACCOUNT }, ALL)).toEqual({ rows: [], total: 0, nextCursor: null });
        expect(await store.candles({ market: 1, priceType: 0, interval: '1h', fromMicros: 0, toMicros: 9e15, limit: 10 })).toEqual([]);
      }));

    it('moves with the rows, and a piece that comes again doubles nothing', () =>
      use(async (store) => {
        const piece = pieceOf(3, { fills: [fillRow({ seq: 2, ix: 0 })], candles: [candleRow({})] }, 1);
        await store.write(piece);
        await store.write(piece);
        expect(await store.checkpoint()).toEqual({ seq: 3, timeMicros: 3_000 });
        expect((await store.fills({ account: ACCOUNT }, ALL)).total).toBe(1);
        const [candle] = await store.candles({ market: 1, priceType: 0, interval: '1m', fromMicros: 0, toMicros: 60e6, limit: 10 });
        expect(candle?.volumeLots).toBe(5n);
      }));

    it('refuses a gap and half a piece that is there', () =>
      use(async (store) => {
        await store.write(pieceOf(3, {}, 1));
        await expect(store.write(pieceOf(5, {}))).rejects.toThrow(HistoryGap);
        await expect(store.write(pieceOf(5, {}, 3))).rejects.toThrow(HistoryGap);
        expect((await store.checkpoint()).seq).toBe(3);
      }));

    it('stays with all rows when one of a piece cannot be written', () =>
      use(async (store) => {
        await store.write(pieceOf(1, { trades: [tradeRow({ seq: 1, ix: 0 })] }));
        const broken = pieceOf(2, { fills: [fillRow({ seq: 2, ix: 0 })], trades: [tradeRow({ seq: 1, ix: 0 })] });
        await expect(store.write(broken)).rejects.toThrow(HistoryUnavailable);
        expect((await store.checkpoint()).seq).toBe(1);
        expect((await store.fills({ account: ACCOUNT }, ALL)).total).toBe(0);
        await store.write(pieceOf(2, { fills: [fillRow({ seq: 2, ix: 0 })] }));
        expect((await store.fills({ account: ACCOUNT }, ALL)).total).toBe(1);
      }));

    it('and the rows are there again after opening anew, and gone after clearing', async () => {
      const place = await harness.createPlace();
      const first = await place.open();
      await first.write(pieceOf(1, { orders: [orderRow({ seq: 1, ix: 0 })] }));
      await first.close();
      const second = await place.open();
      expect((await second.checkpoint()).seq).toBe(1);
      expect((await second.orders({ account: ACCOUNT }, ALL)).rows).toEqual([orderRow({ seq: 1, ix: 0 })]);
      await second.clear();
      expect(await second.checkpoint()).toEqual({ seq: 0, timeMicros: 0 });
      expect((await second.orders({ account: ACCOUNT }, ALL)).total).toBe(0);
      await second.close();
      await place.remove();
    });

    it('belongs to one venue', async () => {
      const place = await harness.createPlace();
      const store = await place.open('venue-a');
      await store.close();
      await expect(place.open('venue-b')).rejects.toThrow(HistoryMismatch);
      await place.remove();
    });

    it('holds for thousands of rows at once', () =>
      use(async (store) => {
        const fills = Array.from({ length: 2_317 }, (_, ix) => fillRow({ seq: 1, ix }));
        await store.write(pieceOf(1, { fills }));
        const list = await store.fills({ account: ACCOUNT }, { ...ALL, offset: 2_000 });
        expect(list.total).toBe(2_317);
        expect(list.rows.map(({ ix }) => ix)).toEqual(fills.slice(2_000).map(({ ix }) => ix));
      }));
  });

  describe(`${name}: rows that change`, () => {
    it('orders keep their place, take later states and the progress of fills', () =>
      use(async (store) => {
        const progress = { orderId: 1, executedLots: 4, executedQuoteAtoms: 400, status: 1, updatedSeq: 2, updatedAtMicros: 20 };
        await writeAll(store, [
          { orders: [orderRow({ seq: 1, ix: 3, clientId: 9 })] },
          { orders: [orderRow({ seq: 2, ix: 0 })], orderProgress: [progress, { ...progress, orderId: 404 }] },
        ]);
        const after = { executedLots: 4, executedQuoteAtoms: 400, status: 1, updatedSeq: 2, updatedAtMicros: 20 };
        const expected = [orderRow({ seq: 1, ix: 3, clientId: 9, ...after }), orderRow({ seq: 2, ix: 0 })];
        expect((await store.orders({ account: ACCOUNT }, ALL)).rows).toEqual(expected);
        const ended = orderRow({ seq: 3, ix: 8, orderId: 1, clientId: 9, executedLots: 4, status: 3 });
        await store.write(pieceOf(3, { orders: [ended] }));
        expect((await store.orders({ account: ACCOUNT, orderId: 1 }, ALL)).rows).toEqual([{ ...ended, seq: 1, ix: 3 }]);
      }));

    it('positions keep what they cost when they close, and gather funding while they are open', () =>
      use(async (store) => {
        const payment = { ix: 0, account: ACCOUNT, market: 1, amountAtoms: -30, ratePpb: 5, sizeLots: -4, hourEndMicros: 9 };
        await writeAll(store, [
          { positions: [positionRow({ seq: 1, ix: 0 })] },
          { fundingPayments: [{ ...payment, seq: 2 }] },
          {
            fundingPayments: [
              { ...payment, seq: 3 },
              { ...payment, seq: 3, ix: 1, market: 2 },
            ],
          },
        ]);
        expect((await store.positions({ account: ACCOUNT }, ALL)).rows).toEqual([positionRow({ seq: 1, ix: 0, fundingAtoms: -50 })]);
        const closed = {
          sizeLots: 0,
          entryCostAtoms: 0,
          entryLots: 0,
          fundingAtoms: -50,
          closedAtMicros: 44,
          closingTicks: 99,
          updatedSeq: 4,
        };
        await store.write(pieceOf(4, { positions: [positionRow({ seq: 4, ix: 5, positionId: 1, ...closed })] }));
        const expected = positionRow({ seq: 1, ix: 0, ...closed, entryCostAtoms: -400, entryLots: -4 });
        expect((await store.positions({ account: ACCOUNT, isOpen: false }, ALL)).rows).toEqual([expected]);
        expect((await store.positions({ account: ACCOUNT, isOpen: true }, ALL)).total).toBe(0);
      }));

    it('candles join their parts, and longer ones are made of them exactly', () =>
      use(async (store) => {
        const minute = 60e6;
        const huge = Number.MAX_SAFE_INTEGER;
        await writeAll(store, [
          { candles: [candleRow({}), candleRow({ startMicros: minute, quoteAtoms: huge })] },
          { candles: [candleRow({ startMicros: minute, open: 30, high: 31, low: 2, close: 3, quoteAtoms: huge })] },
          {
            candles: [
              candleRow({ startMicros: 3 * minute, open: 7.5 }),
              candleRow({ priceType: 2 }),
              candleRow({ interval: '1h', trades: 77 }),
            ],
          },
        ]);
        const query = { market: 1, priceType: 0, fromMicros: 0, toMicros: 10 * minute, limit: 100 };
        const joined = { open: 10, high: 31, low: 2, close: 3, volumeLots: 10n, quoteAtoms: 2n * BigInt(huge), trades: 4 };
        const first = {
          startMicros: 0,
          endMicros: minute,
          open: 10,
          high: 12,
          low: 9,
          close: 11,
          volumeLots: 5n,
          quoteAtoms: 50n,
          trades: 2,
        };
        const third = { ...first, startMicros: 3 * minute, endMicros: 4 * minute, open: 7.5 };
        const one = await store.candles({ ...query, interval: '1m' });
        expect(one).toEqual([first, { ...joined, startMicros: minute, endMicros: 2 * minute }, third]);
        const three = await store.candles({ ...query, interval: '3m' });
        const sum = { ...joined, volumeLots: 15n, quoteAtoms: 2n * BigInt(huge) + 50n, trades: 6 };
        expect(three).toEqual([
          { ...sum, startMicros: 0, endMicros: 3 * minute },
          { ...third, endMicros: 6 * minute },
        ]);
        expect((await store.candles({ ...query, interval: '3m', fromMicros: 1 })).map(({ startMicros }) => startMicros)).toEqual([
          3 * minute,
        ]);
        expect(await store.candles({ ...query, interval: '1m', limit: 1 })).toHaveLength(1);
        expect((await store.candles({ ...query, interval: '2h' }))[0]?.trades).toBe(77);
      }));

    it('pools show the last figures of each period', () =>
      use(async (store) => {
        const pool = { asset: 2, poolState: 0, lentAtoms: 5, borrowedAtoms: 1, lendRate: 0.01, borrowRate: 0.125, utilization: 0.2 };
        const minutes = [0, 60e6, 120e6, 240e6].map((minuteMicros) => ({ ...pool, minuteMicros, lentAtoms: minuteMicros / 60e6 }));
        await writeAll(store, [{ poolMinutes: minutes }, { poolMinutes: [{ ...pool, minuteMicros: 240e6, lentAtoms: 99 }] }]);
        const found = await store.poolHistory(2, { fromMicros: 0, toMicros: 300e6, periodMicros: 180e6 });
        expect(found).toEqual([minutes[2], { ...pool, minuteMicros: 240e6, lentAtoms: 99 }]);
        expect(await store.poolHistory(3, { fromMicros: 0, toMicros: 300e6, periodMicros: 60e6 })).toEqual([]);
      }));
  });

  describeHistoryLists(name, use);
}
