/** The moment of an answer, as HTTP writes it. */

let writtenSecond = -1;
let written = '';

/**
 * Writes a moment; written anew once a second.
 *
 * @param unixMs Unix milliseconds
 * @example httpDate(784111777000) // 'Sun, 06 Nov 1994 08:49:37 GMT'
 */
export function httpDate(unixMs: number): string {
  const second = Math.floor(unixMs / 1_000);
  if (second !== writtenSecond) {
    written = new Date(second * 1_000).toUTCString();
    writtenSecond = second;
  }
  return written;
}
