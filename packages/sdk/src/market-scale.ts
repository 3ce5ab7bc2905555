/** Between the decimals of the interface and whole numbers of ticks and lots, in which bots can count without floats. */
import {
  asLots,
  asTicks,
  formatPrice,
  formatQuantity,
  type Lots,
  type PriceScale,
  parsePrice,
  parseQuantity,
  type QuantityScale,
  type Ticks,
} from '@mochila/units';
import { UsageFault } from './faults.ts';
import type { Market } from './types/markets.ts';
import type { Decimal } from './types/words.ts';

/** Ticks and lots of one market. */
export type MarketScale = {
  /** Whole ticks of a price. @throws UsageFault for a price between two ticks */
  readonly ticksOf: (price: Decimal) => Ticks;
  readonly priceOf: (ticks: number) => Decimal;
  /** Whole lots of a quantity. @throws UsageFault for a quantity between two lots */
  readonly lotsOf: (quantity: Decimal) => Lots;
  readonly quantityOf: (lots: number) => Decimal;
};

/**
 * Makes the scale of a market.
 *
 * @param market from the markets route
 * @example createMarketScale({ symbol: 'X', filters: { price: { tickSize: '0.05' }, quantity: { stepSize: '0.01' } } }).priceOf(3) // '0.15'
 */
export function createMarketScale(market: {
  readonly symbol: string;
  readonly filters: {
    readonly price: Pick<Market['filters']['price'], 'tickSize'>;
    readonly quantity: Pick<Market['filters']['quantity'], 'stepSize'>;
  };
}): MarketScale {
  const { tickSize } = market.filters.price;
  const { stepSize } = market.filters.quantity;
  const [tickAtoms, priceDecimals] = readStep(tickSize);
  const [lotAtoms, baseDecimals] = readStep(stepSize);
  const price: PriceScale = { tickAtoms, priceDecimals };
  const quantity: QuantityScale = { lotAtoms, baseDecimals };
  const refuse = (what: string, text: string, step: string): never => {
    throw new UsageFault(`${market.symbol}: the ${what} "${text}" is no whole multiple of ${step}.`);
  };
  return {
    ticksOf: (text) => {
      const parsed = parsePrice(text, price);
      return parsed.ok ? parsed.value : refuse('price', text, tickSize);
    },
    priceOf: (count) => formatPrice(asTicks(Math.trunc(count)), price),
    lotsOf: (text) => {
      const parsed = parseQuantity(text, quantity);
      return parsed.ok ? parsed.value : refuse('quantity', text, stepSize);
    },
    quantityOf: (count) => formatQuantity(asLots(Math.trunc(count)), quantity),
  };
}

/** "0.05" is 5 units of two decimals. */
function readStep(step: Decimal): readonly [units: number, decimals: number] {
  const decimals = step.split('.')[1]?.length ?? 0;
  return [Number(step.replace('.', '')), decimals];
}
