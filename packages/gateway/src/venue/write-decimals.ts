/** Writing engine units as the decimals of answers: the fewest digits that are exact. */
import {
  asAtoms,
  asLots,
  asTicks,
  asUnixMicros,
  formatAmount,
  formatDecimal,
  formatIso,
  formatPrice,
  formatQuantity,
} from '@mochila/units';
import type { AssetEntry, MarketEntry } from './directory.ts';

/** Ticks as text. */
export function writePrice(market: MarketEntry, ticks: number): string {
  return formatPrice(asTicks(ticks), market.priceScale);
}

/** Lots as text, signed. */
export function writeQuantity(market: MarketEntry, lots: number): string {
  return lots < 0 ? `-${formatQuantity(asLots(-lots), market.quantityScale)}` : formatQuantity(asLots(lots), market.quantityScale);
}

/** Atoms as text, signed. */
export function writeAmount(asset: AssetEntry, atoms: number): string {
  return atoms < 0 ? `-${formatAmount(asAtoms(-atoms), asset.decimals)}` : formatAmount(asAtoms(atoms), asset.decimals);
}

const RISK_DIGITS = 8;

/** A USD figure or fraction of the risk engine: a double, shown with up to eight decimals. */
export function writeFigure(value: number, digits: number = RISK_DIGITS): string {
  if (!Number.isFinite(value)) return '0';
  const text = value.toFixed(digits);
  const short = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  return short === '-0' ? '0' : short;
}

/** A price in USD, a double, to as many digits as the market's ticks have and two more. */
export function writeUsdPrice(market: MarketEntry, usd: number): string {
  return writeFigure(usd, Math.min(12, market.priceScale.priceDecimals + 2));
}

/** A rate in 1e-9 as a fraction. */
export function writePpb(ppb: number): string {
  return formatDecimal(ppb, 9);
}

/** Microseconds as whole milliseconds, rounded down so that a client's clock never runs behind. */
export function writeMillis(micros: number): number {
  return Math.floor(micros / 1000);
}

/** Microseconds as ISO 8601 in UTC without a zone. */
export function writeIso(micros: number): string {
  return formatIso(asUnixMicros(micros));
}

/** A price in ticks that may be a fraction of one, to two digits more than whole ticks have. */
export function writeTicks(market: MarketEntry, ticks: number): string {
  const { tickAtoms, priceDecimals } = market.priceScale;
  return writeUsdPrice(market, (ticks * tickAtoms) / 10 ** priceDecimals);
}

/** A rate in 1e-6 in basis points. @example writePpmAsBasisPoints(250) // '2.5' */
export function writePpmAsBasisPoints(ppm: number): string {
  return formatDecimal(ppm, 2);
}
