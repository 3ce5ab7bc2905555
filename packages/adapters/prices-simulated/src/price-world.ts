/** The simulated world: assets whose prices wander together, and sources that watch them, each in its own way. */
import type { Quote } from '@mochila/ports';
import { gaussian, mix, slowNoise, streamOf, uniform } from './noise.ts';
import { createWander, SEGMENT_SECONDS, volatilityAt, type Wander, wanderAt } from './wander.ts';

/** How an asset's price moves. */
export interface SimulatedAsset {
  readonly symbol: string;
  /** USD at the beginning of the world, above 0. */
  readonly startPrice: number;
  /** Smallest step that sources quote in, in their quote unit; above 0. */
  readonly priceStep: number;
  /** Standard deviation of a year, 0.5 is 50 %; for a `pegged` asset the deviation from `startPrice` instead. */
  readonly volatility: number;
  /** Share in the moves of the whole market: 1 moves with it one for one. */
  readonly beta: number;
  /** True for stablecoins: the price stays around `startPrice` and takes no part in the market. */
  readonly isPegged: boolean;
  /** Half the spread of sources, a fraction. */
  readonly halfSpread: number;
  /** Seconds between two quotes of one source, from 1. */
  readonly everySeconds: number;
}

/** How a source sees the world. */
export interface SimulatedSource {
  readonly name: string;
  readonly quote: 'USD' | 'USDC' | 'USDT';
  /** Whole seconds that the source lags behind the world. */
  readonly latencySeconds: number;
  /** Standard deviation of its own error, a fraction. */
  readonly noise: number;
  /** Its spread relative to the asset's. */
  readonly spreadFactor: number;
  /** Silences of 20 to 90 s a day, 0 for none, at most 4. */
  readonly silencesPerDay: number;
}

/** Everything that a world is made of. */
export interface PriceWorldSettings {
  /** A whole number; the same seed makes the same world. */
  readonly seed: number;
  readonly assets: readonly SimulatedAsset[];
  readonly sources: readonly SimulatedSource[];
}

/** A world at any second since it began. */
export interface PriceWorld {
  /** True price of an asset in USD. @throws RangeError for an unknown asset. */
  priceAt(asset: string, second: number): number;
  /** What the sources say at a second, as far as one has something new to say after `afterSecond`. */
  quotesAt(second: number, afterSecond: number): Quote[];
}

/** Volatility of the market as a whole, its jumps a year, and their size. */
const MARKET = { volatility: 0.45, jumpsPerYear: 60, jumpSize: 0.012 } as const;
const OWN_JUMPS_PER_YEAR = 100;
const OWN_JUMP_SHARE = 0.02;
/** An asset keeps at least this share of its variance for itself. */
const OWN_VARIANCE_MIN = 0.1;
const SILENCE_WINDOW = 21_600;

interface WanderingAsset extends SimulatedAsset {
  readonly stream: number;
  readonly own: Wander;
}

/**
 * Makes a world.
 *
 * @example createPriceWorld({ seed: 1, assets, sources }).priceAt('BTC', 0) // its start price
 */
export function createPriceWorld({ seed, assets, sources }: PriceWorldSettings): PriceWorld {
  const market = createWander({ stream: streamOf(seed, 'market'), ...MARKET });
  const wandering = assets.map((asset) => createAsset(seed, asset));
  const bySymbol = new Map(wandering.map((asset) => [asset.symbol, asset]));
  const watching = sources.map((source) => ({ ...source, stream: streamOf(seed, `source ${source.name}`) }));
  const priceOf = (asset: WanderingAsset, second: number): number => {
    if (asset.isPegged) return asset.startPrice * (1 + peggedDeviation(asset, second));
    return asset.startPrice * Math.exp(asset.beta * wanderAt(market, second) + wanderAt(asset.own, second));
  };
  const tether = bySymbol.get('USDT');
  const quote = (source: WatchingSource, asset: WanderingAsset, second: number): Quote => {
    const seen = second - source.latencySeconds;
    const unit = source.quote === 'USDT' && tether !== undefined ? priceOf(tether, seen) : 1;
    return makeQuote(source, asset, priceOf(asset, seen) / unit, second);
  };
  return {
    priceAt: (symbol, second) => {
      const asset = bySymbol.get(symbol);
      if (asset === undefined) throw new RangeError(`${symbol} is not in the simulated world`);
      return priceOf(asset, second);
    },
    quotesAt: (second, afterSecond) => {
      const quotes: Quote[] = [];
      for (const [sourceAt, source] of watching.entries()) {
        if (isSilent(source, second)) continue;
        for (const [assetAt, asset] of wandering.entries()) {
          if (asset === tether && source.quote === 'USDT') continue;
          if (isDue(asset, second, afterSecond, sourceAt + assetAt)) quotes.push(quote(source, asset, second));
        }
      }
      return quotes;
    },
  };
}

type WatchingSource = SimulatedSource & { readonly stream: number };

function createAsset(seed: number, asset: SimulatedAsset): WanderingAsset {
  const stream = streamOf(seed, asset.symbol);
  const variance = asset.volatility * asset.volatility;
  const shared = asset.beta * MARKET.volatility;
  const own = Math.sqrt(Math.max(variance - shared * shared, OWN_VARIANCE_MIN * variance));
  const jumps = { jumpsPerYear: OWN_JUMPS_PER_YEAR, jumpSize: OWN_JUMP_SHARE * asset.volatility };
  return { ...asset, stream, own: createWander({ stream, volatility: own, ...jumps }) };
}

/** A peg drifts over hours and shivers over minutes. */
function peggedDeviation({ stream, volatility }: WanderingAsset, second: number): number {
  return volatility * (0.9 * slowNoise(mix(stream, 21), second, 14_400) + 0.4 * slowNoise(mix(stream, 22), second, 300));
}

/** Sources take turns, so that the index moves every second although each of them speaks every few. */
function isDue({ everySeconds }: SimulatedAsset, second: number, afterSecond: number, phase: number): boolean {
  const latest = second - ((((second + phase) % everySeconds) + everySeconds) % everySeconds);
  return latest > afterSecond;
}

/** A source falls silent now and then for 20 to 90 seconds. */
function isSilent({ stream, silencesPerDay }: WatchingSource, second: number): boolean {
  const window = Math.floor(second / SILENCE_WINDOW);
  if (uniform(mix(stream, 31), window) >= silencesPerDay / 4) return false;
  const start = uniform(mix(stream, 32), window) * (SILENCE_WINDOW - 100);
  const length = 20 + 70 * uniform(mix(stream, 33), window);
  const within = second - window * SILENCE_WINDOW;
  return within >= start && within < start + length;
}

function makeQuote(source: WatchingSource, asset: WanderingAsset, price: number, second: number): Quote {
  const stream = mix(source.stream, asset.stream);
  const calm = asset.isPegged ? 1 : volatilityAt(asset.stream, Math.floor(second / SEGMENT_SECONDS));
  const error = source.noise * (0.8 * slowNoise(stream, second, 7) + 0.6 * gaussian(mix(stream, 1), second));
  const half = asset.halfSpread * source.spreadFactor * (0.5 + 0.5 * calm);
  const middle = price * (1 + error);
  const bid = roundTo(middle * (1 - half), asset.priceStep, Math.floor);
  const ask = roundTo(middle * (1 + half), asset.priceStep, Math.ceil);
  const last = uniform(mix(stream, 2), second) < 0.5 ? bid : ask;
  return { source: source.name, asset: asset.symbol, bid, ask, last, seq: second + 1 + (source.stream % 100_000) };
}

/** Rounds to a whole number of steps, at least one, and cuts the dust that binary fractions leave. */
function roundTo(value: number, step: number, round: (value: number) => number): number {
  return Number((Math.max(1, round(value / step)) * step).toPrecision(12));
}
