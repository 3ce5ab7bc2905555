/** `POST /api/v1/subaccounts`. */
import { commands } from '@mochila/protocol';
import { SubaccountCreatePayload } from '../../schemas/account-requests.ts';
import { Subaccount } from '../../schemas/own-answers.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Opens a further account of the user. */
export const createSubaccount = defineSignedRoute({
  route: 'POST /api/v1/subaccounts',
  area: 'Account',
  summary: 'Opens a further account of the same user; needs a key with all permissions.',
  description: 'POST /api/v1/keys makes a key for it.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: SubaccountCreatePayload,
  answer: Subaccount,
  handle: async (context) => {
    const fields = { ...commands.createSubaccount.defaults, ...headerOf(context) };
    const { result } = await carryOut(context, { command: { name: 'createSubaccount', fields }, about: {} });
    const [accountId = -1] = result;
    const { subIndex } = await context.services.engine.ask('account', { account: accountId });
    return { subaccountId: subIndex, accountId };
  },
});
