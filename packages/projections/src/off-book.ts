/** Fills that no book made: positions taken over or closed by force, at prices that are nobody's quote. */
import { OrderOrigin } from '@mochila/protocol';

/** True for fills of backstop, fund and deleveraging: no last price, no candle, no volume, no public trade. */
export function isOffBook({ origin }: { readonly origin: number }): boolean {
  return origin === OrderOrigin.BackstopLiquidityProvider || origin === OrderOrigin.AdlAutoclose;
}
