/** `GET /api/v1/receipts/{id}`. */

import { ApiError } from '../../errors/api-error.ts';
import { ReceiptQuery } from '../../schemas/history-requests.ts';
import { Receipt, ReceiptSummary } from '../../schemas/receipt-answers.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';
import { receiptOf } from './receipt-head.ts';

const ONE = { limit: 1, offset: 0, direction: 'asc' } as const;

/** Shows one receipt, every line of it. */
export const readReceipt = defineSignedRoute({
  route: 'GET /api/v1/receipts/{id}',
  area: 'Account',
  summary: 'One receipt: what the venue saw, which rule it followed, what it did, with every number to compute it again.',
  description: 'The id in the path is signed like a parameter `id`.',
  permission: 'read',
  query: ReceiptQuery,
  body: NO_BODY,
  answer: Receipt,
  handle: async ({ query, services, caller }) => {
    const [seq = 0, ix = 0] = query.id.split('-').map(Number);
    const { rows } = await services.history.receipts({ account: caller.account, place: { seq, ix } }, ONE);
    const [row] = rows;
    if (row === undefined)
      return new ApiError('RESOURCE_NOT_FOUND', `The account has no receipt ${query.id}: GET /api/v1/receipts lists them.`);
    const { kind, role, ...rest } = receiptOf(services.directory, row);
    return { ...rest, ...ReceiptSummary.pick({ kind: true, role: true }).parse({ kind, role }) };
  },
});
