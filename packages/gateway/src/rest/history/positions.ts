/** `GET /wapi/v1/history/position`. */

import { positionUpdateOf } from '@mochila/projections';
import { events, type MarketAnswer, type PositionAnswer, type PositionRow } from '@mochila/protocol';
import { z } from 'zod';
import { PositionHistoryQuery } from '../../schemas/history-requests.ts';
import { PositionHistoryRow } from '../../schemas/position-answers.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { marketsOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeFigure, writeIso, writePrice, writeQuantity, writeTicks } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists positions, open and closed. */
export const positionHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/position',
  area: 'Position',
  summary: 'Perpetual positions of the account, open and closed, newest first.',
  permission: 'read',
  query: PositionHistoryQuery,
  body: NO_BODY,
  answer: z.array(PositionHistoryRow),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history, engine } = services;
    const { account } = caller;
    const isOpen = query.state === undefined ? undefined : query.state === 'Open';
    const filter = { account, markets: marketsOf(directory, query), isOpen };
    const rows = await readPage(context, query, (page) => history.positions(filter, page));
    if (rows.length === 0) return [];
    const [markets, open] = await Promise.all([engine.ask('markets', {}), engine.ask('positions', { account })]);
    return rows.map((row) => rowAnswer(directory.marketAt(row.market), row, { market: markets[row.market], open: findOpen(open, row) }));
  },
});

/** What the engine knows now of the market and, while it is open, of the position. */
type Present = { readonly market: MarketAnswer | undefined; readonly open: PositionAnswer | undefined };

function findOpen(open: readonly PositionAnswer[], row: PositionRow): PositionAnswer | undefined {
  return open.find(({ market, positionId }) => market === row.market && positionId === row.positionId);
}

function rowAnswer(market: MarketEntry, row: PositionRow, present: Present): z.input<typeof PositionHistoryRow> {
  const isOpen = row.closedAtMicros === 0;
  const { quote } = market;
  const markTicks = isOpen ? (present.market?.markTicks ?? 0) : row.closingTicks;
  const { exposureLots, entryTicks } = averagesOf(market, row);
  const exposureAtoms = exposureLots * markTicks * market.k;
  const unrealizedAtoms = isOpen ? row.sizeLots * markTicks * market.k - row.entryCostAtoms : 0;
  return {
    id: String(row.positionId),
    symbol: market.symbol,
    netQuantity: writeQuantity(market, isOpen ? row.sizeLots : 0),
    netExposureQuantity: writeQuantity(market, isOpen ? exposureLots : 0),
    netExposureNotional: isOpen ? writeAmount(quote, exposureAtoms) : '0',
    netCost: writeAmount(quote, isOpen ? row.entryCostAtoms : 0),
    markPrice: writePrice(market, markTicks),
    entryPrice: entryTicks === null ? '0' : writeTicks(market, entryTicks),
    cumulativePnlRealized: writeAmount(quote, row.realizedPnlAtoms),
    unrealizedPnl: writeAmount(quote, unrealizedAtoms),
    fundingQuantity: writeAmount(quote, row.fundingAtoms),
    interest: '0',
    liquidated: writeQuantity(market, row.liquidatedLots),
    imf: writeFigure(present.open?.imf ?? 0),
    fees: writeAmount(quote, row.feesAtoms),
    state: isOpen ? 'Open' : 'Closed',
    closedVolume: writeQuantity(market, row.closedLots),
    liquidationFees: writeAmount(quote, row.liquidationFeesAtoms),
    closingPrice: isOpen ? null : writePrice(market, row.closingTicks),
    accountLeverage: null,
    openedAt: writeIso(row.openedAtMicros),
    closedAt: isOpen ? null : writeIso(row.closedAtMicros),
  };
}

/** The entry price outlives the position: it is that of the size it last had. */
function averagesOf(market: MarketEntry, row: PositionRow) {
  const { entryLots: sizeLots, entryCostAtoms, openBidLots, openAskLots } = row;
  return positionUpdateOf({ ...events.positionChanged.defaults, sizeLots, entryCostAtoms, openBidLots, openAskLots }, market.k);
}
