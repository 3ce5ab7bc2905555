/** How a refused value is shown back to its sender: short, on one line, and never misleading about its type. */

const SHOWN_LENGTH_MAX = 60;

/**
 * Shows a value of a request inside a sentence.
 *
 * @param value anything that JSON or a query can hold
 * @returns at most about 80 characters
 * @example showValue('1e5') // 'the string "1e5"'
 * @example showValue(1.5) // 'the number 1.5'
 */
export function showValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(shorten(value))}`;
    case 'number':
      return Number.isFinite(value) ? `the number ${value}` : 'a number too large to represent';
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? `a list of ${value.length}` : 'an object';
    default:
      return 'nothing';
  }
}

function shorten(text: string): string {
  return text.length <= SHOWN_LENGTH_MAX ? text : `${text.slice(0, SHOWN_LENGTH_MAX)}... (${text.length} characters)`;
}
