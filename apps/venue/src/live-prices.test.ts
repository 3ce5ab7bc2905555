/** What `--prices live` refuses, and that nothing can reach beyond this machine by accident. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXCHANGE_NAMES, PUBLIC_ENDPOINTS } from '@mochila/prices-exchanges';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildGenesis } from './configuration/build-genesis.ts';
import { type Configuration, defaultConfiguration } from './configuration/configuration.ts';
import { endpointsOf, LIVE } from './live-prices.ts';
import { readOptions } from './options.ts';
import { PriceSourceFault } from './price-source-kind.ts';
import { configurePrices, PRICE_SOURCES } from './price-sources.ts';

const IDENTITY = { venueId: 'v', seed: 1, sandbox: true, createdAtMicros: 1_760_000_000_000_000 };
const CLOCK = { nowMicros: () => IDENTITY.createdAtMicros, millisUntil: () => 1_000 };
const LOG = pino({ level: 'silent' });
const LIVE_OPTIONS = readOptions(['--prices', 'live'], {});
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The default configuration, with the exchanges somewhere on this machine. */
function loopback(): Configuration {
  const configuration = defaultConfiguration();
  configuration.live.endpoints = Object.fromEntries(EXCHANGE_NAMES.map((exchange) => [exchange, `ws://127.0.0.1:9/${exchange}`]));
  return configuration;
}

describe('live prices', () => {
  it('make a new venue listen to their sources, and say what is read from where', async () => {
    const configuration = loopback();
    const kraken = configuration.live.sources['kraken'];
    if (kraken !== undefined) configuration.live.sources['kraken'] = { ...kraken, weight: 3 };
    const adapted = await configurePrices(configuration, LIVE_OPTIONS);
    expect(adapted.venue.prices.sources).toContainEqual({ name: 'kraken', weight: 3, quote: 'USD' });
    const genesis = buildGenesis(adapted, IDENTITY);
    const lines = LIVE.describe?.(adapted, genesis) ?? [];
    expect(lines).toHaveLength(8);
    expect(lines).toContain('kraken, weight 3: 18 symbols in USD from ws://127.0.0.1:9/kraken');
    expect(lines).toContain('okx-usdc, weight 1: 1 symbols in USDC from ws://127.0.0.1:9/okx');
    // Opened only: nothing is reached before the start.
    expect(LIVE.open({ options: LIVE_OPTIONS, configuration: adapted, genesis, clock: CLOCK, log: LOG }).figures?.()).toHaveLength(5);
  });

  it('are refused when an asset has too few sources, by its name', async () => {
    const configuration = loopback();
    for (const name of ['binance', 'okx']) delete configuration.live.sources[name];
    await expect(configurePrices(configuration, LIVE_OPTIONS)).rejects.toThrow(
      /^BNB has 2 of the 3 live sources that it needs \(kraken, bybit\); JUP has 2 .*: add symbols to live\.sources/,
    );
  });

  it('are refused by a venue that listens to others, and so is the simulated world by a live one', async () => {
    const configuration = loopback();
    const simulated = { configuration, genesis: buildGenesis(configuration, IDENTITY), clock: CLOCK, log: LOG };
    expect(() => LIVE.open({ ...simulated, options: LIVE_OPTIONS })).toThrow(
      /BTC has 0 of the 3 .*: this venue was begun with other sources/,
    );
    const genesis = buildGenesis(await configurePrices(configuration, LIVE_OPTIONS), IDENTITY);
    const options = readOptions([], {});
    expect(() => PRICE_SOURCES.simulated.open({ ...simulated, genesis, options })).toThrow(
      /listens to binance, okx, .* not to the simulated world/,
    );
  });

  it('go at the speed of the world', async () => {
    const options = readOptions(['--prices', 'live', '--speed', '60'], {});
    await expect(configurePrices(loopback(), options)).rejects.toThrow(
      '--prices live goes at the speed of the world: leave --speed 60 away',
    );
  });
});

describe('endpoints', () => {
  it('are the public ones of the exchanges in use unless given, then all of them', () => {
    const { live } = defaultConfiguration();
    expect(endpointsOf(live, {})).toEqual(PUBLIC_ENDPOINTS);
    expect(endpointsOf({ ...live, sources: {} }, {})).toEqual({});
    expect(() => endpointsOf({ ...live, endpoints: { okx: 'ws://127.0.0.1:9/' } }, {})).toThrow(
      'live.endpoints is given for some exchanges and not for binance, coinbase, kraken, bybit',
    );
    expect(endpointsOf(loopback().live, { MOCHILA_LOOPBACK_ONLY: '1' })).toEqual(loopback().live.endpoints);
  });

  it('beyond this machine are refused where nothing may go there: in every test', async () => {
    expect(process.env['MOCHILA_LOOPBACK_ONLY']).toBe('1');
    await expect(configurePrices(defaultConfiguration(), LIVE_OPTIONS)).rejects.toThrow(PriceSourceFault);
    await expect(configurePrices(defaultConfiguration(), LIVE_OPTIONS)).rejects.toThrow(
      /^MOCHILA_LOOPBACK_ONLY is set: binance, .* beyond this machine$/,
    );
  });

  it('of exchanges are named in one file', () => {
    const hosts = Object.values(PUBLIC_ENDPOINTS).map((url) => new URL(url).hostname);
    const folders = ['packages', 'apps', 'bench', 'scripts', 'sim'];
    const named = folders
      .flatMap((folder) => filesUnder(join(ROOT, folder)))
      .filter((file) => {
        const text = readFileSync(file, 'utf8');
        return hosts.some((host) => text.includes(host));
      });
    expect(named.map((file) => file.slice(ROOT.length))).toEqual(['packages/adapters/prices-exchanges/src/public-endpoints.ts']);
  });
});

/** Every source file under a folder; none when there is no such folder. */
function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(ts|mjs|json|jsonl)$/.test(entry.name) ? [path] : [];
  });
}
