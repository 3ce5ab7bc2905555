/** `GET /api/v1/settlements`. */
import type { EpochSummary } from '@mochila/ports';
import { z } from 'zod';
import { PageQuery } from '../../schemas/history-requests.ts';
import { SettlementEpoch } from '../../schemas/own-answers.ts';
import type { VenueDirectory } from '../../venue/directory.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeIso, writePrice } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Lists the settlements of the venue. */
export const readSettlements = definePublicRoute({
  route: 'GET /api/v1/settlements',
  area: 'Markets',
  summary: 'Summaries of the settlements, newest first: over each market the gains equal the losses.',
  query: PageQuery,
  body: NO_BODY,
  answer: z.array(SettlementEpoch),
  handle: async (context) => {
    const { query, services } = context;
    const rows = await readPage(context, query, (page) => services.history.epochs(page));
    return rows.map((row) => epochAnswer(services.directory, row));
  },
});

function epochAnswer(directory: VenueDirectory, row: EpochSummary): SettlementEpoch {
  const usdc = directory.asset('USDC');
  return {
    epoch: row.epoch,
    timestamp: writeIso(row.closedAtMicros),
    accounts: row.accounts,
    borrows: writeAmount(usdc, row.borrowsAtoms),
    fees: writeAmount(usdc, row.feesAtoms),
    fund: writeAmount(usdc, row.fundAtoms),
    markets: row.markets.map(({ market: ix, markTicks, gainsAtoms, lossesAtoms }) => {
      const market = directory.marketAt(ix);
      return {
        symbol: market.symbol,
        settlePrice: writePrice(market, markTicks),
        gains: writeAmount(market.quote, gainsAtoms),
        losses: writeAmount(market.quote, lossesAtoms),
      };
    }),
  };
}
