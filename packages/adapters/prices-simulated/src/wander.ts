/**
 * One factor of the simulated world: the logarithm of a price that wanders for ever, as a function of (seed, second).
 *
 * Time is cut into segments of a quarter of an hour. The value at a segment's start is the value at the start of the last
 * one, drawn back a little, plus an increment and perhaps a jump; inside a segment a Brownian bridge joins both ends. So
 * any second can be computed from the seed alone: a restart goes on where the venue's time stands, and a faster clock
 * walks the same path.
 */
import { gaussian, mix, slowNoise, uniform } from './noise.ts';

/** Seconds of a segment. */
export const SEGMENT_SECONDS = 900;

const SEGMENT_YEARS = SEGMENT_SECONDS / (365 * 86_400);
const HALF_LIFE_SECONDS = 60 * 86_400;
const PULL = 2 ** (-SEGMENT_SECONDS / HALF_LIFE_SECONDS);

/** Spells of calm and storm: how long they last in segments, and how much they matter in the logarithm of the volatility. */
const SPELLS = [
  { period: 2, weight: 0.35 },
  { period: 24, weight: 0.35 },
  { period: 288, weight: 0.3 },
] as const;
const SPELL_VARIANCE = SPELLS.reduce((sum, { weight }) => sum + weight * weight, 0);

/** How a factor wanders. */
export interface WanderSettings {
  readonly stream: number;
  /** Standard deviation of a year, jumps left out; 0.5 is 50 %. */
  readonly volatility: number;
  /** Jumps a year, and the standard deviation of one. */
  readonly jumpsPerYear: number;
  readonly jumpSize: number;
}

/** A factor and what is known of its path: the values at the start of `segment` and of the one before. */
export interface Wander extends WanderSettings {
  segment: number;
  value: number;
  valueBefore: number;
}

/** Makes a factor at its beginning, where it is 0. */
export function createWander(settings: WanderSettings): Wander {
  return { ...settings, segment: 0, value: 0, valueBefore: 0 };
}

/** How volatile a stream is in a segment; above 0, and its square is 1 on average. */
export function volatilityAt(stream: number, segment: number): number {
  let logarithm = -SPELL_VARIANCE;
  for (const [at, { period, weight }] of SPELLS.entries()) logarithm += weight * slowNoise(mix(stream, 11 + at), segment, period);
  return Math.exp(logarithm);
}

/**
 * Value of the factor at a second since the world began; 0 at the beginning and before.
 *
 * Costs a step per segment since the second asked last (a year is 35,000); more than a segment back it starts anew.
 *
 * @param second - a whole number
 */
export function wanderAt(wander: Wander, second: number): number {
  if (second <= 0) return 0;
  const segment = Math.floor(second / SEGMENT_SECONDS);
  const start = valueAtStart(wander, segment);
  const deviation = deviationOf(wander, segment);
  const end = continuousEnd(wander, segment, start, deviation);
  const within = second - segment * SEGMENT_SECONDS;
  const path = bridge({ stream: mix(mix(wander.stream, 5), segment), deviation, start, end, within });
  return within >= jumpSecond(wander.stream, segment) ? path + jumpOf(wander, segment) : path;
}

function valueAtStart(wander: Wander, segment: number): number {
  if (segment === wander.segment - 1) return wander.valueBefore;
  if (segment < wander.segment) Object.assign(wander, { segment: 0, value: 0, valueBefore: 0 });
  while (wander.segment < segment) {
    const end = continuousEnd(wander, wander.segment, wander.value, deviationOf(wander, wander.segment));
    wander.valueBefore = wander.value;
    wander.value = end + jumpOf(wander, wander.segment);
    wander.segment += 1;
  }
  return wander.value;
}

function deviationOf({ stream, volatility }: WanderSettings, segment: number): number {
  return volatility * Math.sqrt(SEGMENT_YEARS) * volatilityAt(stream, segment);
}

/** Where the segment ends but for its jump. */
function continuousEnd({ stream }: WanderSettings, segment: number, start: number, deviation: number): number {
  return start * PULL + deviation * gaussian(mix(stream, 1), segment);
}

function jumpOf({ stream, jumpsPerYear, jumpSize }: WanderSettings, segment: number): number {
  if (uniform(mix(stream, 2), segment) >= jumpsPerYear * SEGMENT_YEARS) return 0;
  return jumpSize * gaussian(mix(stream, 3), segment);
}

function jumpSecond(stream: number, segment: number): number {
  return 1 + Math.floor(uniform(mix(stream, 4), segment) * (SEGMENT_SECONDS - 1));
}

/** A Brownian bridge over the segment, at `within` whole seconds: halves the interval until its start is that second. */
function bridge(span: { stream: number; deviation: number; start: number; end: number; within: number }): number {
  const perSecond = span.deviation / Math.sqrt(SEGMENT_SECONDS);
  let from = 0;
  let to = SEGMENT_SECONDS;
  let fromValue = span.start;
  let toValue = span.end;
  while (span.within !== from) {
    const middle = from + Math.floor((to - from) / 2);
    const share = (middle - from) / (to - from);
    const spread = perSecond * Math.sqrt((middle - from) * (1 - share));
    const middleValue = fromValue + (toValue - fromValue) * share + spread * gaussian(span.stream, middle);
    if (span.within >= middle) {
      from = middle;
      fromValue = middleValue;
    } else {
      to = middle;
      toValue = middleValue;
    }
  }
  return fromValue;
}
