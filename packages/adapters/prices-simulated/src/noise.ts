/** Randomness as a function: the same seed, stream and step give the same number, in any order and after any restart. */

const GOLDEN = 0x9e3779b1;
const TWO_PI = 2 * Math.PI;
const UINT32 = 4_294_967_296;

/** Mixes two words into one, 32 bits; the finaliser of MurmurHash3. */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b + GOLDEN, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A stream of randomness of its own, named by a text. @param seed - a whole number; its low 32 bits and the rest both count. */
export function streamOf(seed: number, name: string): number {
  let stream = mix(seed >>> 0, Math.floor(seed / UINT32) >>> 0);
  for (let at = 0; at < name.length; at += 1) stream = mix(stream, name.charCodeAt(at));
  return stream;
}

/** A number from 0 (included) to 1 (not included) for a step of a stream. */
export function uniform(stream: number, step: number): number {
  return mix(stream, step) / UINT32;
}

/** A standard normal number for a step of a stream (Box and Muller). */
export function gaussian(stream: number, step: number): number {
  const first = mix(stream, step);
  const radius = Math.sqrt(-2 * Math.log((first + 0.5) / UINT32));
  return radius * Math.cos((TWO_PI * mix(first, stream ^ step)) / UINT32);
}

/**
 * Noise that wanders slowly: standard normal at every multiple of `period`, mixed in between so that its variance stays 1.
 *
 * @param at - a moment, in the unit of `period`
 */
export function slowNoise(stream: number, at: number, period: number): number {
  const step = Math.floor(at / period);
  const share = at / period - step;
  const mixed = gaussian(stream, step) * (1 - share) + gaussian(stream, step + 1) * share;
  return mixed / Math.sqrt((1 - share) * (1 - share) + share * share);
}
