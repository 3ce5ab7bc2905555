/** Routes of the interface whose areas this venue does not offer yet: lists are empty, anything else says so. */
import { ApiError } from '../../errors/api-error.ts';

/**
 * The answer to what cannot be done here yet.
 *
 * @param what area in the plural or as a name, such as `RFQ` or `vaults`
 * @param instead what to use meanwhile, when there is something
 */
export function notOffered(what: string, instead = ''): ApiError {
  const advice = instead === '' ? 'nothing was done.' : `nothing was done. ${instead}`;
  return new ApiError('PRECONDITION_FAILED', `This venue does not offer ${what} yet: ${advice}`);
}
