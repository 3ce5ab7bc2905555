/** How far a taker may walk, as data. */
import type { ExpiryReason } from '@mochila/protocol';

/** The last price a taker may pay (bid) or accept (ask), and what stops it there. */
export interface PriceBound {
  ticks: number;
  reason: ExpiryReason;
}

/** Slippage a market order allows; kind None for none. */
export interface Slippage {
  kind: number;
  tolerance: number;
}
