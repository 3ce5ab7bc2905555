/** Reads a configuration file and refuses it whole when anything in it is wrong, with the line and what is allowed. */
import { readFileSync } from 'node:fs';
import { checkGenesis, isGenesis } from '@mochila/core';
import type { Genesis } from '@mochila/protocol';
import { hasLiveShape } from './check-live.ts';
import { type ConfigurationProblem, checkSimulation, hasSimulationShape } from './check-simulation.ts';
import { type Configuration, defaultConfiguration, type VenueRules } from './configuration.ts';
import { type JsonText, JsonTextFault, parseJsonText } from './json-text.ts';
import { isFields, mergeConfiguration } from './merge-configuration.ts';

/** A configuration that a venue does not start with; the message has one line per broken rule. */
export class ConfigurationFault extends Error {
  override name = 'ConfigurationFault';
  /** Such as `mochila.config.json:12:5: venue.settleEverySeconds = 7 breaks the rule: divides an hour (3600)`. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options);
    this.lines = lines;
  }
}

/** A venue is checked as if it began at this moment; its own is as good. */
const ANY_TIME_MICROS = 1_760_000_000_000_000;
const SHOWN_MAX = 60;

/**
 * Reads a configuration file over the defaults.
 *
 * @param file - path of a JSON file.
 * @throws ConfigurationFault when it cannot be read, is not JSON, or breaks a rule
 */
export function readConfiguration(file: string): Configuration {
  return parseConfiguration(readText(file), file);
}

/** Parses the text of a configuration file; `file` is its name in messages. @throws ConfigurationFault */
export function parseConfiguration(text: string, file: string): Configuration {
  const parsed = parseText(text, file);
  const problems: ConfigurationProblem[] = [];
  const configuration = checkWhole(mergeConfiguration({ ...defaultConfiguration() }, parsed.value), problems);
  if (configuration !== null) return configuration;
  throw new ConfigurationFault(problems.map((problem) => describe(problem, parsed, file)));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationFault([`${file}: cannot be read: ${why}`], { cause });
  }
}

function parseText(text: string, file: string): JsonText {
  try {
    return parseJsonText(text);
  } catch (cause) {
    if (!(cause instanceof JsonTextFault)) throw cause;
    const { line, column } = cause.position;
    throw new ConfigurationFault([`${file}:${line}:${column}: is not JSON: ${cause.message}`], { cause });
  }
}

function checkWhole(value: unknown, problems: ConfigurationProblem[]): Configuration | null {
  if (!isFields(value)) {
    problems.push({ path: '', value, rule: 'is an object with venue, simulation, live' });
    return null;
  }
  for (const name of Object.keys(value)) {
    if (name !== 'venue' && name !== 'simulation' && name !== 'live')
      problems.push({ path: name, value: value[name], rule: 'is not a field here; there are venue, simulation, live' });
  }
  const { simulation, live } = value;
  const isLive = hasLiveShape(live, problems);
  const isWorld = hasSimulationShape(simulation, problems);
  const genesis = checkVenue(value['venue'], problems);
  if (!isWorld || !isLive || genesis === null) return null;
  problems.push(...checkSimulation(simulation, genesis));
  return problems.length === 0 ? { venue: rulesOf(genesis), simulation, live } : null;
}

/** The rules of a genesis judge the venue, with an identity of their own beside it. */
function checkVenue(venue: unknown, problems: ConfigurationProblem[]): Genesis | null {
  if (!isFields(venue)) {
    problems.push({ path: 'venue', value: venue, rule: 'is an object' });
    return null;
  }
  const identity = { version: 1, venueId: 'any', createdAtMicros: ANY_TIME_MICROS, sandbox: true, seed: 1 };
  const given = Object.keys(identity).filter((name) => name in venue);
  for (const name of given) problems.push({ path: `venue.${name}`, value: venue[name], rule: 'is not for a configuration to choose' });
  const assets = tableOf(venue, 'assets', problems);
  const markets = tableOf(venue, 'markets', problems);
  const genesis: unknown = {
    ...venue,
    ...identity,
    assets: assets.map(([, listing]) => listing),
    markets: markets.map(([, listing]) => listing),
  };
  for (const fault of checkGenesis(genesis)) problems.push({ ...fault, path: pathInFile(fault.path, { assets, markets }) });
  return isGenesis(genesis) ? genesis : null;
}

type Entries = readonly (readonly [name: string, listing: unknown])[];

function tableOf(venue: Readonly<Record<string, unknown>>, name: string, problems: ConfigurationProblem[]): Entries {
  const table = venue[name];
  if (!isFields(table)) {
    problems.push({ path: `venue.${name}`, value: table, rule: `is an object of ${name} by symbol` });
    return [];
  }
  for (const [symbol, listing] of Object.entries(table)) {
    if (isFields(listing) && listing['symbol'] !== symbol)
      problems.push({ path: `venue.${name}.${symbol}.symbol`, value: listing['symbol'], rule: `is the name it stands under, ${symbol}` });
  }
  return Object.entries(table);
}

/** `assets[2].weight` of a genesis is `venue.assets.BTC.weight` of a configuration. */
function pathInFile(path: string, tables: { readonly assets: Entries; readonly markets: Entries }): string {
  const [, table, index, rest = ''] = /^(assets|markets)\[(\d+)\](.*)$/.exec(path) ?? [];
  if (table !== 'assets' && table !== 'markets') return `venue.${path}`;
  const [symbol] = tables[table][Number(index)] ?? [''];
  return `venue.${table}.${symbol}${rest}`;
}

function rulesOf(genesis: Genesis): VenueRules {
  const { version: _version, venueId: _venueId, createdAtMicros: _createdAt, sandbox: _sandbox, seed: _seed, ...rules } = genesis;
  return {
    ...rules,
    assets: Object.fromEntries(genesis.assets.map((listing) => [listing.symbol, listing])),
    markets: Object.fromEntries(genesis.markets.map((listing) => [listing.symbol, listing])),
  };
}

/** Where it stands, what stands there, what is allowed. What the file leaves out is shown at the nearest thing around it. */
function describe({ path, value, rule }: ConfigurationProblem, { positions }: JsonText, file: string): string {
  let at = path;
  while (at !== '' && !positions.has(at)) at = at.replace(/(\.|^)[^.[]*$|\[\d+\]$/, '');
  const { line, column } = positions.get(at) ?? { line: 1, column: 1 };
  const shown = value === undefined ? '(missing)' : showValue(value);
  const short = shown.length > SHOWN_MAX ? `${shown.slice(0, SHOWN_MAX)}...` : shown;
  return `${file}:${line}:${column}: ${path === '' ? 'the whole' : path} = ${short} breaks the rule: ${rule}`;
}

/** As JSON; a number too large for a double, which JSON has no word for, by what it became. */
function showValue(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
