/** Routes about liquidation beyond the flag: backstop providers, stress. Not offered yet. */
import { AccountStressQuery, BackstopUpdatePayload } from '../../schemas/account-requests.ts';
import { AccountStress, Backstop } from '../../schemas/own-answers.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { notOffered } from './not-offered.ts';

const readBackstop = defineSignedRoute({
  route: 'GET /api/v1/backstop',
  area: 'Account',
  summary: 'Whether the account takes over positions in liquidation; nobody does yet.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: Backstop,
  handle: () => ({ enabled: false, maxNotional: null }),
});

const updateBackstop = defineSignedRoute({
  route: 'PUT /api/v1/backstop',
  area: 'Account',
  summary: 'Offers to take over positions in liquidation.',
  permission: 'trade',
  query: NO_QUERY,
  body: BackstopUpdatePayload,
  answer: Backstop,
  handle: () => notOffered('a backstop'),
});

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
export const LIQUIDATION_ROUTES: readonly Route[] = [readBackstop, updateBackstop, readStress];
