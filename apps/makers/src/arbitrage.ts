/** Funding arbitrage: sells a perpetual that is dear and buys the coin, or the other way round, and undoes it when it is over. */

/** What the arbitrageur sees of one asset. */
export interface ArbitrageView {
  /** Premium of the perpetual's mark over its index, a fraction. */
  readonly premium: number;
  /** Position in the perpetual in USD, long positive. */
  readonly positionUsd: number;
  /** Worth of the coins held, USD. */
  readonly coinsUsd: number;
}

/** How much it dares. */
export interface ArbitrageRules {
  /** Premium at which it enters, and below which it leaves. */
  readonly enter: number;
  readonly leave: number;
  readonly clipUsd: number;
  readonly positionMaxUsd: number;
}

/** What it does: the perpetual's side and the coin's are opposite. */
export interface ArbitrageAct {
  readonly perpSide: 'Bid' | 'Ask';
  readonly notionalUsd: number;
}

/**
 * Decides the next clip.
 *
 * @returns null when there is nothing to do.
 */
export function decideArbitrage(view: ArbitrageView, rules: ArbitrageRules): ArbitrageAct | null {
  const { premium, positionUsd, coinsUsd } = view;
  const { enter, leave, clipUsd, positionMaxUsd } = rules;
  if (premium >= enter && positionUsd > -positionMaxUsd)
    return { perpSide: 'Ask', notionalUsd: Math.min(clipUsd, positionUsd + positionMaxUsd) };
  if (premium <= -enter && positionUsd < positionMaxUsd && coinsUsd >= clipUsd) {
    return { perpSide: 'Bid', notionalUsd: Math.min(clipUsd, positionMaxUsd - positionUsd) };
  }
  // What is left is less than a clip's tenth: not worth its fees.
  if (Math.abs(premium) > leave || Math.abs(positionUsd) < clipUsd / 10) return null;
  return { perpSide: positionUsd > 0 ? 'Ask' : 'Bid', notionalUsd: Math.min(clipUsd, Math.abs(positionUsd)) };
}
