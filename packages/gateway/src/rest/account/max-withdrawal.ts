/** `GET /api/v1/account/limits/withdrawal`. */
import { MaxWithdrawalQuantity } from '../../schemas/account-answers.ts';
import { MaxWithdrawalQuery } from '../../schemas/account-requests.ts';
import { writeAmount } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Tells how much of an asset can leave the account. */
export const maxWithdrawal = defineSignedRoute({
  route: 'GET /api/v1/account/limits/withdrawal',
  area: 'Account',
  summary: 'How much of an asset can leave the account now, the fee included.',
  permission: 'read',
  query: MaxWithdrawalQuery,
  body: NO_BODY,
  answer: MaxWithdrawalQuantity,
  handle: async ({ query, services, caller }) => {
    const asset = services.directory.asset(query.symbol);
    const { quantity } = await services.engine.ask('maxWithdrawal', {
      account: caller.account,
      asset: asset.ix,
      autoBorrow: query.autoBorrow ?? false,
      autoLendRedeem: query.autoLendRedeem ?? true,
    });
    return {
      autoBorrow: query.autoBorrow ?? null,
      autoLendRedeem: query.autoLendRedeem ?? null,
      maxWithdrawalQuantity: writeAmount(asset, quantity),
      symbol: asset.symbol,
    };
  },
});
