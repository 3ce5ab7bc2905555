/** The simulated world of the default venue: how prices move and who watches them. */
import type { PriceWorldSettings, SimulatedAsset, SimulatedSource } from '@mochila/prices-simulated';
import { ASSET_FACTS, type AssetFacts } from './asset-facts.ts';

/** What the simulated price process is made of; assets by symbol. Redeemable assets follow their underlying and are not in it. */
export interface SimulationSettings {
  assets: Record<string, Omit<SimulatedAsset, 'symbol'>>;
  sources: SimulatedSource[];
}

/** What a world of this seed is made of, for `createPriceWorld`. */
export function worldSettings({ assets, sources }: SimulationSettings, seed: number): PriceWorldSettings {
  return { seed, assets: Object.entries(assets).map(([symbol, settings]) => ({ symbol, ...settings })), sources };
}

/** The default world. */
export function defaultSimulation(): SimulationSettings {
  const moving = ASSET_FACTS.filter(({ symbol, redemption }) => symbol !== 'USDC' && redemption === null);
  const source = (name: string, quote: SimulatedSource['quote'], latencySeconds: number, spreadFactor: number): SimulatedSource => ({
    name,
    quote,
    latencySeconds,
    noise: 0.00004,
    spreadFactor,
    silencesPerDay: 1,
  });
  return {
    assets: Object.fromEntries(moving.map((facts) => [facts.symbol, simulateAsset(facts)])),
    sources: [
      source('aurora', 'USD', 0, 1),
      source('borealis', 'USD', 1, 1.2),
      source('cygnus', 'USDC', 0, 1.5),
      source('draco', 'USD', 0, 1),
      source('eridanus', 'USDT', 0, 0.8),
    ],
  };
}

function simulateAsset({ group, startPrice, tickSize, volatility, beta }: AssetFacts): Omit<SimulatedAsset, 'symbol'> {
  const isMajor = group === 'major';
  return {
    startPrice,
    priceStep: Number(tickSize),
    volatility,
    beta,
    isPegged: group === 'dollar',
    halfSpread: isMajor ? 0.00003 : 0.0001,
    everySeconds: isMajor ? 1 : 3,
  };
}
