/** Prices of the world as the venue's: `--prices live`. */
import {
  EXCHANGE_NAMES,
  type ExchangeName,
  ExchangePrices,
  type FeedNews,
  type LiveSource,
  PUBLIC_ENDPOINTS,
} from '@mochila/prices-exchanges';
import type { Genesis } from '@mochila/protocol';
import type { Logger } from 'pino';
import { findUnheard, isOfThisMachine } from './configuration/check-live.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { LiveSettings } from './configuration/default-live.ts';
import { PriceSourceFault, type PriceSourceKind } from './price-source-kind.ts';
import { quieten } from './quieten.ts';

/** With this variable set to 1 nothing of the program goes beyond this machine: so it is in tests. */
const LOOPBACK_ONLY = 'MOCHILA_LOOPBACK_ONLY';

/** The row of `live` in the table of price sources. */
export const LIVE: PriceSourceKind = {
  prepare: async (configuration, { speed }) => {
    checkSpeed(speed);
    endpointsOf(configuration.live, process.env);
    const adapted = listenTo(configuration);
    const { prices, assets } = adapted.venue;
    refuseUnheard(
      configuration.live,
      { prices, assets: Object.values(assets) },
      'add symbols to live.sources of the configuration, or leave the asset out',
    );
    return adapted;
  },
  open: ({ options, configuration, genesis, clock, log }) => {
    checkSpeed(options.speed);
    const { live } = configuration;
    refuseUnheard(live, genesis, 'this venue was begun with other sources: begin one with --prices live in another directory (--data DIR)');
    const sources = heardSources(live, genesis);
    return new ExchangePrices({ sources, endpoints: endpointsOf(live, process.env), clock, onNews: createTeller(log) });
  },
  describe: ({ live }, genesis) => {
    const endpoints = endpointsOf(live, process.env);
    return heardSources(live, genesis).map(({ name, exchange, symbols }) => {
      const rule = genesis.prices.sources.find((source) => source.name === name);
      return `${name}, weight ${rule?.weight}: ${Object.keys(symbols).length} symbols in ${rule?.quote} from ${endpoints[exchange]}`;
    });
  },
};

/** The world does not go faster for anybody. */
function checkSpeed(speed: number): void {
  if (speed !== 1) throw new PriceSourceFault(`--prices live goes at the speed of the world: leave --speed ${speed} away`);
}

/** A new venue listens to the live sources, with the weights of its configuration. */
function listenTo(configuration: Configuration): Configuration {
  const sources = Object.entries(configuration.live.sources).map(([name, { weight, quote }]) => ({ name, weight, quote }));
  const { venue } = configuration;
  return { ...configuration, venue: { ...venue, prices: { ...venue.prices, sources } } };
}

function refuseUnheard(live: LiveSettings, listed: Parameters<typeof findUnheard>[1], advice: string): void {
  const unheard = findUnheard(live, listed);
  if (unheard.length > 0) throw new PriceSourceFault(`${unheard.join('; ')}: ${advice}`);
}

/** The sources that the venue listens to, with the symbols of what it lists. */
function heardSources({ sources }: LiveSettings, { assets, prices }: Genesis): LiveSource[] {
  const listed = new Set(assets.map(({ symbol }) => symbol));
  return Object.entries(sources)
    .filter(([name, { quote }]) => prices.sources.some((source) => source.name === name && source.quote === quote))
    .map(([name, { exchange, symbols }]) => {
      const heard = Object.entries(symbols).filter(([asset]) => listed.has(asset));
      return { name, exchange, symbols: Object.fromEntries(heard) };
    });
}

/**
 * Where the exchanges in use are reached: where the configuration says, or at their public addresses.
 *
 * @throws PriceSourceFault when only some are given, or one goes beyond this machine although nothing may
 */
export function endpointsOf(
  { sources, endpoints }: LiveSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Partial<Record<ExchangeName, string>> {
  const used = EXCHANGE_NAMES.filter((exchange) => Object.values(sources).some((source) => source.exchange === exchange));
  const isGiven = Object.keys(endpoints).length > 0;
  const missing = isGiven ? used.filter((exchange) => endpoints[exchange] === undefined) : [];
  if (missing.length > 0)
    throw new PriceSourceFault(
      `live.endpoints is given for some exchanges and not for ${missing.join(', ')}: give it for all in use, or for none`,
    );
  const chosen = isGiven ? endpoints : PUBLIC_ENDPOINTS;
  const outside = environment[LOOPBACK_ONLY] === '1' ? used.filter((exchange) => !isOfThisMachine(chosen[exchange] ?? '')) : [];
  if (outside.length > 0) throw new PriceSourceFault(`${LOOPBACK_ONLY} is set: ${outside.join(', ')} would be reached beyond this machine`);
  return Object.fromEntries(used.map((exchange) => [exchange, chosen[exchange]]));
}

/** Tells what matters, each exchange apart; what was merely refused is counted, and told only to those who look closely. */
function createTeller(log: Logger): (news: FeedNews) => void {
  const tellers = new Map(EXCHANGE_NAMES.map((exchange) => [exchange, quieten((message) => log.warn(`prices: ${exchange} ${message}`))]));
  return (news) => {
    const warn = (message: string): void => tellers.get(news.exchange)?.(message);
    if (news.kind === 'connected') log.info(`prices: ${news.exchange} is connected`);
    else if (news.kind === 'lost') warn(`is lost and tried again: ${news.reason}`);
    else if (news.kind === 'error') warn(`refuses: ${news.message}`);
    else log.debug(`prices: ${news.exchange} said something that was refused (${news.refusal}): ${news.about}`);
  };
}
