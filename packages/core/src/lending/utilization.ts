/**
 * Utilisation and rates of a pool.
 *
 * In an open settlement epoch clearing stands between the sides: what it holds is as good as lent, what it still has to
 * collect is as good as borrowed.
 */
import { borrowRateUp, divBigDown, divBigUp, lendRateDown, type RateCurve, utilizationUp } from '@mochila/math';
import type { PoolListing } from '@mochila/protocol';
import { type Ppm, ppm } from '@mochila/units';
import type { Asset } from '../assets.ts';
import type { Pool } from './pool.ts';
import { borrowedTotalOf, foldPool, lentTotalOf } from './pool-totals.ts';

const MILLION = 1_000_000;

/** Share of the pool that is borrowed: total borrowed / total lent, 0 when nothing is lent. A double, for policy and display. */
export function utilizationOf(pool: Pool): number {
  const lent = lentTotalOf(pool);
  return lent > 0 ? borrowedTotalOf(pool) / lent : 0;
}

/** Rates of the pool now, a year's fraction each. */
export function ratesOf(pool: Pool): { borrowRate: number; lendRate: number } {
  const borrowRate = scaledBorrowRate(pool);
  const lendRate = lendRateDown(borrowRate, scaledUtilization(pool), feePpmOf(pool.listing));
  return { borrowRate: Number(borrowRate) / 1e18, lendRate: Number(lendRate) / 1e18 };
}

/** Borrow rate now, a year's fraction scaled 1e18. */
export function scaledBorrowRate(pool: Pool): bigint {
  return borrowRateUp(scaledUtilization(pool), curveOf(pool.listing));
}

/** The venue's share of interest in millionths. */
export function feePpmOf(listing: PoolListing): Ppm {
  return toPpm(listing.fee);
}

/** Atoms that must be lent more (or borrowed less) for the pool to be within maxUtilization; 0 or less when it is. Exact, rounded up. */
export function excessOf(asset: Asset, pool: Pool): number {
  foldPool(pool);
  const { lent, borrowed } = judgedTotals(asset, pool);
  return Number(divBigUp(borrowed * BigInt(MILLION), BigInt(toPpm(pool.listing.maxUtilization))) - lent);
}

/** Atoms of cash that can leave the pool within maxUtilization; negative when it is beyond. */
export function spareOf(asset: Asset, pool: Pool): number {
  return -excessOf(asset, pool);
}

/** Atoms that can be borrowed more within maxUtilization; negative when the pool is beyond. Exact, rounded down. */
export function borrowableOf(asset: Asset, pool: Pool): number {
  foldPool(pool);
  const { lent, borrowed } = judgedTotals(asset, pool);
  return Number(divBigDown(lent * BigInt(toPpm(pool.listing.maxUtilization)), BigInt(MILLION)) - borrowed);
}

function judgedTotals(asset: Asset, pool: Pool): { lent: bigint; borrowed: bigint } {
  const clearing = BigInt(asset.clearingAtoms);
  const borrowed = pool.borrowedAtoms > 0n ? pool.borrowedAtoms : 0n;
  return clearing >= 0n ? { lent: pool.lentAtoms + clearing, borrowed } : { lent: pool.lentAtoms, borrowed: borrowed - clearing };
}

function scaledUtilization(pool: Pool): bigint {
  foldPool(pool);
  return utilizationUp(pool.borrowedAtoms > 0n ? pool.borrowedAtoms : 0n, pool.lentAtoms);
}

function curveOf(listing: PoolListing): RateCurve {
  return {
    utilizationOptimal: toPpm(listing.uOpt),
    rateMin: toPpm(listing.rMin),
    rateOptimal: toPpm(listing.rOpt),
    rateMax: toPpm(listing.rMax),
  };
}

function toPpm(fraction: number): Ppm {
  return ppm(Math.round(fraction * MILLION));
}
