/** A receipt from a file: whether it has the shape of one. */
import { isReceiptDocument, type ReceiptDocument } from '@mochila/protocol';
import { UsageFault } from '../faults.ts';

/**
 * Reads the text of a receipt.
 *
 * @throws UsageFault for what is no receipt
 */
export function parseReceipt(text: string): ReceiptDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageFault(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (!isReceiptDocument(value)) throw new UsageFault('This has not the shape of a receipt: GET /api/v1/receipts/{id} answers one.');
  return value;
}
