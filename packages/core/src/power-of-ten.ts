/** Powers of ten without `**`, which engines may round differently. */

/** Ten to the power of a whole number from 0 to 22: exact. @example powerOfTen(3) // 1000 */
export function powerOfTen(exponent: number): number {
  let power = 1;
  for (let at = 0; at < exponent; at += 1) power *= 10;
  return power;
}
