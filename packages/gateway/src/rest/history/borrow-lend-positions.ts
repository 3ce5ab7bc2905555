/** `GET /wapi/v1/history/borrowLend/positions`. */
import type { BorrowLendPosition } from '@mochila/ports';
import { BorrowLendSide, BorrowLendSource, nameOf } from '@mochila/protocol';
import { formatDecimal } from '@mochila/units';
import { z } from 'zod';
import { BorrowLendPositionRow } from '../../schemas/borrow-lend-answers.ts';
import { BorrowLendPositionHistoryQuery } from '../../schemas/history-requests.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { assetsOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeLendingPositionId } from '../../venue/lending-position-id.ts';
import { writeAmount, writeFigure, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists borrows and lends, open and closed. */
export const borrowLendPositionHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/borrowLend/positions',
  area: 'Borrow Lend',
  summary: 'Borrows and lends of the account, open and closed, newest first.',
  permission: 'read',
  query: BorrowLendPositionHistoryQuery,
  body: NO_BODY,
  answer: z.array(BorrowLendPositionRow),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const filter = {
      account: caller.account,
      assets: assetsOf(directory, query.symbol),
      side: query.side === undefined ? undefined : BorrowLendSide[query.side],
      isOpen: query.state === undefined ? undefined : query.state === 'Open',
    };
    const rows = await readPage(context, query, (page) => history.borrowLendPositions(filter, page));
    return rows.map((row) => positionAnswer(directory.assetAt(row.asset), row));
  },
});

function positionAnswer(asset: AssetEntry, row: BorrowLendPosition): BorrowLendPositionRow {
  return {
    positionId: writeLendingPositionId(row),
    quantity: writeAmount(asset, row.quantityAtoms),
    symbol: asset.symbol,
    source: nameOf(BorrowLendSource, row.source),
    cumulativeInterest: formatDecimal(BigInt(row.interestAtoms), asset.decimals),
    avgInterestRate: writeFigure(row.averageRate),
    side: nameOf(BorrowLendSide, row.side),
    createdAt: writeIso(row.openedAtMicros),
  };
}
