import { checkGenesis, openState } from '@mochila/core';
import { createPriceWorld } from '@mochila/prices-simulated';
import { describe, expect, it } from 'vitest';
import { buildGenesis } from './build-genesis.ts';
import { defaultConfiguration } from './configuration.ts';
import { worldSettings } from './default-simulation.ts';
import { ConfigurationFault, parseConfiguration } from './read-configuration.ts';

const FILE = 'mochila.config.json';
const IDENTITY = { venueId: 'test', seed: 7, sandbox: true, createdAtMicros: 1_760_000_400_000_000 };

function linesOf(text: string): readonly string[] {
  try {
    parseConfiguration(text, FILE);
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.lines;
    throw error;
  }
  return [];
}

describe('the default configuration', () => {
  it('makes a genesis that breaks no rule, as a sandbox and without one', () => {
    for (const sandbox of [true, false]) expect(checkGenesis(buildGenesis(defaultConfiguration(), { ...IDENTITY, sandbox }))).toEqual([]);
  });

  it('lists USDC, USDT, BTC, ETH, SOL and a dozen more, spot on all of them and at least twelve perpetuals', () => {
    const { assets, markets } = buildGenesis(defaultConfiguration(), IDENTITY);
    expect(assets.slice(0, 5).map(({ symbol }) => symbol)).toEqual(['USDC', 'USDT', 'BTC', 'ETH', 'SOL']);
    expect(assets.length).toBeGreaterThanOrEqual(17);
    expect(markets.filter(({ type }) => type === 'SPOT')).toHaveLength(assets.length - 1);
    expect(markets.filter(({ type }) => type === 'PERP').length).toBeGreaterThanOrEqual(12);
  });

  it('gives a new sandbox account round amounts, and money from nowhere only there', () => {
    const grantsOf = (sandbox: boolean): [string, string][] => {
      const { assets } = buildGenesis(defaultConfiguration(), { ...IDENTITY, sandbox });
      return assets.filter(({ faucetGrant }) => faucetGrant !== '0').map(({ symbol, faucetGrant }) => [symbol, faucetGrant]);
    };
    expect(grantsOf(true)).toEqual([
      ['USDC', '100000'],
      ['BTC', '2'],
      ['ETH', '20'],
      ['SOL', '500'],
    ]);
    expect(grantsOf(false)).toEqual([]);
    const closed = buildGenesis(defaultConfiguration(), { ...IDENTITY, sandbox: false });
    expect(closed.fundGrant).toBe('0');
    expect(closed.assets.every(({ faucetDaily }) => faucetDaily === '0')).toBe(true);
  });

  it('needs less than 500 MB for its tables', () => {
    const before = process.memoryUsage().arrayBuffers;
    const state = openState(buildGenesis(defaultConfiguration(), IDENTITY));
    const bytes = process.memoryUsage().arrayBuffers - before;
    expect(state.markets.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(500e6);
    expect(bytes).toBeGreaterThan(50e6);
  });

  it('has a world in which at least four sources price every asset that has no other price', () => {
    const { assets } = buildGenesis(defaultConfiguration(), IDENTITY);
    const quotes = createPriceWorld(worldSettings(defaultConfiguration().simulation, 7)).quotesAt(0, Number.NEGATIVE_INFINITY);
    const sourcesOf = (asset: string): number => new Set(quotes.flatMap((quote) => (quote.asset === asset ? [quote.source] : []))).size;
    const moving = assets.filter(({ symbol, redemption }) => symbol !== 'USDC' && redemption === null);
    for (const { symbol } of moving) expect(sourcesOf(symbol), symbol).toBeGreaterThanOrEqual(4);
  });

  it('is what an empty file means', () => {
    expect(parseConfiguration('{}', FILE)).toEqual(defaultConfiguration());
  });
});

describe('a configuration file', () => {
  it('changes what it names and leaves the rest', () => {
    const text = `{ "venue": { "settleEverySeconds": 60, "markets": { "BTC_USDC_PERP": { "perp": { "fundingCap": 0.01 } }, "JTO_USDC_PERP": null } } }`;
    const { venue } = parseConfiguration(text, FILE);
    const usual = defaultConfiguration().venue;
    const bitcoin = usual.markets['BTC_USDC_PERP']?.perp;
    expect(venue.settleEverySeconds).toBe(60);
    expect(venue.markets['BTC_USDC_PERP']?.perp).toEqual({ ...bitcoin, fundingCap: 0.01 });
    expect(venue.markets['JTO_USDC_PERP']).toBeUndefined();
    expect(venue.markets['JTO_USDC']).toEqual(usual.markets['JTO_USDC']);
  });

  it('lists a new asset with what only its owner knows', () => {
    const text = `{
      "venue": {
        "assets": { "PEPE": { "decimals": 2, "pool": { "openBorrowLendLimit": "1000000" } } },
        "markets": { "PEPE_USDC": { "tickSize": "0.00000001", "lotSize": "100", "maxQuantityLots": 100000000, "maxPriceTicks": 100000 } }
      },
      "simulation": {
        "assets": { "PEPE": { "startPrice": 0.00001, "priceStep": 0.00000001, "volatility": 1.2, "beta": 1.5, "isPegged": false, "halfSpread": 0.0002, "everySeconds": 3 } }
      }
    }`;
    const configuration = parseConfiguration(text, FILE);
    expect(buildGenesis(configuration, IDENTITY).markets.find(({ symbol }) => symbol === 'PEPE_USDC')).toMatchObject({
      type: 'SPOT',
      base: 'PEPE',
    });
  });

  it.each([
    ['{', `${FILE}:1:2: is not JSON: expected a name in double quotes, found the end of the text`],
    ['{\n  "venue": {},\n}', `${FILE}:3:1: is not JSON: expected a name in double quotes, found "}"`],
    ['{ "venue": {}, "venue": {} }', `${FILE}:1:16: is not JSON: "venue" stands twice in one object`],
    ['[]', `${FILE}:1:1: the whole = [] breaks the rule: is an object with venue, simulation, live`],
    ['{ "vanue": 1 }', `${FILE}:1:12: vanue = 1 breaks the rule: is not a field here; there are venue, simulation, live`],
    [
      '{\n  "venue": {\n    "settleEverySeconds": 7\n  }\n}',
      `${FILE}:3:27: venue.settleEverySeconds = 7 breaks the rule: divides an hour (3600)`,
    ],
    [
      '{ "venue": { "markets": { "BTC_USDC_PERP": { "perp": { "imf": {\n "base": 3 } } } } } }',
      `${FILE}:2:10: venue.markets.BTC_USDC_PERP.perp.imf.base = 3 breaks the rule: is a number above 0, at most 1`,
    ],
    [
      '{ "venue": { "markets": { "BTC_USDC_PERP": { "perp": {\n "premiumBound": 0.02 } } } } }',
      `${FILE}:2:18: venue.markets.BTC_USDC_PERP.perp.premiumBound = 0.02 breaks the rule: the premium bound 0.02 is at most half the initial base 0.02`,
    ],
    [
      '{ "venue": { "assets": { "BTC": { "weight": { "weight": 1.5 } } } } }',
      `${FILE}:1:57: venue.assets.BTC.weight.weight = 1.5 breaks the rule: is a number above 0, at most 1`,
    ],
    [
      '{ "venue": { "limits": { "accounts": "20000" } } }',
      `${FILE}:1:38: venue.limits.accounts = "20000" breaks the rule: is a whole number from 1 to 50000000`,
    ],
    [
      '{ "venue": { "markets": {\n "ETH_USDC": { "tickSize": "0.00001" } } } }',
      `${FILE}:2:28: venue.markets.ETH_USDC.tickSize = "0.00001" breaks the rule: times lotSize is a whole number of USDC atoms (6 decimals), above 0`,
    ],
    ['{ "venue": { "sandbox": true } }', `${FILE}:1:25: venue.sandbox = true breaks the rule: is not for a configuration to choose`],
    [
      '{ "venue": { "markets": { "SOL_USDC": { "symbol": "SOLANA" } } } }',
      `${FILE}:1:51: venue.markets.SOL_USDC.symbol = "SOLANA" breaks the rule: is the name it stands under, SOL_USDC`,
    ],
    [
      '{ "simulation": { "assets": { "BTC": { "volatility": -1 } } } }',
      `${FILE}:1:54: simulation.assets.BTC.volatility = -1 breaks the rule: is a number from 0 to 5`,
    ],
    [
      '{ "simulation": { "assets": { "SOL": null } } }',
      `${FILE}:1:38: simulation.assets.SOL = (missing) breaks the rule: is given, since venue.assets lists it and nothing else prices it`,
    ],
    [
      '{ "venue": { "prices": { "sources": [{ "name": "aurora", "weight": 1, "quote": "USD" }] } } }',
      `${FILE}:1:24: venue.prices.freshSourcesMin = 3 breaks the rule: is at most the number of sources (1)`,
    ],
  ])('is refused with the place of the mistake and what is allowed (case %#)', (text, line) => {
    expect(linesOf(text)).toContain(line);
  });

  it('names every mistake of the file at once', () => {
    const lines = linesOf('{ "venue": { "settleEverySeconds": 0, "fundGrant": 5, "__proto__": 1 } }');
    expect(lines).toHaveLength(3);
  });
});
