/** Three exchanges on this machine that say what a test wants, and a venue's configuration that listens to them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExchangeName } from '@mochila/prices-exchanges';
import { framesOf, StreamServer, saidPrice } from '@mochila/prices-exchanges/conformance';
import { defaultLive } from '../configuration/default-live.ts';
import { newDirectory } from './venue-run.ts';

const EXCHANGES = ['okx', 'kraken', 'bybit'] as const;
const SAY_EVERY_MS = 400;
/** What an asset is worth that no test speaks of. */
const PLAIN_USD = 10;
/** Sources of the default configuration that are not on this machine. */
const GONE = ['binance', 'coinbase', 'binance-usdc', 'okx-usdc', 'bybit-usdc'];

/** What each exchange has to be asked for, by asset; tether is priced in dollars by two and turned over by the third. */
function symbolsOf(exchange: ExchangeName): Record<string, string> {
  const { sources } = defaultLive();
  return { USDT: '1/USDC-USDT', ...sources[exchange]?.symbols };
}

/** The exchanges, saying their prices again and again until they are closed. */
export class SpokenPrices {
  /** USD by asset; read each time something is said. */
  readonly usd = new Map<string, number>([['USDT', 1]]);
  /** Exchanges that are silent. */
  readonly silent = new Set<ExchangeName>();
  readonly #servers = new Map<ExchangeName, StreamServer>();
  #timer: NodeJS.Timeout | undefined;
  #seq = 0;

  /** Opens the exchanges. */
  static async start(usd: Readonly<Record<string, number>>): Promise<SpokenPrices> {
    const prices = new SpokenPrices();
    for (const [asset, price] of Object.entries(usd)) prices.usd.set(asset, price);
    for (const exchange of EXCHANGES) prices.#servers.set(exchange, await StreamServer.listen());
    prices.#timer = setInterval(() => prices.#say(), SAY_EVERY_MS);
    return prices;
  }

  /** The server of an exchange. */
  server(exchange: (typeof EXCHANGES)[number]): StreamServer {
    const server = this.#servers.get(exchange);
    if (server === undefined) throw new Error(`${exchange} is not open`);
    return server;
  }

  /** Settings under `live` of a configuration: the three exchanges, all quoting in dollars so that each prices tether too. */
  live(changes: object = {}): object {
    const sources = EXCHANGES.map((exchange) => [exchange, { exchange, quote: 'USD', weight: 1, symbols: symbolsOf(exchange) }]);
    const endpoints = Object.fromEntries([...this.#servers].map(([exchange, { url }]) => [exchange, url]));
    return { sources: Object.fromEntries([...sources, ...GONE.map((name) => [name, null])]), endpoints, ...changes };
  }

  /** Ends the exchanges. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const server of this.#servers.values()) await server.close();
  }

  #say(): void {
    this.#seq += 1;
    for (const [exchange, server] of this.#servers) {
      if (this.silent.has(exchange)) continue;
      for (const [asset, text] of Object.entries(symbolsOf(exchange))) {
        const price = this.usd.get(asset) ?? PLAIN_USD;
        server.say(...framesOf(exchange, saidPrice(text.replace('1/', ''), price, this.#seq, Date.now())));
      }
    }
  }
}

/** Writes a configuration into a file of its own. @returns its path */
export function writeConfiguration(configuration: object): string {
  const file = join(newDirectory(), 'mochila.config.json');
  writeFileSync(file, JSON.stringify(configuration));
  return file;
}
