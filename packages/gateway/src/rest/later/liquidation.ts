/** Routes about liquidation beyond the flag: stress. Not offered yet. */
import { AccountStressQuery } from '../../schemas/account-requests.ts';
import { AccountStress } from '../../schemas/own-answers.ts';
import { defineSignedRoute, NO_BODY, type Route } from '../route.ts';
import { notOffered } from './not-offered.ts';

const readStress = defineSignedRoute({
  route: 'GET /api/v1/account/stress',
  area: 'Account',
  summary: 'The account after a move of prices.',
  permission: 'read',
  query: AccountStressQuery,
  body: NO_BODY,
  answer: AccountStress,
  handle: () => notOffered('stress tests', 'GET /api/v1/position shows estimated liquidation prices.'),
});

/** Routes about liquidation. */
export const LIQUIDATION_ROUTES: readonly Route[] = [readStress];
