/** `GET /api/v1/collateral`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { CollateralSummary } from '../types/markets.ts';

/**
 * Lists how assets count as collateral and as debts.
 *
 * @returns margin and weight functions of every asset
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, haircutFunction } of await collateralAssets(client)) console.log(symbol, haircutFunction.weight);
 */
export function collateralAssets(client: Client): Promise<CollateralSummary[]> {
  return readPublic(client, '/api/v1/collateral', 'list');
}
