import { readFileSync } from 'node:fs';
import { checkGenesis } from '@mochila/core';
import { describe, expect, it } from 'vitest';
import { buildGenesis } from './build-genesis.ts';
import { findUnheard } from './check-live.ts';
import { defaultConfiguration } from './configuration.ts';
import { defaultLive, type LiveSourceSettings } from './default-live.ts';
import { ConfigurationFault, parseConfiguration } from './read-configuration.ts';

const FILE = 'mochila.config.json';

/** What the default venue lists, listening to live sources. */
function listing(sources = defaultLive().sources) {
  const { venue } = defaultConfiguration();
  const heard = Object.entries(sources).map(([name, { weight, quote }]) => ({ name, weight, quote }));
  return { assets: Object.values(venue.assets), prices: { sources: heard, freshSourcesMin: 3 } };
}

function linesOf(text: string): readonly string[] {
  try {
    parseConfiguration(text, FILE);
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.lines;
    throw error;
  }
  return [];
}

describe('the default live sources', () => {
  it('price every asset of the default venue at four exchanges at least, so that one may fail', () => {
    expect(findUnheard(defaultLive(), listing())).toEqual([]);
    const prices = { ...listing().prices, freshSourcesMin: 4 };
    expect(findUnheard(defaultLive(), { ...listing(), prices })).toEqual([]);
  });

  it('make a venue that breaks no rule', () => {
    const configuration = defaultConfiguration();
    configuration.venue.prices.sources = listing().prices.sources;
    expect(
      checkGenesis(buildGenesis(configuration, { venueId: 'v', seed: 1, sandbox: true, createdAtMicros: 1_760_000_000_000_000 })),
    ).toEqual([]);
  });
});

describe('an asset', () => {
  const [btc] = listing().assets.filter(({ symbol }) => symbol === 'BTC');
  const assets = btc === undefined ? [] : [btc];
  const source = (exchange: LiveSourceSettings['exchange'], quote: LiveSourceSettings['quote'] = 'USD'): LiveSourceSettings => ({
    exchange,
    quote,
    weight: 1,
    symbols: { BTC: 'BTC', USDT: 'USDT' },
  });

  it('needs three live sources', () => {
    const sources = { a: source('okx'), b: source('kraken') };
    expect(findUnheard({ sources }, { ...listing(sources), assets })).toEqual(['BTC has 2 of the 3 live sources that it needs (a, b)']);
    expect(findUnheard({ sources: {} }, { ...listing(sources), assets })).toEqual(['BTC has 0 of the 3 live sources that it needs (none)']);
  });

  it('counts only sources that the venue listens to, in the unit that it was told', () => {
    const sources = { a: source('okx'), b: source('kraken'), c: source('bybit') };
    const { prices } = listing(sources);
    const other = { ...prices, sources: prices.sources.map((rule) => (rule.name === 'c' ? { ...rule, quote: 'USDT' as const } : rule)) };
    expect(findUnheard({ sources }, { assets, prices })).toEqual([]);
    expect(findUnheard({ sources }, { assets, prices: other })).toEqual(['BTC has 2 of the 3 live sources that it needs (a, b)']);
  });

  it('is read once at one exchange', () => {
    const sources = { a: source('okx'), b: source('kraken'), c: source('bybit'), d: source('okx', 'USDC') };
    expect(findUnheard({ sources }, { ...listing(sources), assets })).toEqual([
      'BTC is read twice at one exchange, which would count it twice',
    ]);
  });

  it('that is tether is not priced in tether', () => {
    const sources = { a: source('okx'), b: source('kraken'), c: source('bybit', 'USDT') };
    const [tether] = listing().assets.filter(({ symbol }) => symbol === 'USDT');
    expect(findUnheard({ sources }, { ...listing(sources), assets: tether === undefined ? [] : [tether] })).toEqual([
      'USDT has 2 of the 3 live sources that it needs (a, b)',
    ]);
  });
});

describe('live settings of a configuration file', () => {
  it('are as the guide shows them, and leave every asset with sources enough', () => {
    const guide = readFileSync(new URL('../../../../docs/guides/live-prices.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n([^`]+)```/.exec(guide) ?? [];
    const { live } = parseConfiguration(example, FILE);
    expect(live.sources['bybit-dollar']?.symbols).toEqual({ BTC: 'BTCUSDC', ETH: 'ETHUSDC' });
    expect(findUnheard(live, listing(live.sources))).toEqual([]);
  });

  it('change what they name, take symbols and sources away, add others', () => {
    const text = `{ "live": {
      "sources": { "kraken": { "weight": 2, "symbols": { "JTO": null, "PEPE": "PEPE/USD" } }, "bybit": null,
        "bybit-eu": { "exchange": "bybit", "quote": "USDC", "weight": 1, "symbols": { "BTC": "BTCUSDC" } } },
      "endpoints": { "kraken": "ws://127.0.0.1:9000/", "okx": "wss://prices.example/" } } }`;
    const { live } = parseConfiguration(text, FILE);
    expect(live.sources['kraken']).toMatchObject({ exchange: 'kraken', weight: 2, symbols: { BTC: 'BTC/USD', PEPE: 'PEPE/USD' } });
    expect(live.sources['kraken']?.symbols['JTO']).toBeUndefined();
    expect(live.sources['bybit']).toBeUndefined();
    expect(live.sources['bybit-eu']?.symbols).toEqual({ BTC: 'BTCUSDC' });
    expect(live.endpoints).toEqual({ kraken: 'ws://127.0.0.1:9000/', okx: 'wss://prices.example/' });
    expect(live.sources['okx']).toEqual(defaultLive().sources['okx']);
  });

  it.each([
    ['{ "live": 5 }', 'live = 5 breaks the rule: is an object with sources, endpoints'],
    ['{ "live": { "source": {} } }', 'live.source = {} breaks the rule: is not a field here; there are sources, endpoints'],
    [
      '{ "live": { "sources": { "okx": { "exchange": "okex" } } } }',
      'live.sources.okx.exchange = "okex" breaks the rule: is one of binance, okx, coinbase, kraken, bybit',
    ],
    [
      '{ "live": { "sources": { "okx": { "quote": "EUR" } } } }',
      'live.sources.okx.quote = "EUR" breaks the rule: is one of USD, USDC, USDT',
    ],
    [
      '{ "live": { "sources": { "okx": { "weight": 0 } } } }',
      'live.sources.okx.weight = 0 breaks the rule: is a number above 0, at most 1000',
    ],
    [
      '{ "live": { "sources": { "okx": { "symbols": { "BTC": "BTC USDT" } } } } }',
      'live.sources.okx.symbols.BTC = "BTC USDT" breaks the rule: is a symbol, or 1/ and a symbol',
    ],
    [
      '{ "live": { "sources": { "okx": { "symbols": { "BTC": 7 } } } } }',
      'live.sources.okx.symbols.BTC = 7 breaks the rule: is a symbol, or 1/ and a symbol',
    ],
    [
      '{ "live": { "sources": { "okx-usdc": { "symbols": { "BTC": "BTC-USDT" } } } } }',
      'live.sources.okx-usdc.symbols.BTC = "BTC-USDT" breaks the rule: is read once: another source reads it at this exchange',
    ],
    [
      '{ "live": { "sources": { "OKX": {} } } }',
      'live.sources.OKX = "OKX" breaks the rule: has a name of small letters, digits and hyphens, at most 32',
    ],
    [
      '{ "live": { "endpoints": { "okx": "ws://prices.example/" } } }',
      'live.endpoints.okx = "ws://prices.example/" breaks the rule: is a wss:// address, or a ws:// one of this machine',
    ],
    [
      '{ "live": { "endpoints": { "okx": "ws://127.0.0.1.prices.example/" } } }',
      'live.endpoints.okx = "ws://127.0.0.1.prices.example/" breaks the rule: is a wss:// address, or a ws:// one of this machine',
    ],
    [
      '{ "live": { "endpoints": { "okex": "wss://prices.example/" } } }',
      'live.endpoints.okex = "wss://prices.example/" breaks the rule: is not a field here; there are binance, okx, coinbase, kraken, bybit',
    ],
  ])('are refused with what is allowed: %s', (text, line) => {
    expect(linesOf(text).map((found) => found.replace(/^[^ ]+ /, ''))).toContain(line);
  });
});
