/** `GET /wapi/v1/history/settlement`. */
import { nameOf, SettlementSource } from '@mochila/protocol';
import { z } from 'zod';
import { Settlement } from '../../schemas/capital-answers.ts';
import { SettlementHistoryQuery } from '../../schemas/history-requests.ts';
import { settlementSourcesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { requireOwnSubaccount } from '../../venue/own-subaccount.ts';
import { writeAmount, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists what settled in USDC. */
export const settlementHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/settlement',
  area: 'Capital',
  summary: 'Profit and loss, fees of perpetuals and funding as they became USDC, newest first.',
  permission: 'read',
  query: SettlementHistoryQuery,
  body: NO_BODY,
  answer: z.array(Settlement),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const subaccountId = await requireOwnSubaccount(services, caller, undefined);
    const filter = { account: caller.account, sources: settlementSourcesOf(query.source) };
    const rows = await readPage(context, query, (page) => history.settlements(filter, page));
    const usdc = directory.asset('USDC');
    return rows.map((row) => ({
      quantity: writeAmount(usdc, row.amountAtoms),
      source: nameOf(SettlementSource, row.source),
      subaccountId,
      timestamp: writeIso(row.timeMicros),
      userId: caller.user,
      positionId: null,
      engineSequence: row.seq,
    }));
  },
});
