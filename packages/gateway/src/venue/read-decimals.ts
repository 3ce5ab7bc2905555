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
  const step = formatPrice(asTicks(1), market.priceScale);
  return taken(
    parsePrice(text, market.priceScale),
    'INVALID_PRICE',
    field,
    text,
    `a multiple of the tick size ${step} of ${market.symbol}`,
  );
}

/** A quantity in lots. @throws ApiError INVALID_QUANTITY. */
export function readQuantity(market: MarketEntry, field: string, text: string): number {
  const step = formatQuantity(asLots(1), market.quantityScale);
  return taken(
    parseQuantity(text, market.quantityScale),
    'INVALID_QUANTITY',
    field,
    text,
    `a multiple of the step size ${step} of ${market.symbol}`,
  );
}

/** An amount of an asset in atoms. @throws ApiError INVALID_QUANTITY. */
export function readAmount(asset: AssetEntry, field: string, text: string): number {
  return taken(
    parseAmount(text, asset.decimals),
    'INVALID_QUANTITY',
    field,
    text,
    `an amount of ${asset.symbol} with at most ${asset.decimals} decimals`,
  );
}

function taken(parsed: Parsed<number, MarketTextReason>, code: ApiErrorCode, field: string, text: string, rule: string): number {
  if (parsed.ok) return parsed.value;
  const size = parsed.reason === 'outOfRange' ? 'is larger than the ledger can hold' : `must be ${rule}`;
  throw new ApiError(code, `\`${field}\` ${size}, got "${text}".`);
}
