/** The crowd: small orders at random, in moods that last a while, so that prices, candles and funding have something to show. */
import { clamp } from './quote-ladder.ts';
import type { Random } from './random.ts';

/** The mood of a market: -1 everybody sells, 1 everybody buys. */
export type Mood = number;

const MOOD_KEPT = 0.97;
const MOOD_NOISE = 0.08;
const BURST_CHANCE = 0.01;

/** Lets a mood drift; now and then something happens and everybody wants the same. */
export function nextMood(mood: Mood, random: Random): Mood {
  if (random.uniform() < BURST_CHANCE) return random.uniform() < 0.5 ? -1 : 1;
  return clamp(mood * MOOD_KEPT + MOOD_NOISE * random.gaussian(), -1, 1);
}

/** What one member of the crowd may do. */
export interface TakerView {
  readonly mood: Mood;
  /** What it holds over what it may hold, -1 to 1: the more, the more it tends to the other side. */
  readonly inventory: number;
  readonly medianUsd: number;
  readonly maxUsd: number;
}

/** What it does. */
export interface TakerAct {
  readonly side: 'Bid' | 'Ask';
  readonly notionalUsd: number;
  /** A limit order waits a little away from the price, by this fraction; null takes at once. */
  readonly offset: number | null;
}

const LIMIT_CHANCE = 0.2;
const SIZE_SPREAD = 0.8;

/** Draws the next act. */
export function drawTakerAct(view: TakerView, random: Random): TakerAct {
  const pull = clamp(view.inventory, -1, 1);
  const buyChance = clamp(0.5 + 0.35 * view.mood - 0.5 * pull * Math.abs(pull), 0.02, 0.98);
  const side = random.uniform() < buyChance ? 'Bid' : 'Ask';
  const notionalUsd = Math.min(view.maxUsd, view.medianUsd * Math.exp(SIZE_SPREAD * random.gaussian()));
  const offset = random.uniform() < LIMIT_CHANCE ? 0.0001 + 0.002 * random.uniform() : null;
  return { side, notionalUsd, offset };
}

/** Picks an entry with a chance in proportion to its weight. @returns the index; -1 for none. */
export function pickWeighted(weights: readonly number[], random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}
