/** `GET /api/v1/assets`. */
import type { TokenListing } from '@mochila/protocol';
import { z } from 'zod';
import { MarketAsset, type Token } from '../../schemas/assets.ts';
import { AssetsQuery } from '../../schemas/market-requests.ts';
import { Blockchain } from '../../schemas/money-enums.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Lists assets and the chains they live on. */
export const assets = definePublicRoute({
  route: 'GET /api/v1/assets',
  area: 'Assets',
  summary: 'Assets and the chains they live on.',
  query: AssetsQuery,
  body: NO_BODY,
  answer: z.array(MarketAsset),
  handle: ({ services, setHeader }) => {
    setHeader('Cache-Control', 'public, max-age=60');
    return services.directory.assets.map(assetAnswer);
  },
});

function assetAnswer({ symbol, listing }: AssetEntry): MarketAsset {
  const { displayName, tokens } = listing;
  return { symbol, displayName, coingeckoId: null, tokens: tokens.map((token) => tokenAnswer(displayName, token)) };
}

function tokenAnswer(displayName: string, token: TokenListing): Token {
  return {
    displayName,
    blockchain: Blockchain.parse(token.blockchain),
    contractAddress: token.contractAddress,
    depositEnabled: true,
    minimumDeposit: token.minimumDeposit,
    withdrawEnabled: true,
    minimumWithdrawal: token.minimumWithdrawal,
    maximumWithdrawal: null,
    withdrawalFee: token.withdrawalFee,
    nativeDecimals: token.nativeDecimals,
  };
}
