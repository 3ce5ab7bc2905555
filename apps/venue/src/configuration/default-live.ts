/** The exchanges that the default venue reads under `--prices live`: which symbol of which speaks of which asset. */
import type { ExchangeName, LiveSource } from '@mochila/prices-exchanges';
import type { PriceRules } from '@mochila/protocol';

/** One source: an exchange and a unit that it quotes in. Its symbols by asset, `1/SYMBOL` where the asset is what the symbol quotes in. */
export type LiveSourceSettings = Omit<LiveSource, 'name'> & {
  /** What its symbols quote in, and its weight in the index. */
  readonly quote: PriceRules['sources'][number]['quote'];
  readonly weight: number;
};

/** What live prices are made of. */
export interface LiveSettings {
  sources: Record<string, LiveSourceSettings>;
  /** Other addresses than the public ones: of all exchanges in use, or of none. */
  endpoints: Partial<Record<ExchangeName, string>>;
}

const ALL = ['BTC', 'ETH', 'SOL', 'XRP', 'BNB', 'DOGE', 'ADA', 'SUI', 'AVAX', 'LINK', 'LTC', 'APT', 'ARB', 'OP', 'JUP', 'BONK', 'JTO'];
/** Left out where a listing in dollars is not certain: four other sources price them. */
const AT_COINBASE = ALL.filter((asset) => asset !== 'BNB' && asset !== 'JUP');

/** The default sources: every asset has at least four, each of another exchange, so that one may fail. */
export function defaultLive(): LiveSettings {
  return {
    sources: {
      binance: source(
        'binance',
        'USDT',
        spell(ALL, (asset) => `${asset}USDT`),
      ),
      okx: source(
        'okx',
        'USDT',
        spell(ALL, (asset) => `${asset}-USDT`),
      ),
      coinbase: source(
        'coinbase',
        'USD',
        spell([...AT_COINBASE, 'USDT'], (asset) => `${asset}-USD`),
      ),
      kraken: source(
        'kraken',
        'USD',
        spell([...ALL, 'USDT'], (asset) => `${asset}/USD`),
      ),
      bybit: source(
        'bybit',
        'USDT',
        spell(ALL, (asset) => `${asset}USDT`),
      ),
      // Tether is not priced in tether: these exchanges price it by what they ask for a dollar coin.
      'binance-usdc': source('binance', 'USDC', { USDT: '1/USDCUSDT' }),
      'okx-usdc': source('okx', 'USDC', { USDT: '1/USDC-USDT' }),
      'bybit-usdc': source('bybit', 'USDC', { USDT: '1/USDCUSDT' }),
    },
    endpoints: {},
  };
}

function source(exchange: ExchangeName, quote: LiveSourceSettings['quote'], symbols: Record<string, string>): LiveSourceSettings {
  return { exchange, quote, weight: 1, symbols };
}

function spell(assets: readonly string[], symbolOf: (asset: string) => string): Record<string, string> {
  return Object.fromEntries(assets.map((asset) => [asset, symbolOf(asset)]));
}
