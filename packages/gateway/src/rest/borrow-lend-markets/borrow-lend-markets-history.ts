/** `GET /api/v1/borrowLend/markets/history`. */
import type { PoolMinuteRow } from '@mochila/protocol';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE } from '@mochila/units';
import { z } from 'zod';
import { BorrowLendHistory } from '../../schemas/borrow-lend-markets.ts';
import { BorrowLendMarketsHistoryQuery } from '../../schemas/capital-requests.ts';
import type { BorrowLendMarketHistoryInterval } from '../../schemas/money-enums.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { writeAmount, writeFigure, writeIso } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Each span has about a hundred to four hundred points. */
const SPANS: Readonly<Record<BorrowLendMarketHistoryInterval, { readonly spanMicros: number; readonly periodMicros: number }>> = {
  '1d': { spanMicros: MICROS_PER_DAY, periodMicros: 15 * MICROS_PER_MINUTE },
  '1w': { spanMicros: 7 * MICROS_PER_DAY, periodMicros: MICROS_PER_HOUR },
  '1month': { spanMicros: 31 * MICROS_PER_DAY, periodMicros: 6 * MICROS_PER_HOUR },
  '1year': { spanMicros: 366 * MICROS_PER_DAY, periodMicros: MICROS_PER_DAY },
};
const DIGITS = 12;

/** Shows lending pools over time. */
export const borrowLendMarketsHistory = definePublicRoute({
  route: 'GET /api/v1/borrowLend/markets/history',
  area: 'Borrow Lend',
  summary: 'A lending pool over time, oldest first.',
  description: 'Without a symbol the pools follow one another in the order of the assets.',
  query: BorrowLendMarketsHistoryQuery,
  body: NO_BODY,
  answer: z.array(BorrowLendHistory),
  handle: async ({ services, query, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=60');
    const { directory, history, marketData } = services;
    const wanted =
      query.symbol === undefined ? directory.assets.filter(({ listing }) => listing.pool !== null) : [directory.asset(query.symbol)];
    const { spanMicros, periodMicros } = SPANS[query.interval];
    const toMicros = marketData.timeMicros + 1;
    const times = { fromMicros: Math.max(0, toMicros - spanMicros), toMicros, periodMicros };
    const answer: BorrowLendHistory[] = [];
    for (const asset of wanted) {
      for (const row of await history.poolHistory(asset.ix, times)) answer.push(pointAnswer(asset, row));
    }
    return answer;
  },
});

function pointAnswer(asset: AssetEntry, row: PoolMinuteRow): BorrowLendHistory {
  return {
    borrowInterestRate: writeFigure(row.borrowRate, DIGITS),
    borrowedQuantity: writeAmount(asset, row.borrowedAtoms),
    lendInterestRate: writeFigure(row.lendRate, DIGITS),
    lentQuantity: writeAmount(asset, row.lentAtoms),
    timestamp: `${writeIso(row.minuteMicros)}Z`,
    utilization: writeFigure(row.utilization, DIGITS),
  };
}
