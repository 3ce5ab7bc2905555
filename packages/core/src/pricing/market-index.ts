/** What the assets' prices say of a market, in its quote per unit of its base. */
import { PriceGrade } from '@mochila/protocol';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';

/** Index of a market: the base's over the quote's; 0 while one is missing. */
export function marketIndex(state: State, market: Market): number {
  const quote = state.assets[market.quote]!.price.index;
  return quote === 0 ? 0 : state.assets[market.base]!.price.index / quote;
}

/** The worse of the two assets' grades. */
export function marketGrade(state: State, market: Market): PriceGrade {
  const base = state.assets[market.base]!.price.grade;
  const quote = state.assets[market.quote]!.price.grade;
  return gradeOf(Math.max(base, quote));
}

function gradeOf(value: number): PriceGrade {
  if (value === PriceGrade.Good) return PriceGrade.Good;
  return value === PriceGrade.Degraded ? PriceGrade.Degraded : PriceGrade.Stale;
}
