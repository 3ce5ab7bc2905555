/** `GET /api/v1/subaccounts`. */
import { z } from 'zod';
import { Subaccount } from '../../schemas/own-answers.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Lists the accounts of the user. */
export const readSubaccounts = defineSignedRoute({
  route: 'GET /api/v1/subaccounts',
  area: 'Account',
  summary: 'Accounts of the user, the main one first.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(Subaccount),
  handle: async ({ services, caller }) => {
    const accounts = await services.engine.ask('subaccounts', { user: caller.user });
    return accounts.map(({ subIndex, account }) => ({ subaccountId: subIndex, accountId: account }));
  },
});
