/** `GET /api/v1/position`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { FuturePositionWithMargin } from '../types/positions.ts';
import type { MarketType } from '../types/words.ts';

/** What {@link listPositions} takes. */
export type ListPositionsParams = {
  /** Only this market. */
  readonly symbol?: string;
  readonly marketType?: MarketType;
};

/**
 * Lists the open perpetual positions with their margin.
 *
 * @returns positions
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, netQuantity, pnlUnrealized } of await listPositions(client)) console.log(symbol, netQuantity, pnlUnrealized);
 * console.log('that is all');
 */
export function listPositions(client: Client, params: ListPositionsParams = {}): Promise<FuturePositionWithMargin[]> {
  return readSigned(client, 'GET /api/v1/position', 'list', params);
}
