/** `GET /api/v1/receipts/{id}`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { Receipt } from '../types/receipts.ts';

/** What {@link getReceipt} takes. */
export type GetReceiptParams = {
  /** Id of the receipt, such as `91422-65536`. */
  readonly id: string;
};

/**
 * Shows one receipt with every number; {@link verifyReceipt} computes it again.
 *
 * @returns the receipt
 * @throws ApiFault RESOURCE_NOT_FOUND when the account has none of this id, NetworkFault when the venue cannot be reached
 * @example
 * const receipt = await getReceipt(client, { id: '91422-65536' });
 * console.log(receipt.kind, receipt.lines.acts.length, 'acts');
 */
export function getReceipt(client: Client, params: GetReceiptParams): Promise<Receipt> {
  return readSigned(client, 'GET /api/v1/receipts/{id}', 'object', params);
}
