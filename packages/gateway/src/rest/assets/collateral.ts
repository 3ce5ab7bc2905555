/** `GET /api/v1/collateral`. */
import { z } from 'zod';
import { CollateralSummary } from '../../schemas/assets.ts';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';
import { marginFunctionAnswer, weightFunctionAnswer } from './margin-functions.ts';

/** Lists how assets count as collateral and as debts. */
export const collateral = definePublicRoute({
  route: 'GET /api/v1/collateral',
  area: 'Assets',
  summary: 'How assets count as collateral and as debts.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(CollateralSummary),
  handle: ({ services, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=60');
    return services.directory.assets.map(({ symbol, listing }) => ({
      symbol,
      imfFunction: marginFunctionAnswer(listing.borrowImf),
      mmfFunction: marginFunctionAnswer(listing.borrowMmf),
      haircutFunction: weightFunctionAnswer(listing.weight),
    }));
  },
});
