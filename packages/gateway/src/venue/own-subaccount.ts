/** A key acts for one account; a request may name that account by its index, and no other. */
import { ApiError } from '../errors/api-error.ts';
import type { Caller } from '../rest/route.ts';
import type { GatewayServices } from '../services.ts';

/**
 * Makes sure that a named account is the one of the key.
 *
 * @param subaccountId index among the accounts of the user, or undefined when none was named
 * @returns the index of the key's account
 * @throws ApiError FORBIDDEN when another was named
 */
export async function requireOwnSubaccount(
  { engine }: Pick<GatewayServices, 'engine'>,
  caller: Caller,
  subaccountId: number | undefined,
): Promise<number> {
  const { subIndex } = await engine.ask('account', { account: caller.account });
  if (subaccountId === undefined || subaccountId === subIndex) return subIndex;
  throw new ApiError(
    'FORBIDDEN',
    `This key is for subaccount ${subIndex}, not ${subaccountId}: sign with a key of that one; POST /api/v1/keys makes it.`,
  );
}
