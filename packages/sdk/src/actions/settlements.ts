/** `GET /api/v1/settlements`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { SettlementEpoch } from '../types/own.ts';

/** What {@link settlements} takes. */
export type SettlementsParams = {
  /** Settlements to answer, at most 1000; 100 when absent. */
  readonly limit?: number;
  /** Settlements to pass over. */
  readonly offset?: number;
};

/**
 * Lists the summaries of the ten-second settlements.
 *
 * @returns settlements, newest first
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { epoch, timestamp, accounts } of await settlements(client, { limit: 3 })) console.log(epoch, timestamp, accounts);
 */
export function settlements(client: Client, params: SettlementsParams = {}): Promise<SettlementEpoch[]> {
  return readPublic(client, '/api/v1/settlements', 'list', params);
}
