/** The chains of an asset. */
import type { TokenListing } from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import type { AssetEntry } from './directory.ts';

/** The token of an asset on a blockchain. @throws ApiError INVALID_ASSET with those there are. */
export function findToken(asset: AssetEntry, blockchain: string): TokenListing {
  const { tokens } = asset.listing;
  const token = tokens.find((candidate) => candidate.blockchain === blockchain);
  if (token !== undefined) return token;
  const names = tokens.map((candidate) => candidate.blockchain).join(', ') || 'no blockchain';
  throw new ApiError('INVALID_ASSET', `${asset.symbol} does not exist on ${blockchain} here: it is on ${names}.`);
}
