/** `GET /api/v1/borrowLend/apy`. */
import { ApiError } from '../../errors/api-error.ts';
import { ApyRates } from '../../schemas/borrow-lend-markets.ts';
import { BorrowLendApyQuery } from '../../schemas/capital-requests.ts';
import type { VenueDirectory } from '../../venue/directory.ts';
import { writeFigure } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

const DIGITS = 12;

/** Lists the yearly rates of all pools; the fee tier changes none of them. */
export const borrowLendApy = definePublicRoute({
  route: 'GET /api/v1/borrowLend/apy',
  area: 'Borrow Lend',
  summary: 'Yearly rates of borrowing and lending; the fee tier changes none of them.',
  query: BorrowLendApyQuery,
  body: NO_BODY,
  answer: ApyRates,
  handle: async ({ query, services, setHeader }) => {
    requireTier(services.directory, query.tierId);
    setHeader('Cache-Control', 'public, max-age=1');
    const pools = await services.marketData.figures.pools();
    const borrowLend = pools.map(({ asset, borrowRate, lendRate }) => ({
      symbol: services.directory.assetAt(asset).symbol,
      borrowRate: writeFigure(borrowRate, DIGITS),
      lendRate: writeFigure(lendRate, DIGITS),
    }));
    return { borrowLend, staking: [] };
  },
});

function requireTier({ genesis }: VenueDirectory, tierId: number | undefined): void {
  const tiers = genesis.feeTiers.length;
  if (tierId === undefined || tierId < tiers) return;
  throw new ApiError('INVALID_RANGE', `\`tierId\` is ${tierId}: this venue has the fee tiers 0 .. ${tiers - 1}.`);
}
