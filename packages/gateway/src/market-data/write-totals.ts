/** Writing the sums of market data, which may pass 2^53, as the decimals of answers. */
import { formatDecimal } from '@mochila/units';
import type { MarketEntry } from '../venue/directory.ts';

/** Lots, summed, as text in the base asset. */
export function writeTotalQuantity(market: MarketEntry, lots: bigint): string {
  return formatDecimal(lots * BigInt(market.quantityScale.lotAtoms), market.quantityScale.baseDecimals);
}

/** Atoms, summed, as text in the quote asset. */
export function writeTotalQuote(market: MarketEntry, atoms: bigint): string {
  return formatDecimal(atoms, market.quote.decimals);
}
