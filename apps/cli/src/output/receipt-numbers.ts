/** Numbers of a receipt by their names, as text. */
import type { Receipt } from '@mochila/sdk';

/** Value of a term, or null. */
export function termOf({ lines }: Receipt, name: string): string | null {
  return lines.terms.find((line) => line.term === name)?.value ?? null;
}

/** Value of a parameter, or null. */
export function parameterOf({ lines }: Receipt, name: string): string | null {
  return lines.parameters.find((line) => line.parameter === name)?.value ?? null;
}
