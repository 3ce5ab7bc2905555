/** Assets and how they count as collateral. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import { CollateralFunction, PositionImfFunction } from './functions.ts';
import * as moneyEnums from './money-enums.ts';
import { AssetSymbol } from './scalars.ts';

/** An asset on one chain. */
export const Token = define(
  'Token',
  'An asset on one chain.',
  z.strictObject({
    displayName: str('Name for people.', 'Solana'),
    blockchain: moneyEnums.Blockchain,
    contractAddress: orNull(str('Contract of the asset; null for a native one.', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')),
    depositEnabled: bool('Whether deposits are taken.'),
    minimumDeposit: dec('Smallest deposit.'),
    withdrawEnabled: bool('Whether withdrawals are sent.'),
    minimumWithdrawal: dec('Smallest withdrawal.'),
    maximumWithdrawal: orNull(dec('Largest withdrawal; null without a bound.')),
    withdrawalFee: dec('Fee of a withdrawal.'),
    nativeDecimals: orNull(int('Decimals on the chain.', 1)),
  }),
);
/** An asset on one chain. */
export type Token = z.infer<typeof Token>;

/** An asset and the chains it lives on. */
export const MarketAsset = define(
  'MarketAsset',
  'An asset and the chains it lives on.',
  z.strictObject({
    symbol: AssetSymbol,
    displayName: str('Name for people.', 'Solana'),
    coingeckoId: orNull(str('Id at CoinGecko.', 'solana')),
    tokens: z.array(Token),
  }),
);
/** An asset and the chains it lives on. */
export type MarketAsset = z.infer<typeof MarketAsset>;

/** How an asset counts as collateral and as a debt. */
export const CollateralSummary = define(
  'CollateralSummary',
  'How an asset counts as collateral and as a debt.',
  z.strictObject({
    symbol: AssetSymbol,
    imfFunction: PositionImfFunction,
    mmfFunction: PositionImfFunction,
    haircutFunction: CollateralFunction,
  }),
);
/** How an asset counts as collateral and as a debt. */
export type CollateralSummary = z.infer<typeof CollateralSummary>;
