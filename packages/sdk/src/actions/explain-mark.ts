/** `GET /api/v1/markPrices/explain`. */
import type { Client } from '../client.ts';
import { readPublic } from '../request.ts';
import type { MarkExplanation } from '../types/own.ts';

/** What {@link explainMark} takes. */
export type ExplainMarkParams = {
  /** Market, such as `SOL_USDC_PERP`. */
  readonly symbol: string;
};

/**
 * Shows how a mark price came about, layer by layer.
 *
 * @returns sources, index, candidates and the mark
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * const { sources, indexPrice, markPrice } = await explainMark(client, { symbol: 'SOL_USDC_PERP' });
 * console.log(sources.length, 'sources', indexPrice, markPrice);
 */
export function explainMark(client: Client, params: ExplainMarkParams): Promise<MarkExplanation> {
  return readPublic(client, '/api/v1/markPrices/explain', 'object', params);
}
