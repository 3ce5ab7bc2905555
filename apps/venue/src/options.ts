/** What `npm start` takes: flags after `--`, and the environment for port and data directory. */
import { parseArgs } from 'node:util';
import { parseReplayFile, ReplayFault, type ReplayFile } from '@mochila/prices-replay';
import { LOG_LEVELS } from './venue-logger.ts';

/** What `--prices` may say; each has a row in `price-sources.ts`. */
export const PRICES_NAMES = ['simulated', 'live', 'replay'] as const;

/** One of them. */
export type PricesName = (typeof PRICES_NAMES)[number];

/** How a venue is started. */
export type VenueOptions = {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** Venue seconds in one real second. */
  readonly speed: number;
  /** Where prices come from. */
  readonly prices: PricesName;
  /** The recording, with `prices` replay: at least one file; else none. */
  readonly replayFiles: readonly ReplayFile[];
  /** Seed of the simulated world, read by a venue that begins; null when not given. */
  readonly seed: number | null;
  /** False for a venue without sandbox: keys come from the operator. */
  readonly isSandbox: boolean;
  /** A sandbox may listen beyond this machine only when told so. */
  readonly isPublicSandbox: boolean;
  readonly configurationFile: string | null;
  readonly hasMakers: boolean;
  readonly logLevel: string;
  /** PostgreSQL for history; SQLite in the data directory without it. */
  readonly historyUrl: string | null;
  readonly isHelpWanted: boolean;
};

/** Printed by `npm start -- --help`. */
export const HELP = `npm start -- [options]

  --port N            port for REST and WebSocket (default 7400, or PORT)
  --host H            address to listen on (default 127.0.0.1)
  --data DIR          data directory (default .mochila, or MOCHILA_DATA_DIR)
  --speed N           venue seconds in one real second (default 1)
  --prices SOURCE     where prices come from: simulated, live (docs/guides/live-prices.md) or replay (default simulated)
  --prices-file FILE  a recording to replay, FILE[=SOURCE[:ASSET]]; may be given more than once (docs/guides/replay-prices.md)
  --seed N            seed of the simulated world of a new venue (default 1)
  --closed            a venue without sandbox: keys are made by the CLI
  --public-sandbox    lets a sandbox listen beyond this machine
  --config FILE       configuration file (default mochila.config.json when there is one, or MOCHILA_CONFIG)
  --no-makers         no reference makers
  --history URL       PostgreSQL for history, such as postgres://user@127.0.0.1/mochila (default SQLite)
  --log-level L       trace, debug (every request), info, warn, error or silent (default warn)
  --help              this text`;

const DEFAULT_PORT = 7400;
const NUMBER_FLAGS = ['--port', '--speed', '--seed'];
/** Where a venue keeps its data unless told. */
export const DEFAULT_DATA_DIRECTORY = '.mochila';

/** A flag or variable of the environment that cannot be used; says which, why, and what can. */
export class OptionFault extends Error {
  override readonly name = 'OptionFault';
}

/**
 * Reads the options.
 *
 * @param args - after the program's name.
 * @throws OptionFault naming the flag, its value and its range.
 */
export function readOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): VenueOptions {
  const { values } = parse(args);
  // A variable that is set to nothing says nothing.
  const variable = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);
  const host = values.host ?? '127.0.0.1';
  const prices = pricesOf(values.prices);
  const isSandbox = values.closed !== true;
  const isPublicSandbox = values['public-sandbox'] === true;
  if (isSandbox && !isPublicSandbox && !isLoopback(host)) {
    throw new OptionFault(
      `--host ${host} would open a sandbox, where anybody gets test money, beyond this machine: add --public-sandbox or --closed`,
    );
  }
  const logLevel = values['log-level'] ?? 'warn';
  if (!LOG_LEVELS.includes(logLevel)) throw new OptionFault(`--log-level is one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`);
  return {
    host,
    port: number(values.port === undefined ? 'PORT' : '--port', values.port ?? variable('PORT'), DEFAULT_PORT, 0, 65_535, true),
    dataDirectory: directoryOf(values.data ?? variable('MOCHILA_DATA_DIR')),
    speed: number('--speed', values.speed, 1, 0.01, 3600, false),
    prices,
    replayFiles: replayFilesOf(prices, values['prices-file'] ?? []),
    seed: values.seed === undefined ? null : number('--seed', values.seed, 1, 0, 4_294_967_295, true),
    isSandbox,
    isPublicSandbox,
    configurationFile: values.config ?? variable('MOCHILA_CONFIG') ?? null,
    hasMakers: values['no-makers'] !== true,
    logLevel,
    historyUrl: historyUrlOf(values.history ?? variable('MOCHILA_HISTORY_URL')),
    isHelpWanted: values.help === true,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: joinNegatives(args),
      options: {
        port: text,
        host: text,
        data: text,
        speed: text,
        prices: text,
        'prices-file': { type: 'string', multiple: true },
        seed: text,
        config: text,
        history: text,
        'log-level': text,
        closed: flag,
        'public-sandbox': flag,
        'no-makers': flag,
        help: flag,
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OptionFault(`${reason}\n\n${HELP}`, { cause: error });
  }
}

/** `--seed -1` is a flag with a wrong number, not two flags. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const text of args) {
    const before = joined.at(-1) ?? '';
    if (/^-[\d.]/.test(text) && NUMBER_FLAGS.includes(before)) joined.splice(-1, 1, `${before}=${text}`);
    else joined.push(text);
  }
  return joined;
}

function number(name: string, text: string | undefined, absent: number, min: number, max: number, isWhole: boolean): number {
  if (text === undefined) return absent;
  const value = Number(text);
  const isGood = text.trim() !== '' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  if (!isGood) throw new OptionFault(`${name} is ${isWhole ? 'a whole number' : 'a number'} from ${min} to ${max}, not "${text}"`);
  return value;
}

function pricesOf(text: string | undefined): PricesName {
  const name = PRICES_NAMES.find((known) => known === (text ?? 'simulated'));
  if (name === undefined) throw new OptionFault(`--prices is one of ${PRICES_NAMES.join(', ')}, not "${text}"`);
  return name;
}

function replayFilesOf(prices: PricesName, texts: readonly string[]): ReplayFile[] {
  if (prices !== 'replay' && texts.length > 0) throw new OptionFault('--prices-file is for --prices replay');
  if (prices === 'replay' && texts.length === 0) throw new OptionFault('--prices replay needs a recording: add --prices-file FILE');
  try {
    return texts.map(parseReplayFile);
  } catch (cause) {
    if (!(cause instanceof ReplayFault)) throw cause;
    throw new OptionFault(`--prices-file ${cause.message}`, { cause });
  }
}

function directoryOf(text: string | undefined): string {
  if (text === '') throw new OptionFault('--data is a directory, not ""');
  return text ?? DEFAULT_DATA_DIRECTORY;
}

// The text is not repeated: a connection string may hold a password.
function historyUrlOf(text: string | undefined): string | null {
  if (text === undefined || /^postgres(ql)?:\/\/./.test(text)) return text ?? null;
  throw new OptionFault('--history is the address of a PostgreSQL database, such as postgres://user@127.0.0.1/mochila');
}

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
