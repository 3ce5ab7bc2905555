/** `GET /api/v1/borrowLend/positions`. */
import type { BorrowLendAnswer } from '@mochila/protocol';
import { z } from 'zod';
import { BorrowLendPositionWithMargin } from '../../schemas/borrow-lend-answers.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { marginFunctionAnswer } from '../../venue/function-text.ts';
import { writeLendingPositionId } from '../../venue/lending-position-id.ts';
import { writeAmount, writeFigure } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Lists borrows and lends. */
export const readBorrowLends = defineSignedRoute({
  route: 'GET /api/v1/borrowLend/positions',
  area: 'Borrow Lend',
  summary: 'Open borrows and lends with their margin.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(BorrowLendPositionWithMargin),
  handle: async ({ services, caller }) => {
    const rows = await services.engine.ask('borrowLend', { account: caller.account });
    return rows.map((row) => positionAnswer(services.directory.assetAt(row.asset), row));
  },
});

function positionAnswer(asset: AssetEntry, row: BorrowLendAnswer): BorrowLendPositionWithMargin {
  return {
    cumulativeInterest: writeAmount(asset, row.interestAtoms),
    id: writeLendingPositionId(row),
    imf: writeFigure(row.imf),
    imfFunction: marginFunctionAnswer(asset.listing.borrowImf),
    netQuantity: writeAmount(asset, row.netAtoms),
    markPrice: writeFigure(row.markPrice),
    mmf: writeFigure(row.mmf),
    mmfFunction: marginFunctionAnswer(asset.listing.borrowMmf),
    netExposureQuantity: writeAmount(asset, row.exposureAtoms),
    netExposureNotional: writeFigure(row.exposureNotional),
    symbol: asset.symbol,
    estLiquidationPrice: writeFigure(row.liquidationPrice),
  };
}
