/** `GET /api/v1/capital`. */

import { availableAtoms } from '@mochila/projections';
import type { HoldingAnswer } from '@mochila/protocol';
import { z } from 'zod';
import { Balance } from '../../schemas/capital-answers.ts';
import { AssetSymbol } from '../../schemas/scalars.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { writeAmount } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Lists the balances of the account. */
export const readBalances = defineSignedRoute({
  route: 'GET /api/v1/capital',
  area: 'Capital',
  summary: 'Balances by asset; what is lent counts as available.',
  description: 'Debts are in GET /api/v1/borrowLend/positions.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.record(AssetSymbol, Balance),
  handle: async ({ services, caller }) => {
    const holdings = await services.engine.ask('holdings', { account: caller.account });
    const owned = holdings.filter(({ freeAtoms, lentAtoms, heldAtoms }) => freeAtoms > 0 || lentAtoms > 0 || heldAtoms > 0);
    return Object.fromEntries(
      owned.map((holding) => {
        const asset = services.directory.assetAt(holding.asset);
        return [asset.symbol, balanceOf(asset, holding)];
      }),
    );
  },
});

function balanceOf(asset: AssetEntry, holding: HoldingAnswer): Balance {
  return {
    available: writeAmount(asset, availableAtoms(holding)),
    locked: writeAmount(asset, holding.heldAtoms),
    staked: '0',
  };
}
