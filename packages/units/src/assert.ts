/** A rule of the program itself was broken: a bug, never a reject. Nobody catches it; the engine halts. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/**
 * Halts with an {@link AssertionError} unless the condition holds.
 *
 * @param condition the positive rule
 * @param message the rule in words, with its invariant number if it has one
 * @throws AssertionError when the condition is false
 * @example assert(1 < 2, 'INV-07: book is not crossed')
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message);
}

/**
 * Throws an {@link AssertionError}; use it where the message is dear to build.
 *
 * @throws AssertionError always
 */
export function fail(message: string): never {
  throw new AssertionError(message);
}
