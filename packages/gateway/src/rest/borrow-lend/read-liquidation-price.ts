/** `GET /api/v1/borrowLend/position/liquidationPrice`. */
import { PositionEstimatedLiquidationPrice } from '../../schemas/borrow-lend-answers.ts';
import { BorrowLiquidationPriceQuery } from '../../schemas/capital-requests.ts';
import { requireOwnSubaccount } from '../../venue/own-subaccount.ts';
import { writeFigure } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Tells at which price of a borrowed asset the account would be liquidated. */
export const readLiquidationPrice = defineSignedRoute({
  route: 'GET /api/v1/borrowLend/position/liquidationPrice',
  area: 'Borrow Lend',
  summary: 'Price of a borrowed asset at which the account would be liquidated, all others unchanged; 0 when there is none.',
  permission: 'read',
  query: BorrowLiquidationPriceQuery,
  body: NO_BODY,
  answer: PositionEstimatedLiquidationPrice,
  handle: async ({ query, services, caller }) => {
    await requireOwnSubaccount(services, caller, query.subaccountId);
    const asset = services.directory.asset(query.borrow);
    const answer = await services.engine.ask('borrowLiquidationPrice', { account: caller.account, asset: asset.ix });
    return { liquidationPrice: writeFigure(answer.liquidationPrice), markPrice: writeFigure(answer.markPrice) };
  },
});
