/** `GET /wapi/v1/history/borrowLend`. */
import { BorrowLendEventType, type BorrowLendMoveRow, BorrowLendSource, nameOf } from '@mochila/protocol';
import { z } from 'zod';
import { BorrowLendMovement } from '../../schemas/borrow-lend-answers.ts';
import { BorrowLendHistoryQuery } from '../../schemas/history-requests.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { assetsOf, sourcesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { lendingFilterOf, writeLendingPositionId } from '../../venue/lending-position-id.ts';
import { writeAmount, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists changes of borrows and lends. */
export const borrowLendHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/borrowLend',
  area: 'Borrow Lend',
  summary: 'Borrows, repayments, lends and redemptions of the account, newest first.',
  permission: 'read',
  query: BorrowLendHistoryQuery,
  body: NO_BODY,
  answer: z.array(BorrowLendMovement),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const filter = {
      account: caller.account,
      ...lendingFilterOf(assetsOf(directory, query.symbol), query.positionId),
      eventType: query.type === undefined ? undefined : BorrowLendEventType[query.type],
      sources: sourcesOf(query.sources),
    };
    const rows = await readPage(context, query, (page) => history.borrowLendMoves(filter, page));
    return rows.map((row) => moveAnswer(directory.assetAt(row.asset), row));
  },
});

function moveAnswer(asset: AssetEntry, row: BorrowLendMoveRow): BorrowLendMovement {
  return {
    eventType: nameOf(BorrowLendEventType, row.eventType),
    positionId: writeLendingPositionId(row),
    positionQuantity: writeAmount(asset, row.positionAtoms),
    quantity: writeAmount(asset, row.quantityAtoms),
    source: nameOf(BorrowLendSource, row.source),
    symbol: asset.symbol,
    timestamp: writeIso(row.timeMicros),
    spotMarginOrderId: row.orderId === 0 ? null : String(row.orderId),
  };
}
