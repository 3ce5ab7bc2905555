/** `GET /api/v1/position`. */

import { type PositionUpdate, positionUpdateOf } from '@mochila/projections';
import { events, type PositionAnswer } from '@mochila/protocol';
import { z } from 'zod';
import { FuturePositionWithMargin } from '../../schemas/position-answers.ts';
import { PositionQuery } from '../../schemas/position-requests.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { marginFunctionAnswer } from '../../venue/function-text.ts';
import { writeAmount, writeFigure, writePrice, writeQuantity, writeTicks } from '../../venue/write-decimals.ts';
import { type Caller, defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists the open positions of the account. */
export const readPositions = defineSignedRoute({
  route: 'GET /api/v1/position',
  area: 'Position',
  summary: 'Open perpetual positions with their margin.',
  permission: 'read',
  query: PositionQuery,
  body: NO_BODY,
  answer: z.array(FuturePositionWithMargin),
  handle: async ({ query, services, caller }) => {
    const { directory, engine } = services;
    const only = query.symbol === undefined ? null : directory.market(query.symbol);
    const { account } = caller;
    const [positions, { subIndex }] = await Promise.all([engine.ask('positions', { account }), engine.ask('account', { account })]);
    return positions
      .filter(({ market }) => only === null || market === only.ix)
      .filter(({ market }) => query.marketType === undefined || directory.marketAt(market).listing.type === query.marketType)
      .map((position) => positionAnswer(directory.marketAt(position.market), position, caller, subIndex));
  },
});

function positionAnswer(
  market: MarketEntry,
  position: PositionAnswer,
  caller: Caller,
  subaccountId: number,
): z.input<typeof FuturePositionWithMargin> {
  const { perp } = market.listing;
  if (perp === null) throw new Error(`${market.symbol} holds a position and is no perpetual`);
  const { quote } = market;
  const { entryTicks, breakEvenTicks } = averagesOf(position, market);
  return {
    breakEvenPrice: breakEvenTicks === null ? '0' : writeTicks(market, breakEvenTicks),
    entryPrice: entryTicks === null ? '0' : writeTicks(market, entryTicks),
    estLiquidationPrice: writeTicks(market, position.liquidationPriceTicks),
    imf: writeFigure(position.imf),
    imfFunction: marginFunctionAnswer(perp.imf),
    markPrice: writePrice(market, position.markTicks),
    mmf: writeFigure(position.mmf),
    mmfFunction: marginFunctionAnswer(perp.mmf),
    netCost: writeAmount(quote, position.entryCostAtoms),
    netQuantity: writeQuantity(market, position.sizeLots),
    netExposureQuantity: writeQuantity(market, position.exposureLots),
    netExposureNotional: writeFigure(position.exposureNotional),
    pnlRealized: writeAmount(quote, position.realizedPnlAtoms),
    pnlUnrealized: writeAmount(quote, position.unrealisedPnlAtoms),
    cumulativeFundingPayment: writeAmount(quote, position.fundingAtoms),
    subaccountId,
    symbol: market.symbol,
    userId: caller.user,
    positionId: String(position.positionId),
    cumulativeInterest: '0',
  };
}

function averagesOf(position: PositionAnswer, market: MarketEntry): PositionUpdate {
  const { sizeLots, entryCostAtoms, feesAtoms, fundingAtoms } = position;
  return positionUpdateOf({ ...events.positionChanged.defaults, sizeLots, entryCostAtoms, feesAtoms, fundingAtoms }, market.k);
}
