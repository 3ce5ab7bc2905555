/** `GET /wapi/v1/capital/deposit/address`. */
import { ApiError } from '../../errors/api-error.ts';
import { DepositAddress } from '../../schemas/capital-answers.ts';
import { DepositAddressQuery } from '../../schemas/capital-requests.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Tells where to send deposits. */
export const readDepositAddress = defineSignedRoute({
  route: 'GET /wapi/v1/capital/deposit/address',
  area: 'Capital',
  summary: 'Address that deposits of the account on a blockchain go to.',
  permission: 'read',
  query: DepositAddressQuery,
  body: NO_BODY,
  answer: DepositAddress,
  handle: ({ query, services, caller }) => {
    const { directory, custodian } = services;
    const { blockchain } = query;
    const isListed = directory.assets.some(({ listing }) => listing.tokens.some((token) => token.blockchain === blockchain));
    const address = isListed ? custodian.depositAddress({ account: caller.account, blockchain }) : null;
    if (address !== null) return { address };
    return new ApiError(
      'INVALID_CLIENT_REQUEST',
      `Nothing can be deposited on ${blockchain} here: GET /api/v1/assets lists the blockchains.`,
    );
  },
});
