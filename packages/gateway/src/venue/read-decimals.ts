/** Reading the decimals of requests into engine units; each refusal names the field, the value, the rule and a way out. */
import {
  asLots,
  asTicks,
  formatPrice,
  formatQuantity,
  type MarketTextReason,
  type Parsed,
  parseAmount,
  parsePrice,
  parseQuantity,
} from '@mochila/units';
import { ApiError } from '../errors/api-error.ts';
import type { ApiErrorCode } from '../errors/api-error-code.ts';
import type { AssetEntry, MarketEntry } from './directory.ts';

/** A price in ticks. @throws ApiError INVALID_PRICE. */
export function readPrice(market: MarketEntry, field: string, text: string): number {
  const rule = (): string => `a multiple of the tick size ${formatPrice(asTicks(1), market.priceScale)} of ${market.symbol}`;
  return taken(parsePrice(text, market.priceScale), 'INVALID_PRICE', field, text, rule);
}

/** A quantity in lots. @throws ApiError INVALID_QUANTITY. */
export function readQuantity(market: MarketEntry, field: string, text: string): number {
  const rule = (): string => `a multiple of the step size ${formatQuantity(asLots(1), market.quantityScale)} of ${market.symbol}`;
  return taken(parseQuantity(text, market.quantityScale), 'INVALID_QUANTITY', field, text, rule);
}

/** An amount of an asset in atoms. @throws ApiError INVALID_QUANTITY. */
export function readAmount(asset: AssetEntry, field: string, text: string): number {
  const rule = (): string => `an amount of ${asset.symbol} with at most ${asset.decimals} decimals`;
  return taken(parseAmount(text, asset.decimals), 'INVALID_QUANTITY', field, text, rule);
}

function taken(parsed: Parsed<number, MarketTextReason>, code: ApiErrorCode, field: string, text: string, rule: () => string): number {
  if (parsed.ok) return parsed.value;
  const size = parsed.reason === 'outOfRange' ? 'is larger than the ledger can hold' : `must be ${rule()}`;
  throw new ApiError(code, `\`${field}\` ${size}, got "${text}".`);
}
