/** `POST /api/v1/debtNotes`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { DebtNote } from '../types/backstop.ts';
import type { Decimal } from '../types/words.ts';

/** What {@link repayDebtNote} takes. */
export type RepayDebtNoteParams = {
  /** Number of the note. */
  readonly id: number;
  /** Units of its asset, at most what is left. */
  readonly quantity: Decimal;
};

/**
 * Repays a debt note, whole or in part, to the fund. Nothing else ever does. Sent with an idempotency key, so a broken connection
 * does not do it twice.
 *
 * @returns the note with what is left of it
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { id, quantity } of await listDebtNotes(client)) await repayDebtNote(client, { id, quantity });
 */
export function repayDebtNote(client: Client, params: RepayDebtNoteParams, options: WriteOptions = {}): Promise<DebtNote> {
  return write(client, 'POST /api/v1/debtNotes', 'object', params, { retry: true, ...options });
}
