import { describe, expect, it } from 'vitest';
import { scaleOf } from '../market-scale.ts';
import { createRandom } from '../random.ts';
import { createReferencePrices } from '../reference-prices.ts';
import { type EngineExchange, startEngineExchange } from '../testing/engine-exchange.ts';
import { createProviderBot } from './provider-bot.ts';

async function provider(exchange: EngineExchange) {
  const client = exchange.connect('provider');
  const markets = (await client.markets()).map(scaleOf);
  const reports: string[] = [];
  const surroundings = {
    prices: createReferencePrices(client, markets, () => 0),
    budget: { tryTake: () => true },
    random: createRandom('seed', 'provider'),
    nowSeconds: () => 0,
    nowPaced: () => 0,
    report: (message: string) => void reports.push(message),
  };
  const backed = markets.map((scale) => ({ scale, capitalUsd: 5_000 }));
  return { bot: createProviderBot('provider', client, backed, surroundings), client, markets, reports };
}

describe('a provider', () => {
  it('stands behind every market after its first step', async () => {
    const exchange = await startEngineExchange();
    const { bot, markets, reports } = await provider(exchange);
    await bot.step();
    expect(reports).toEqual([]);
    const capacity = await exchange.venue.link.ask('backstopCapacity', {});
    expect(capacity.length).toBe(markets.length);
    for (const { providers, freeAtoms } of capacity) expect([providers, freeAtoms]).toEqual([1, 7_500e6]);
    exchange.close();
  });
});
