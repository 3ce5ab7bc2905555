/** `GET /api/v1/fund` and its history. */
import { z } from 'zod';
import { Fund, FundBalance } from '../../schemas/backstop-answers.ts';
import { PageQuery } from '../../schemas/history-requests.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeFigure, writeIso } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Shows the fund. */
export const readFund = definePublicRoute({
  route: 'GET /api/v1/fund',
  area: 'Markets',
  summary: 'The liquidity and insurance fund: its size, its limit and what it has taken over.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: Fund,
  handle: async ({ services }) => {
    const usdc = services.directory.asset('USDC');
    const fund = await services.engine.ask('fund', {});
    return {
      balance: writeAmount(usdc, fund.usdcAtoms),
      netEquity: writeFigure(fund.equity),
      maintenanceMargin: writeFigure(fund.maintenanceMargin),
      maxNotional: writeAmount(usdc, fund.limitAtoms),
      markets: fund.markets.map(({ market, notionalAtoms }) => ({
        symbol: services.directory.marketAt(market).symbol,
        notional: writeAmount(usdc, notionalAtoms),
      })),
    };
  },
});

/** Lists the fund's balance over time. */
export const readFundHistory = definePublicRoute({
  route: 'GET /api/v1/fund/history',
  area: 'Markets',
  summary: 'USDC of the fund after each settlement, newest first.',
  query: PageQuery,
  body: NO_BODY,
  answer: z.array(FundBalance),
  handle: async (context) => {
    const usdc = context.services.directory.asset('USDC');
    const rows = await readPage(context, context.query, (page) => context.services.history.epochs(page));
    return rows.map(({ epoch, closedAtMicros, fundAtoms }) => ({
      epoch,
      timestamp: writeIso(closedAtMicros),
      balance: writeAmount(usdc, fundAtoms),
    }));
  },
});
