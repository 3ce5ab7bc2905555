/** Rules of the simulated world: its shape, and that it speaks of what the venue lists and of the sources it hears. */
import type { SimulatedAsset, SimulatedSource } from '@mochila/prices-simulated';
import type { SimulationSettings } from './default-simulation.ts';
import { isFields } from './merge-configuration.ts';

/** One broken rule of a configuration, without its place in the file. */
export interface ConfigurationProblem {
  /** Such as `simulation.assets.BTC.volatility`. */
  readonly path: string;
  readonly value: unknown;
  readonly rule: string;
}

type Check = (value: unknown, path: string, problems: ConfigurationProblem[]) => void;

function check(rule: string, holds: (value: unknown) => boolean): Check {
  return (value, path, problems) => {
    if (!holds(value)) problems.push({ path, value, rule });
  };
}

function range(min: number, max: number): Check {
  return check(`is a number from ${min} to ${max}`, (value) => typeof value === 'number' && value >= min && value <= max);
}

function whole(min: number, max: number): Check {
  const holds = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return check(`is a whole number from ${min} to ${max}`, holds);
}

function object<T>(checks: { readonly [K in keyof T]-?: Check }): Check {
  const known: ReadonlyMap<string, Check> = new Map(Object.entries<Check>(checks));
  const names = [...known.keys()].join(', ');
  return (value, path, problems) => {
    if (!isFields(value)) {
      problems.push({ path, value, rule: `is an object with ${names}` });
      return;
    }
    for (const [name, part] of known) part(value[name], `${path}.${name}`, problems);
    for (const name of Object.keys(value)) {
      if (!known.has(name)) problems.push({ path: `${path}.${name}`, value: value[name], rule: `is not a field here; there are ${names}` });
    }
  };
}

const assetShape = object<Omit<SimulatedAsset, 'symbol'>>({
  startPrice: range(1e-9, 1e9),
  priceStep: range(1e-12, 1e6),
  volatility: range(0, 5),
  beta: range(-5, 5),
  isPegged: check('is true or false', (value) => typeof value === 'boolean'),
  halfSpread: range(0, 0.05),
  everySeconds: whole(1, 5),
});

const sourceShape = object<SimulatedSource>({
  name: check('is a text of 1 to 32 characters', (value) => typeof value === 'string' && value.length >= 1 && value.length <= 32),
  quote: check('is one of USD, USDC, USDT', (value) => value === 'USD' || value === 'USDC' || value === 'USDT'),
  latencySeconds: whole(0, 5),
  noise: range(0, 0.01),
  spreadFactor: range(0, 10),
  silencesPerDay: range(0, 4),
});

/** True when the value is a simulated world in shape; adds a problem for everything that is not. */
export function hasSimulationShape(value: unknown, problems: ConfigurationProblem[]): value is SimulationSettings {
  const before = problems.length;
  object<SimulationSettings>({ assets: checkAssets, sources: checkSources })(value, 'simulation', problems);
  return problems.length === before;
}

const checkAssets: Check = (value, path, problems) => {
  if (!isFields(value)) problems.push({ path, value, rule: 'is an object of assets by symbol' });
  else for (const [symbol, settings] of Object.entries(value)) assetShape(settings, `${path}.${symbol}`, problems);
};

const checkSources: Check = (value, path, problems) => {
  if (!Array.isArray(value)) problems.push({ path, value, rule: 'is a list of sources' });
  else for (const [at, source] of value.entries()) sourceShape(source, `${path}[${at}]`, problems);
};

/** What the venue asks of the world: a moving price for every asset that has no other, and the sources it listens to. */
export interface ListedPrices {
  readonly assets: readonly { readonly symbol: string; readonly redemption: unknown }[];
  readonly prices: { readonly sources: readonly { readonly name: string; readonly quote: string }[] };
}

/** Finds what the simulated world leaves out. */
export function checkSimulation(simulation: SimulationSettings, listed: ListedPrices): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const priced = listed.assets.filter(({ symbol, redemption }) => symbol !== 'USDC' && redemption === null);
  for (const { symbol } of priced) {
    if (simulation.assets[symbol] !== undefined) continue;
    problems.push({
      path: `simulation.assets.${symbol}`,
      value: undefined,
      rule: 'is given, since venue.assets lists it and nothing else prices it',
    });
  }
  for (const symbol of Object.keys(simulation.assets)) {
    if (priced.some((asset) => asset.symbol === symbol)) continue;
    problems.push({
      path: `simulation.assets.${symbol}`,
      value: simulation.assets[symbol],
      rule: 'is listed in venue.assets, without a redemption',
    });
  }
  for (const [at, { name, quote }] of simulation.sources.entries()) {
    if (listed.prices.sources.some((source) => source.name === name && source.quote === quote)) continue;
    problems.push({ path: `simulation.sources[${at}]`, value: name, rule: `is in venue.prices.sources, quoting in ${quote}` });
  }
  return problems;
}
