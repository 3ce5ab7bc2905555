/** A market's ticks and lots: between numbers that bots reckon with and the texts that the exchange takes. */
import { formatDecimal } from '@mochila/units';
import type { MarketInfo } from './exchange-client.ts';

/** What a bot knows of a market. */
export interface MarketScale {
  readonly symbol: string;
  readonly isPerp: boolean;
  readonly base: string;
  /** Value of a tick in the quote asset and of a lot in the base asset. */
  readonly tick: number;
  readonly lot: number;
  readonly lotsMin: number;
  /** A whole number of ticks or lots as text. */
  priceText(ticks: number): string;
  quantityText(lots: number): string;
}

/** Reads a market's listing. */
export function scaleOf({ symbol, marketType, baseSymbol, tickSize, stepSize, minQuantity }: MarketInfo): MarketScale {
  const lot = Number(stepSize);
  return {
    symbol,
    isPerp: marketType === 'PERP',
    base: baseSymbol,
    tick: Number(tickSize),
    lot,
    lotsMin: Math.max(1, Math.round(Number(minQuantity) / lot)),
    priceText: writerOf(tickSize),
    quantityText: writerOf(stepSize),
  };
}

function writerOf(step: string): (count: number) => string {
  const decimals = step.includes('.') ? step.length - step.indexOf('.') - 1 : 0;
  const units = Math.round(Number(step) * 10 ** decimals);
  return (count) => formatDecimal(count * units, decimals);
}
