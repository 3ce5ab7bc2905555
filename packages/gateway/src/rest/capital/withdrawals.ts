/** `GET /wapi/v1/capital/withdrawals`. */
import { z } from 'zod';
import { Withdrawal } from '../../schemas/capital-answers.ts';
import { WithdrawalsQuery } from '../../schemas/capital-requests.ts';
import { timesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { requireOwnSubaccount } from '../../venue/own-subaccount.ts';
import { withdrawalAnswer } from '../../venue/withdrawal-text.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists withdrawals. */
export const readWithdrawals = defineSignedRoute({
  route: 'GET /wapi/v1/capital/withdrawals',
  area: 'Capital',
  summary: 'Withdrawals of the account, newest first.',
  permission: 'read',
  query: WithdrawalsQuery,
  body: NO_BODY,
  answer: z.array(Withdrawal),
  handle: async (context) => {
    const { query, services, caller } = context;
    const subaccountId = await requireOwnSubaccount(services, caller, undefined);
    const filter = { account: caller.account, withdrawal: query.id, clientReference: query.clientId, ...timesOf(query) };
    const rows = await readPage(context, query, (page) => services.history.withdrawals(filter, page));
    return rows.map((row) => withdrawalAnswer(services.directory, row, subaccountId));
  },
});
