/** `GET /wapi/v1/history/funding`. */
import type { FundingPaymentRow } from '@mochila/protocol';
import { z } from 'zod';
import { FundingHistoryQuery } from '../../schemas/history-requests.ts';
import { FundingPayment } from '../../schemas/position-answers.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { marketsOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { requireOwnSubaccount } from '../../venue/own-subaccount.ts';
import { writeAmount, writeIso, writePpb } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists funding payments. */
export const fundingHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/funding',
  area: 'Position',
  summary: 'Funding paid (negative) and received, newest first.',
  permission: 'read',
  query: FundingHistoryQuery,
  body: NO_BODY,
  answer: z.array(FundingPayment),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const subaccountId = await requireOwnSubaccount(services, caller, query.subaccountId);
    const filter = { account: caller.account, markets: marketsOf(directory, { symbol: query.symbol }) };
    const rows = await readPage(context, query, (page) => history.fundingPayments(filter, page));
    return rows.map((row) => ({ userId: caller.user, subaccountId, ...paymentAnswer(directory.marketAt(row.market), row) }));
  },
});

function paymentAnswer(market: MarketEntry, row: FundingPaymentRow): Omit<FundingPayment, 'userId' | 'subaccountId'> {
  return {
    symbol: market.symbol,
    quantity: writeAmount(market.quote, row.amountAtoms),
    intervalEndTimestamp: writeIso(row.hourEndMicros),
    fundingRate: writePpb(row.ratePpb),
  };
}
