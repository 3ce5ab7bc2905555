/** `GET /api/v1/wallets`. */
import { z } from 'zod';
import { WalletResponse } from '../../schemas/system-answers.ts';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Lists the venue's own wallets: none, since a custodian keeps the assets. */
export const wallets = definePublicRoute({
  route: 'GET /api/v1/wallets',
  area: 'System',
  summary: 'Wallets of the venue.',
  description: 'Empty: a custodian keeps the assets.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(WalletResponse),
  handle: () => [],
});
