/** Rules of live sources: their shape, and that every asset is heard from enough of them. */
import { EXCHANGE_NAMES, isExchangeName, symbolChoice } from '@mochila/prices-exchanges';
import type { PriceRules } from '@mochila/protocol';
import type { ConfigurationProblem } from './check-simulation.ts';
import type { LiveSettings } from './default-live.ts';
import { isFields } from './merge-configuration.ts';

type Problems = ConfigurationProblem[];
type Field = readonly [name: string, rule: string, holds: (value: unknown) => boolean];

const WEIGHT_MAX = 1_000;
const SYMBOL = /^(1\/)?[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$/;
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

const SOURCE_FIELDS: readonly Field[] = [
  ['exchange', `is one of ${EXCHANGE_NAMES.join(', ')}`, isExchangeName],
  ['quote', 'is one of USD, USDC, USDT', (value) => value === 'USD' || value === 'USDC' || value === 'USDT'],
  ['weight', `is a number above 0, at most ${WEIGHT_MAX}`, (value) => typeof value === 'number' && value > 0 && value <= WEIGHT_MAX],
  ['symbols', 'is an object of symbols by asset', isFields],
];

/** True when the value is live settings in shape; adds a problem for everything that is not. */
export function hasLiveShape(value: unknown, problems: Problems): value is LiveSettings {
  const before = problems.length;
  if (!isFields(value)) problems.push({ path: 'live', value, rule: 'is an object with sources, endpoints' });
  else {
    addUnknown(value, 'live', ['sources', 'endpoints'], problems);
    addSources(value['sources'], problems);
    addEndpoints(value['endpoints'], problems);
  }
  return problems.length === before;
}

function addSources(value: unknown, problems: Problems): void {
  if (!isFields(value)) {
    problems.push({ path: 'live.sources', value, rule: 'is an object of sources by name' });
    return;
  }
  const symbols = new Set<string>();
  for (const [name, source] of Object.entries(value)) {
    const path = `live.sources.${name}`;
    if (!NAME.test(name)) problems.push({ path, value: name, rule: 'has a name of small letters, digits and hyphens, at most 32' });
    if (!isFields(source)) problems.push({ path, value: source, rule: 'is an object with exchange, quote, weight, symbols' });
    else addSource(source, path, symbols, problems);
  }
}

function addSource(source: Readonly<Record<string, unknown>>, path: string, taken: Set<string>, problems: Problems): void {
  for (const [name, rule, holds] of SOURCE_FIELDS) {
    if (!holds(source[name])) problems.push({ path: `${path}.${name}`, value: source[name], rule });
  }
  const names = SOURCE_FIELDS.map(([name]) => name);
  addUnknown(source, path, names, problems);
  const { symbols } = source;
  if (!isFields(symbols)) return;
  for (const [asset, symbol] of Object.entries(symbols)) {
    const at = `${path}.symbols.${asset}`;
    if (typeof symbol !== 'string' || !SYMBOL.test(symbol))
      problems.push({ path: at, value: symbol, rule: 'is a symbol, or 1/ and a symbol' });
    else if (taken.has(keyOf(source['exchange'], symbol)))
      problems.push({ path: at, value: symbol, rule: 'is read once: another source reads it at this exchange' });
    else taken.add(keyOf(source['exchange'], symbol));
  }
}

function keyOf(exchange: unknown, text: string): string {
  return `${String(exchange)} ${symbolChoice(text).symbol}`;
}

function addEndpoints(value: unknown, problems: Problems): void {
  if (!isFields(value)) {
    problems.push({ path: 'live.endpoints', value, rule: 'is an object of addresses by exchange' });
    return;
  }
  addUnknown(value, 'live.endpoints', EXCHANGE_NAMES, problems);
  for (const [name, url] of Object.entries(value)) {
    if (isEndpoint(url)) continue;
    problems.push({ path: `live.endpoints.${name}`, value: url, rule: 'is a wss:// address, or a ws:// one of this machine' });
  }
}

/** What goes beyond this machine is encrypted. */
function isEndpoint(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, username } = new URL(value);
  return username === '' && (protocol === 'wss:' || (protocol === 'ws:' && isOfThisMachine(value)));
}

/** True for an address that never leaves this machine. */
export function isOfThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function addUnknown(fields: Readonly<Record<string, unknown>>, path: string, known: readonly string[], problems: Problems): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name))
      problems.push({ path: `${path}.${name}`, value: fields[name], rule: `is not a field here; there are ${known.join(', ')}` });
  }
}

/** What a venue lists and listens to. */
export type LiveListing = {
  readonly assets: readonly { readonly symbol: string; readonly redemption: unknown }[];
  readonly prices: Pick<PriceRules, 'sources' | 'freshSourcesMin'>;
};

/**
 * Finds the assets that live sources speak of too seldom: each needs `freshSourcesMin` of them that the venue listens to,
 * each of another exchange, and tether none that quotes in tether.
 *
 * @returns sentences for people; none when all is well
 */
export function findUnheard({ sources }: Pick<LiveSettings, 'sources'>, { assets, prices }: LiveListing): string[] {
  return assets
    .filter(({ symbol, redemption }) => symbol !== 'USDC' && redemption === null)
    .flatMap(({ symbol }) => {
      const heard = Object.entries(sources).filter(([name, { symbols, quote }]) => {
        const isListened = prices.sources.some((source) => source.name === name && source.quote === quote);
        return isListened && symbols[symbol] !== undefined && !(symbol === 'USDT' && quote === 'USDT');
      });
      const exchanges = new Set(heard.map(([, { exchange }]) => exchange));
      if (exchanges.size < heard.length) return [`${symbol} is read twice at one exchange, which would count it twice`];
      if (heard.length >= prices.freshSourcesMin) return [];
      const named = heard.length === 0 ? 'none' : heard.map(([name]) => name).join(', ');
      return [`${symbol} has ${heard.length} of the ${prices.freshSourcesMin} live sources that it needs (${named})`];
    });
}
