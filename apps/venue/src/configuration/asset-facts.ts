/** What the default venue lists: facts of each asset, from which listings, markets and the simulated world are made. */

/** How well known an asset is: decides its margins, weight, bands and limits (accounts rules 5, perpetuals rules 2 and 6). */
export type AssetGroup = 'dollar' | 'major' | 'other' | 'new';

/** Everything particular to one asset of the default venue. */
export interface AssetFacts {
  readonly symbol: string;
  readonly name: string;
  readonly group: AssetGroup;
  /** Ledger decimals: fewer where the supply is huge, since an account holds at most 2^53 atoms. */
  readonly decimals: number;
  readonly blockchains: readonly string[];
  /** USD at the beginning of the simulated world. */
  readonly startPrice: number;
  /** Tick and lot of its markets; none for the settlement asset. */
  readonly tickSize: string;
  readonly lotSize: string;
  /** Whether a perpetual on it is listed. */
  readonly hasPerp: boolean;
  /** A year's volatility, and the share in the moves of the market; for the dollar the deviation from 1. */
  readonly volatility: number;
  readonly beta: number;
  /** Redeemable for another asset at this rate. */
  readonly redemption: { readonly underlying: string; readonly rate: string } | null;
}

type Row = [
  symbol: string,
  name: string,
  group: AssetGroup,
  decimals: number,
  blockchains: string,
  startPrice: number,
  tickSize: string,
  lotSize: string,
  hasPerp: boolean,
  volatility: number,
  beta: number,
  redemption?: AssetFacts['redemption'],
];

const ROWS: readonly Row[] = [
  ['USDC', 'USD Coin', 'dollar', 6, 'Solana Ethereum Base', 1, '', '', false, 0, 0],
  ['USDT', 'Tether', 'dollar', 6, 'Ethereum Tron Solana', 1, '0.0001', '0.01', false, 0.0003, 0],
  ['BTC', 'Bitcoin', 'major', 8, 'Bitcoin', 95_000, '0.1', '0.00001', true, 0.5, 1],
  ['ETH', 'Ether', 'major', 8, 'Ethereum Base Arbitrum', 3_300, '0.01', '0.0001', true, 0.7, 1.3],
  ['SOL', 'Solana', 'major', 8, 'Solana', 165, '0.01', '0.01', true, 0.9, 1.5],
  ['XRP', 'XRP', 'other', 4, 'XRP', 2.2, '0.0001', '0.1', true, 0.85, 1.3],
  ['BNB', 'BNB', 'other', 7, 'Bsc', 650, '0.01', '0.001', true, 0.6, 1],
  ['DOGE', 'Dogecoin', 'other', 4, 'Dogecoin', 0.2, '0.00001', '1', true, 1, 1.6],
  ['ADA', 'Cardano', 'other', 5, 'Cardano', 0.7, '0.00001', '1', true, 0.95, 1.5],
  ['SUI', 'Sui', 'other', 5, 'Sui', 3.2, '0.0001', '0.1', true, 1.1, 1.7],
  ['AVAX', 'Avalanche', 'other', 6, 'Avalanche', 24, '0.001', '0.01', true, 1, 1.6],
  ['LINK', 'Chainlink', 'other', 6, 'Ethereum', 16, '0.001', '0.01', true, 0.95, 1.5],
  ['LTC', 'Litecoin', 'other', 8, 'Litecoin', 95, '0.01', '0.001', true, 0.8, 1.2],
  ['APT', 'Aptos', 'other', 6, 'Aptos', 5, '0.0001', '0.1', true, 1.05, 1.6],
  ['ARB', 'Arbitrum', 'other', 5, 'Arbitrum', 0.4, '0.00001', '1', true, 1.05, 1.6],
  ['OP', 'Optimism', 'other', 6, 'Optimism', 0.7, '0.00001', '1', true, 1.1, 1.7],
  ['JUP', 'Jupiter', 'other', 6, 'Solana', 0.5, '0.00001', '1', true, 1.2, 1.7],
  ['BONK', 'Bonk', 'other', 2, 'Solana', 0.00002, '0.000000001', '1000', true, 1.4, 2],
  ['JTO', 'Jito', 'new', 6, 'Solana', 2, '0.0001', '0.1', true, 1.3, 1.7],
  ['MSOL', 'Marinade staked SOL', 'other', 8, 'Solana', 214.5, '0.01', '0.01', false, 0.9, 1.5, { underlying: 'SOL', rate: '1.3' }],
  ['WSTETH', 'Wrapped staked ETH', 'other', 8, 'Ethereum', 3_993, '0.01', '0.0001', false, 0.7, 1.3, { underlying: 'ETH', rate: '1.21' }],
];

/** The assets of the default venue, in the order of their index. */
export const ASSET_FACTS: readonly AssetFacts[] = ROWS.map(
  ([symbol, name, group, decimals, blockchains, startPrice, tickSize, lotSize, hasPerp, volatility, beta, redemption = null]) => ({
    symbol,
    name,
    group,
    decimals,
    blockchains: blockchains.split(' '),
    startPrice,
    tickSize,
    lotSize,
    hasPerp,
    volatility,
    beta,
    redemption,
  }),
);
