/** `PUT /api/v1/backstop`. */
import type { Client } from '../client.ts';
import { type WriteOptions, write } from '../request.ts';
import type { BackstopPosting } from '../types/backstop.ts';
import type { Decimal } from '../types/words.ts';

/** What {@link updateBackstop} takes; amounts in USDC. */
export type UpdateBackstopParams = {
  /** A perpetual market for its positions, a spot market for debts. */
  readonly symbol: string;
  /** To ring-fence for this market; 0 ends the offer. */
  readonly capital: Decimal;
  /** Notional to carry at once, at most. */
  readonly maxNotional: Decimal;
  readonly maxPerMinute: Decimal;
  readonly maxPerHour: Decimal;
};

/**
 * Offers to take over positions or debts in liquidation. What grows counts at once, what shrinks after the notice. Sent with an
 * idempotency key, so a broken connection does not do it twice.
 *
 * @returns all offers of the account
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const offer = { symbol: 'SOL_USDC_PERP', capital: '2000', maxNotional: '6000', maxPerMinute: '2000', maxPerHour: '6000' };
 * console.log((await updateBackstop(client, offer)).length, 'offers');
 */
export function updateBackstop(client: Client, params: UpdateBackstopParams, options: WriteOptions = {}): Promise<BackstopPosting[]> {
  return write(client, 'PUT /api/v1/backstop', 'list', params, { retry: true, ...options });
}
