/** `PATCH /wapi/v1/capital/withdrawals/delay`. */
import { ApiError } from '../../errors/api-error.ts';
import { WithdrawalDelay } from '../../schemas/capital-answers.ts';
import { UpdateWithdrawalDelayRequest } from '../../schemas/capital-requests.ts';
import { delayAnswer, hasDelay, setDelay } from '../../venue/withdrawal-delay-text.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Changes the withdrawal delay. */
export const updateWithdrawalDelay = defineSignedRoute({
  route: 'PATCH /wapi/v1/capital/withdrawals/delay',
  area: 'Capital',
  summary: 'Changes the waiting time of withdrawals: longer at once, shorter after the old one has passed.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: UpdateWithdrawalDelayRequest,
  answer: WithdrawalDelay,
  handle: async (context) => {
    const { body, services, caller } = context;
    const { account } = caller;
    const before = await services.engine.ask('account', { account });
    if (!hasDelay(before)) return new ApiError('RESOURCE_NOT_FOUND', 'Withdrawal Delay Not Found: POST sets a first one.');
    await setDelay(context, body.withdrawalDelayHours);
    return delayAnswer(await services.engine.ask('account', { account }));
  },
});
