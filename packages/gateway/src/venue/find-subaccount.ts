/** Accounts of one user by their index. */
import type { AccountAnswer } from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import type { CallerContext } from './carry-out.ts';

/**
 * Finds an account of the caller's user.
 *
 * @param subaccountId index among the accounts of the user; the account of the key when undefined
 * @throws ApiError RESOURCE_NOT_FOUND
 */
export async function findSubaccount({ services, caller }: CallerContext, subaccountId: number | undefined): Promise<AccountAnswer> {
  const accounts = await services.engine.ask('subaccounts', { user: caller.user });
  const found = accounts.find(({ account, subIndex }) =>
    subaccountId === undefined ? account === caller.account : subIndex === subaccountId,
  );
  if (found !== undefined) return found;
  throw new ApiError('RESOURCE_NOT_FOUND', `Subaccount ${subaccountId} Not Found: GET /api/v1/subaccounts lists yours.`);
}
