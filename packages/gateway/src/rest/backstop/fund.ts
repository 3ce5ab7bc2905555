/** `GET /api/v1/fund`, its history and its moves. */
import { FundMove as FundMoveCode, nameOf } from '@mochila/protocol';
import { z } from 'zod';
import { Fund, FundBalance, FundMove, FundMoveKind } from '../../schemas/backstop-answers.ts';
import { FundMovesQuery, PageQuery } from '../../schemas/history-requests.ts';
import { assetsOf, timesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeFigure, writeIso } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Shows the fund. */
export const readFund = definePublicRoute({
  route: 'GET /api/v1/fund',
  area: 'Markets',
  summary: 'The liquidity and insurance fund: its size, its limit, and use and room of it in every market.',
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
        freeToBuy: writeAmount(usdc, Math.max(0, fund.limitAtoms - notionalAtoms)),
        freeToSell: writeAmount(usdc, Math.max(0, fund.limitAtoms + notionalAtoms)),
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

/** Lists what the fund received and paid. */
export const readFundMoves = definePublicRoute({
  route: 'GET /api/v1/fund/moves',
  area: 'Markets',
  summary: 'What the fund received and paid, newest first. With its own fills, funding and interest this explains its balance.',
  query: FundMovesQuery,
  body: NO_BODY,
  answer: z.array(FundMove),
  handle: async (context) => {
    const { query, services } = context;
    const { directory, history } = services;
    const moves = query.kind === undefined ? undefined : [FundMoveCode[query.kind]];
    const filter = { moves, assets: assetsOf(directory, query.symbol), ...timesOf(query) };
    const rows = await readPage(context, query, (page) => history.fundMoves(filter, page));
    return rows.map(({ seq, ix, move, asset, amountAtoms, timeMicros }) => ({
      id: `${seq}-${ix}`,
      timestamp: writeIso(timeMicros),
      kind: FundMoveKind.parse(nameOf(FundMoveCode, move)),
      symbol: directory.assetAt(asset).symbol,
      quantity: writeAmount(directory.assetAt(asset), amountAtoms),
    }));
  },
});
