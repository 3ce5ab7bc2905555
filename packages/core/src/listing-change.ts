/**
 * Which listing may replace the present one of a venue that runs: what money is counted in stays, and everything else keeps
 * every rule of the constitution together with the rest of the venue.
 */
import type { AssetListing, Genesis, MarketListing } from '@mochila/protocol';
import { checkGenesis } from './genesis-rules.ts';
import { type GenesisFault, hasAssetShape, hasMarketShape } from './genesis-shape.ts';

/** An asset's listing that may replace the present one, or null when a rule forbids it, which is added to `problems`. */
export function asAssetChange(genesis: Genesis, value: unknown, problems: GenesisFault[] = []): AssetListing | null {
  if (!hasAssetShape(value, problems)) return null;
  const present = genesis.assets.find(({ symbol }) => symbol === value.symbol);
  if (present === undefined) return refused(problems, 'symbol', value.symbol, 'is that of a listed asset');
  if (present.decimals !== value.decimals) return refused(problems, 'decimals', value.decimals, `stays ${present.decimals}`);
  if ((present.pool === null) !== (value.pool === null))
    return refused(problems, 'pool', value.pool, 'is there when it was, and null when it was');
  const underlying = present.redemption?.underlying;
  if (underlying !== value.redemption?.underlying)
    return refused(problems, 'redemption', value.redemption, underlying === undefined ? 'stays null' : `stays one into ${underlying}`);
  const assets = genesis.assets.map((listing) => (listing === present ? value : listing));
  return keepsRules({ ...genesis, assets }, problems) ? value : null;
}

/** A market's listing that may replace the present one, or null when a rule forbids it, which is added to `problems`. */
export function asMarketChange(genesis: Genesis, value: unknown, problems: GenesisFault[] = []): MarketListing | null {
  if (!hasMarketShape(value, problems)) return null;
  const present = genesis.markets.find(({ symbol }) => symbol === value.symbol);
  if (present === undefined) return refused(problems, 'symbol', value.symbol, 'is that of a listed market');
  for (const name of ['type', 'base', 'quote', 'tickSize', 'lotSize', 'state'] as const)
    if (present[name] !== value[name]) return refused(problems, name, value[name], `stays ${present[name]}`);
  const markets = genesis.markets.map((listing) => (listing === present ? value : listing));
  return keepsRules({ ...genesis, markets }, problems) ? value : null;
}

/**
 * What forbids a listing to replace the present one, for who asks for it; empty when nothing does.
 *
 * @param value - one whole listing, parsed from JSON; with a `type` it is a market, without one an asset.
 * @example listingChangeProblems(genesis, { ...asset, decimals: 9 }) // [{ path: 'decimals', value: 9, rule: 'stays 6' }]
 */
export function listingChangeProblems(genesis: Genesis, value: unknown): GenesisFault[] {
  const problems: GenesisFault[] = [];
  if (typeof value === 'object' && value !== null && 'type' in value) asMarketChange(genesis, value, problems);
  else asAssetChange(genesis, value, problems);
  return problems;
}

function refused(problems: GenesisFault[], path: string, value: unknown, rule: string): null {
  problems.push({ path, value, rule });
  return null;
}

function keepsRules(genesis: Genesis, problems: GenesisFault[]): boolean {
  const broken = checkGenesis(genesis);
  problems.push(...broken);
  return broken.length === 0;
}
