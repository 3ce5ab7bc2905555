/** Parameters a receipt carries. */
import { RECEIPT_PARAMETERS, type ReceiptNumbers, type ReceiptParameter } from '@mochila/protocol';

/** Value of a parameter; NaN when the receipt has none, which matches nothing. */
export function parameterOf({ lines }: ReceiptNumbers, name: ReceiptParameter): number {
  return lines.parameters.find(({ parameter }) => RECEIPT_PARAMETERS[parameter] === name)?.value ?? Number.NaN;
}

/** Value of a term, or null. @param term - ReceiptTerm */
export function termOf({ lines }: ReceiptNumbers, term: number): number | null {
  return lines.terms.find((line) => line.term === term)?.value ?? null;
}
