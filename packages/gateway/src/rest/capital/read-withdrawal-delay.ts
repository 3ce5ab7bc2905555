/** `GET /wapi/v1/capital/withdrawals/delay`. */
import { WithdrawalDelay } from '../../schemas/capital-answers.ts';
import { delayAnswer } from '../../venue/withdrawal-delay-text.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Tells the waiting time of withdrawals. */
export const readWithdrawalDelay = defineSignedRoute({
  route: 'GET /wapi/v1/capital/withdrawals/delay',
  area: 'Capital',
  summary: 'How long withdrawals of the account wait before they leave.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: WithdrawalDelay,
  handle: async ({ services, caller }) => delayAnswer(await services.engine.ask('account', { account: caller.account })),
});
