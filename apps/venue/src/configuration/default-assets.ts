/** Default listings of assets (accounts rules 5, lending rules 2 and 3). */
import { defaultPool, type PoolGroup } from '@mochila/core';
import type { AssetListing, MarginFunction, PoolListing, TokenListing, WeightFunction } from '@mochila/protocol';
import { ASSET_FACTS, type AssetFacts } from './asset-facts.ts';

const OPEN_BORROW_LEND_LIMIT_USD = 1e9;
/** What a new sandbox account is given, and what the faucet gives an account of it per day. */
const GRANTS: Readonly<Record<string, string>> = { USDC: '100000', BTC: '2', ETH: '20', SOL: '500' };
/** The daily bound of what is not granted. */
const FAUCET_DAILY_USD = 50_000;

/** Lists the assets of the default venue. */
export function defaultAssets(): AssetListing[] {
  return ASSET_FACTS.map(listAsset);
}

function listAsset(facts: AssetFacts): AssetListing {
  const { symbol, name, group, decimals, redemption } = facts;
  const isUsdc = symbol === 'USDC';
  const grant = GRANTS[symbol];
  return {
    symbol,
    displayName: name,
    decimals,
    weight: weightOf(facts),
    borrowImf: flat(isUsdc ? 0.1 : 0.2),
    borrowMmf: flat(isUsdc ? 0.06 : 0.12),
    pool: poolOf(facts),
    redemption: redemption === null ? null : { ...redemption },
    stepPerSecond: group === 'major' ? 0.005 : 0.01,
    tokens: facts.blockchains.map((blockchain) => tokenOf(facts, blockchain)),
    faucetGrant: grant ?? '0',
    faucetDaily: grant ?? worthUsd(facts, FAUCET_DAILY_USD),
  };
}

function flat(base: number): MarginFunction {
  return { base, factor: 0 };
}

function weightOf({ symbol, group }: AssetFacts): WeightFunction {
  const weight = { USDC: 1, USDT: 0.99, BTC: 0.95, ETH: 0.95, SOL: 0.9 }[symbol];
  if (weight !== undefined) return { kind: 'identity', weight };
  return { kind: 'inverseSqrt', weight: group === 'new' ? 0.6 : 0.85, base: 1.1, penalty: 0.0003 };
}

function poolOf(facts: AssetFacts): PoolListing {
  return { ...defaultPool(poolGroupOf(facts.symbol)), openBorrowLendLimit: worthUsd(facts, OPEN_BORROW_LEND_LIMIT_USD) };
}

function poolGroupOf(symbol: string): PoolGroup {
  if (symbol === 'USDC') return 'dollar';
  return symbol === 'BTC' || symbol === 'ETH' ? 'major' : 'other';
}

function tokenOf(facts: AssetFacts, blockchain: string): TokenListing {
  return {
    blockchain,
    contractAddress: null,
    minimumDeposit: worthUsd(facts, 1),
    minimumWithdrawal: worthUsd(facts, 5),
    withdrawalFee: worthUsd(facts, 0.5),
    nativeDecimals: facts.decimals,
  };
}

/** The amount of an asset that was worth `usd` at the beginning, as one digit and noughts: plain decimal text. */
function worthUsd({ startPrice, decimals }: AssetFacts, usd: number): string {
  const amount = Number((usd / startPrice).toPrecision(1));
  return amount
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
