/** `GET /api/v1/deleveragings`. */
import type { DeleveragingRow } from '@mochila/protocol';
import { z } from 'zod';
import { Deleveraging } from '../../schemas/backstop-answers.ts';
import { DeleveragingsQuery } from '../../schemas/history-requests.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { marketsOf, timesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeIso, writePrice, writeQuantity } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Lists deleveragings. */
export const readDeleveragings = definePublicRoute({
  route: 'GET /api/v1/deleveragings',
  area: 'Markets',
  summary: 'Positions that were closed against winners, newest first: needed, taken, overshoot, and at which price.',
  query: DeleveragingsQuery,
  body: NO_BODY,
  answer: z.array(Deleveraging),
  handle: async (context) => {
    const { query, services } = context;
    const { directory, history } = services;
    const filter = { markets: marketsOf(directory, { symbol: query.symbol }), ...timesOf(query) };
    const rows = await readPage(context, query, (page) => history.deleveragings(filter, page));
    return rows.map((row) => deleveragingAnswer(directory.marketAt(row.market), row));
  },
});

function deleveragingAnswer(market: MarketEntry, row: DeleveragingRow): Deleveraging {
  return {
    id: `${row.seq}-${row.ix}`,
    timestamp: writeIso(row.timeMicros),
    symbol: market.symbol,
    needed: writeQuantity(market, row.neededLots),
    taken: writeQuantity(market, row.takenLots),
    overshoot: writeQuantity(market, row.overshootLots),
    markPrice: writePrice(market, row.markTicks),
    price: writePrice(market, row.priceTicks),
    deficit: writeAmount(market.quote, row.deficitAtoms),
    cash: writeAmount(market.quote, row.cashAtoms),
    left: writeAmount(market.quote, row.leftAtoms),
    winners: row.winners,
  };
}
