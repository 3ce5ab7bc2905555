/** An asset as the engine holds it: its listing in engine units, its prices and its pool. */
import type { AssetListing } from '@mochila/protocol';
import { MICROS_PER_SECOND } from '@mochila/units';
import { createPool, type Pool } from './lending/pool.ts';
import { powerOfTen } from './power-of-ten.ts';
import { type AssetPrice, createAssetPrice } from './pricing/asset-price.ts';

/** A listed asset: what the genesis fixed, its prices, its pool, its totals. */
export interface Asset {
  readonly ix: number;
  readonly symbol: string;
  listing: AssetListing;
  /** Atoms per unit, 10^decimals. */
  readonly unitAtoms: number;
  price: AssetPrice;
  /** null when the asset cannot be lent or borrowed. */
  pool: Pool | null;
  /** Free cash of all accounts, exact, with changes not yet folded (ledger/free-cash.ts). */
  freeAtoms: bigint;
  freePending: number;
  /** What the outside world has put in less what it took out: the custody identity's left side. */
  custodyAtoms: bigint;
  /** Open settlement epoch's difference; zero outside an epoch (INV-13). USDC only. */
  clearingAtoms: number;
  /** Net change of free + lent - debt + clearing - custody in the running frame; zero at its close (INV-01). */
  frameNet: number;
  /** Net change of free cash less custody's in the running frame: what it takes out of the pool, judged once at its close. */
  frameCash: number;
  /** Cash taken by the epoch's frames so far, kept while clearing is not zero (ledger/free-credits.ts). */
  clearingCash: number;
  /** True when the running frame moved the clearing counter. */
  isClearingMoved: boolean;
  /** What interest and averages are counted to, a whole second; the same for every asset. */
  accruedAtMicros: number;
  /** One-day average of free + lent of all accounts, in atoms as a double, for the daily guard of deposits. */
  averageDeposits: number;
}

/** Makes a listed asset without any amount. @param sources - price sources of the venue. */
export function createAsset(ix: number, listing: AssetListing, sources: number, nowMicros: number): Asset {
  return {
    ix,
    symbol: listing.symbol,
    listing,
    unitAtoms: powerOfTen(listing.decimals),
    price: createAssetPrice(sources),
    pool: listing.pool === null ? null : createPool(listing.pool),
    freeAtoms: 0n,
    freePending: 0,
    custodyAtoms: 0n,
    clearingAtoms: 0,
    frameNet: 0,
    frameCash: 0,
    clearingCash: 0,
    isClearingMoved: false,
    accruedAtMicros: Math.floor(nowMicros / MICROS_PER_SECOND) * MICROS_PER_SECOND,
    averageDeposits: 0,
  };
}
