/** Values that people type. */
import { parseDecimal } from '@mochila/sdk';
import { InvalidArgumentError } from 'commander';

const DECIMALS_MAX = 18;

/** A decimal above zero. */
export function readAmount(text: string): string {
  const parsed = parseDecimal(text, DECIMALS_MAX);
  if (!parsed.ok && (parsed.reason === 'tooPrecise' || parsed.reason === 'tooLong'))
    throw new InvalidArgumentError(`"${text}" must have no more than ${DECIMALS_MAX} digits after the point and 64 characters.`);
  // What is too large is left to the venue, which knows the unit.
  const isGood = parsed.ok ? parsed.value > 0 : parsed.reason === 'outOfRange';
  if (isGood && !text.startsWith('-')) return text;
  throw new InvalidArgumentError(`"${text}" must be a number above zero such as 0.5, with a point and without separators.`);
}

/** A symbol: `sol_usdc_perp` and `SOL-USDC-PERP` are understood. */
export function readSymbol(text: string): string {
  const symbol = text.toUpperCase().replaceAll(/[-/]/g, '_');
  if (/^[A-Z0-9_]{1,64}$/.test(symbol)) return symbol;
  throw new InvalidArgumentError(`"${text}" must be a symbol such as SOL_USDC_PERP or USDC.`);
}

/** Makes a reader of whole numbers. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : -1;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`"${text}" must be a whole number from ${least} to ${most}.`);
  };
}

/** Makes a reader of words: the case does not matter, the word as it is known is answered. */
export function oneOf<const Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`"${text}" must be one of ${words.join(', ')}.`);
  };
}
