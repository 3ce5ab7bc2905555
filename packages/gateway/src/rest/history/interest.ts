/** `GET /wapi/v1/history/interest`. */
import type { InterestPayment as PaymentRow } from '@mochila/ports';
import { BorrowLendSide, nameOf } from '@mochila/protocol';
import { z } from 'zod';
import { InterestPayment } from '../../schemas/borrow-lend-answers.ts';
import { InterestHistoryQuery } from '../../schemas/history-requests.ts';
import type { AssetEntry, VenueDirectory } from '../../venue/directory.ts';
import { assetsOf } from '../../venue/history-filters.ts';
import { emptyList, readPage } from '../../venue/history-page.ts';
import { lendingFilterOf, writeLendingPositionId } from '../../venue/lending-position-id.ts';
import { writeAmount, writeFigure, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

const HOUR_MS = 3_600_000;

/** Lists interest paid and earned. */
export const interestHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/interest',
  area: 'Borrow Lend',
  summary: 'Interest of each hour, asset and side, newest first.',
  description: 'Interest here is on borrows and lends only: unrealised profit and loss are settled every few seconds and bear none.',
  permission: 'read',
  query: InterestHistoryQuery,
  body: NO_BODY,
  answer: z.array(InterestPayment),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const filter = { account: caller.account, ...lendingFilterOf(assetsOfQuery(directory, query), query.positionId) };
    const isOffered = query.source !== 'UnrealizedPnl';
    const rows = await readPage(context, query, (page) => (isOffered ? history.interestPayments(filter, page) : emptyList()));
    return rows.map((row) => paymentAnswer(directory.assetAt(row.asset), row));
  },
});

/** `symbol` names what bears the interest: here an asset; no market bears any. @throws ApiError INVALID_ASSET, INVALID_MARKET. */
function assetsOfQuery(directory: VenueDirectory, { asset, symbol }: InterestHistoryQuery): number[] | undefined {
  const named = assetsOf(directory, asset);
  if (symbol === undefined) return named;
  const bearer = directory.assets.find((entry) => entry.symbol === symbol);
  if (bearer === undefined) return directory.market(symbol) && [];
  return named === undefined || named.includes(bearer.ix) ? [bearer.ix] : [];
}

function paymentAnswer(asset: AssetEntry, row: PaymentRow): InterestPayment {
  return {
    paymentType: nameOf(BorrowLendSide, row.side),
    interestRate: writeFigure(row.rate),
    interval: HOUR_MS,
    marketSymbol: asset.symbol,
    positionId: writeLendingPositionId(row),
    quantity: writeAmount(asset, row.amountAtoms),
    symbol: asset.symbol,
    timestamp: writeIso(row.hourEndMicros),
  };
}
