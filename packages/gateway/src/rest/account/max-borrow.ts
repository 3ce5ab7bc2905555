/** `GET /api/v1/account/limits/borrow`. */
import { MaxBorrowQuantity } from '../../schemas/account-answers.ts';
import { MaxBorrowQuery } from '../../schemas/account-requests.ts';
import { writeAmount } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Tells how much of an asset the account can borrow. */
export const maxBorrow = defineSignedRoute({
  route: 'GET /api/v1/account/limits/borrow',
  area: 'Account',
  summary: 'How much of an asset the account can borrow now.',
  permission: 'read',
  query: MaxBorrowQuery,
  body: NO_BODY,
  answer: MaxBorrowQuantity,
  handle: async ({ query, services, caller }) => {
    const asset = services.directory.asset(query.symbol);
    const { quantity } = await services.engine.ask('maxBorrow', { account: caller.account, asset: asset.ix });
    return { maxBorrowQuantity: writeAmount(asset, quantity), symbol: asset.symbol };
  },
});
