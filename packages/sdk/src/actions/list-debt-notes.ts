/** `GET /api/v1/debtNotes`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { DebtNote } from '../types/backstop.ts';

/**
 * Lists the debt notes of the account.
 *
 * @returns notes that stand
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { id, symbol, quantity } of await listDebtNotes(client)) console.log(id, symbol, quantity);
 */
export function listDebtNotes(client: Client): Promise<DebtNote[]> {
  return readSigned(client, 'GET /api/v1/debtNotes', 'list');
}
