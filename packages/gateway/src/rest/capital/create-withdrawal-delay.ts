/** `POST /wapi/v1/capital/withdrawals/delay`. */
import { ApiError } from '../../errors/api-error.ts';
import { CreateWithdrawalDelayRequest } from '../../schemas/capital-requests.ts';
import { hasDelay, setDelay } from '../../venue/withdrawal-delay-text.ts';
import { defineSignedRoute, NO_ANSWER, NO_QUERY } from '../route.ts';

const CONFLICT = 409;

/** Sets a first withdrawal delay. */
export const createWithdrawalDelay = defineSignedRoute({
  route: 'POST /wapi/v1/capital/withdrawals/delay',
  area: 'Capital',
  summary: 'Sets a first waiting time of withdrawals.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: CreateWithdrawalDelayRequest,
  answer: NO_ANSWER,
  format: 'empty',
  handle: async (context) => {
    const { body, services, caller } = context;
    const account = await services.engine.ask('account', { account: caller.account });
    // A repeated request is the engine's to answer: the delay it finds is its own.
    const isRepeatable = caller.idempotency.hi !== 0 || caller.idempotency.lo !== 0;
    if (hasDelay(account) && !isRepeatable) {
      const message = `A withdrawal delay of ${account.withdrawalDelayHours} h is set already: change it with PATCH.`;
      return new ApiError('PRECONDITION_FAILED', message, { status: CONFLICT });
    }
    await setDelay(context, body.withdrawalDelayHours);
    return undefined;
  },
});
