/** `GET /api/v1/borrowLend/markets`. */
import { nameOf, type PoolAnswer, type PoolListing, PoolState } from '@mochila/protocol';
import { z } from 'zod';
import { BorrowLendMarket } from '../../schemas/borrow-lend-markets.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { writeAmount, writeFigure, writeIso } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

const DIGITS = 12;

/** Lists lending pools. */
export const borrowLendMarkets = definePublicRoute({
  route: 'GET /api/v1/borrowLend/markets',
  area: 'Borrow Lend',
  summary: 'Lending pools.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(BorrowLendMarket),
  handle: async ({ services, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=1');
    const { directory, marketData } = services;
    const timestamp = `${writeIso(marketData.timeMicros)}Z`;
    const pools = await marketData.figures.pools();
    return pools.flatMap((pool) => {
      const asset = directory.assetAt(pool.asset);
      const { pool: listing } = asset.listing;
      return listing === null ? [] : [poolAnswer(asset, listing, pool, timestamp)];
    });
  },
});

function poolAnswer(asset: AssetEntry, listing: PoolListing, pool: PoolAnswer, timestamp: string): BorrowLendMarket {
  const fraction = (value: number): string => writeFigure(value, DIGITS);
  return {
    state: nameOf(PoolState, pool.poolState),
    assetMarkPrice: writeFigure(pool.markPrice),
    borrowInterestRate: fraction(pool.borrowRate),
    borrowedQuantity: writeAmount(asset, pool.borrowedAtoms),
    fee: fraction(listing.fee),
    lendInterestRate: fraction(pool.lendRate),
    lentQuantity: writeAmount(asset, pool.lentAtoms),
    maxUtilization: fraction(listing.maxUtilization),
    openBorrowLendLimit: listing.openBorrowLendLimit,
    optimalUtilization: fraction(listing.uOpt),
    symbol: asset.symbol,
    timestamp,
    throttleUtilizationThreshold: fraction(listing.throttleThreshold),
    throttleUtilizationBound: fraction(pool.throttleBound),
    throttleUpdateFraction: fraction(listing.throttleFraction),
    utilization: fraction(pool.utilization),
    stepSize: writeAmount(asset, 1),
  };
}
