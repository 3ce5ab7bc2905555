/** Seeded randomness of the bots: the same seed gives the same sequence. */
import { createHash } from 'node:crypto';

/** A sequence of random numbers. */
export interface Random {
  /** From 0 (included) to 1 (not included). */
  uniform(): number;
  /** Standard normal. */
  gaussian(): number;
}

/** Makes the sequence of a seed, any text, and a name (the generator is mulberry32). */
export function createRandom(seed: string, name: string): Random {
  let state = digestOf(seed, name).readUInt32LE(0);
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, gaussian };
}

/** Secret of a bot's key, base64 of 32 bytes: the same seed and name make the same key, so a restart finds its account again. */
export function secretOf(seed: string, name: string): string {
  return digestOf(seed, `key of ${name}`).toString('base64');
}

function digestOf(seed: string, name: string): Buffer {
  return createHash('sha256').update(`mochila reference bots ${seed} ${name}`).digest();
}
