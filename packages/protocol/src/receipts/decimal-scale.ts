/** Whole multiples of a decimal step as text and back, without loss. */
import { formatDecimal } from '@mochila/units';

/** A step such as a tick, a lot or an atom: `units` of 10^-`decimals`. */
export interface DecimalScale {
  readonly units: number;
  readonly decimals: number;
}

/** Of what has no step of its own. */
export const WHOLE: DecimalScale = { units: 1, decimals: 0 };

/** The scale of a step written as a decimal, or null for what is none. @example scaleOfStep('0.05') // { units: 5, decimals: 2 } */
export function scaleOfStep(step: string): DecimalScale | null {
  if (!/^\d{1,15}(\.\d{1,18})?$/.test(step)) return null;
  const [whole = '', fraction = ''] = step.split('.');
  const units = Number(whole + fraction);
  return Number.isSafeInteger(units) && units > 0 ? { units, decimals: fraction.length } : null;
}

/** Writes a count of steps. */
export function writeScaled(count: number, { units, decimals }: DecimalScale): string {
  return formatDecimal(BigInt(count) * BigInt(units), decimals);
}

/** Reads what {@link writeScaled} wrote: the count, or null for another spelling or what is no multiple. */
export function readScaled(text: string, scale: DecimalScale): number | null {
  if (!/^-?\d{1,40}(\.\d{1,18})?$/.test(text)) return null;
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  if (fraction.length > scale.decimals) return null;
  const units = BigInt(whole + fraction.padEnd(scale.decimals, '0'));
  const count = Number(units / BigInt(scale.units)) * (isNegative ? -1 : 1);
  if (!Number.isSafeInteger(count)) return null;
  return writeScaled(count, scale) === text ? count : null;
}
