/** `GET /wapi/v1/history/dust`. */
import { z } from 'zod';
import { DustConversion } from '../../schemas/capital-answers.ts';
import { DustHistoryQuery } from '../../schemas/history-requests.ts';
import { assetsOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists conversions of small balances. */
export const dustHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/dust',
  area: 'Capital',
  summary: 'Small balances that became USDC, newest first.',
  permission: 'read',
  query: DustHistoryQuery,
  body: NO_BODY,
  answer: z.array(DustConversion),
  handle: async (context) => {
    const { query, services, caller } = context;
    const { directory, history } = services;
    const filter = { account: caller.account, assets: assetsOf(directory, query.symbol), conversion: query.id };
    const rows = await readPage(context, query, (page) => history.dustConversions(filter, page));
    const usdc = directory.asset('USDC');
    return rows.map((row) => {
      const asset = directory.assetAt(row.asset);
      return {
        id: row.conversion,
        quantity: writeAmount(asset, row.quantityAtoms),
        symbol: asset.symbol,
        usdcReceived: writeAmount(usdc, row.usdcAtoms),
        timestamp: writeIso(row.timeMicros),
      };
    });
  },
});
