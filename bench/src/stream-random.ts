/** Small deterministic randomness for streams: sfc32 on integers, seeded through splitmix32. */

/** A generator: plain state, advanced by {@link nextUint32}. */
export interface Random {
  readonly state: Int32Array;
}

/**
 * Starts a generator.
 *
 * @param seed any 32-bit integer; equal seeds give equal numbers on every machine
 */
export function createRandom(seed: number): Random {
  const state = new Int32Array(4);
  let mixed = seed | 0;
  for (let at = 0; at < 3; at += 1) {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[at] = word ^ (word >>> 15);
  }
  state[3] = 1;
  const random = { state };
  for (let at = 0; at < 12; at += 1) nextUint32(random);
  return random;
}

/** Next integer in [0, 2^32). */
export function nextUint32({ state }: Random): number {
  const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
  const result = (a + b + counter) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + result) | 0;
  state[3] = (counter + 1) | 0;
  return result >>> 0;
}

/** Next integer in [0, bound). */
export function nextBelow(random: Random, bound: number): number {
  return Math.floor((nextUint32(random) * bound) / 4_294_967_296);
}

/** Number of failures before a success of chance 1 / (mean + 1), cut at `max`: mostly small, now and then large. */
export function nextGeometric(random: Random, mean: number, max: number): number {
  const chance = 4_294_967_296 / (mean + 1);
  let failures = 0;
  while (failures < max && nextUint32(random) >= chance) failures += 1;
  return failures;
}
