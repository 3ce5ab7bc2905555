/** `GET /api/v1/receipts`. */
import { ReceiptKind } from '@mochila/protocol';
import { z } from 'zod';
import { ReceiptsQuery } from '../../schemas/history-requests.ts';
import { ReceiptKindWord, ReceiptSummary } from '../../schemas/receipt-answers.ts';
import { marketsOf, timesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';
import { receiptHeadOf } from './receipt-head.ts';

/** Lists the receipts of the account. */
export const readReceipts = defineSignedRoute({
  route: 'GET /api/v1/receipts',
  area: 'Account',
  summary: 'What the venue did to the account by itself, newest first.',
  permission: 'read',
  query: ReceiptsQuery,
  body: NO_BODY,
  answer: z.array(ReceiptSummary),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const kinds = query.kind === undefined ? undefined : [ReceiptKind[query.kind]];
    const filter = { account: caller.account, kinds, markets: marketsOf(directory, query), ...timesOf(query) };
    const rows = await readPage(context, query, (page) => history.receipts(filter, page));
    return rows.map((row) => {
      const { id, number, kind, role, stage, rules, sequence, timestampMicros, symbol, asset } = receiptHeadOf(directory, row);
      const words = { kind: ReceiptKindWord.parse(kind), role: ReceiptSummary.shape.role.parse(role) };
      return { id, number, ...words, stage, rules, sequence, timestampMicros, symbol, asset };
    });
  },
});
