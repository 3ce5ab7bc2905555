/** `GET /api/v1/account/stress`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { AccountStress } from '../types/stress.ts';

/** What {@link getStress} takes. */
export type GetStressParams = {
  /** Moves of indexes as fractions above -1, by asset: `{ BTC: '-0.30' }`. */
  readonly shocks: Readonly<Record<string, string>>;
  /** Length of the move in seconds, 1 to 600; at once when absent. */
  readonly seconds?: number;
};

/**
 * Tries moves of prices on a copy of the account, by the engine itself: what would be liquidated, in which order, at which prices.
 *
 * @returns equity before, at its lowest and after, and every step
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { before, after, steps } = await getStress(client, { shocks: { BTC: '-0.30', SOL: '-0.50' } });
 * console.log(before.netEquity, '->', after.netEquity, steps.length, 'steps');
 */
export function getStress(client: Client, { shocks, seconds }: GetStressParams): Promise<AccountStress> {
  const text = Object.entries(shocks)
    .map(([asset, move]) => `${asset}:${move}`)
    .join(',');
  return readSigned(client, 'GET /api/v1/account/stress', 'object', { shocks: text, ...(seconds === undefined ? {} : { seconds }) });
}
