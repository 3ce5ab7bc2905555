/** The coins of a simulated venue: each an asset with a perpetual, a spot market, or both. */

/** How a coin is listed. */
export interface Coin {
  readonly symbol: string;
  /** Price at the beginning, USD. */
  readonly usd: number;
  readonly kind: 'major' | 'large' | 'alt' | 'new';
  /** Markets it has; both when left out. */
  readonly markets?: 'perp' | 'spot';
  /** A wrapped or yield-bearing coin: another coin it can be redeemed for, and at which rate. */
  readonly redemption?: { readonly underlying: string; readonly rate: string };
}

/** Digits of a coin: its price is some ten to a hundred thousand ticks, its lot some one to ten dollars. */
export interface CoinDigits {
  readonly tickSize: number;
  readonly tickText: string;
  readonly lotSize: number;
  readonly lotText: string;
  readonly decimals: number;
}

/** Works the digits out from the price. */
export function digitsOf({ usd }: Coin): CoinDigits {
  const exponent = Math.floor(Math.log10(usd) + 1e-9);
  const tick = exponent - 4;
  const lot = -exponent;
  return {
    tickSize: 10 ** tick,
    tickText: powerText(tick),
    lotSize: 10 ** lot,
    lotText: powerText(lot),
    decimals: lot >= 0 ? 2 : Math.min(8, 4 - lot),
  };
}

function powerText(exponent: number): string {
  return exponent >= 0 ? `1${'0'.repeat(exponent)}` : `0.${'0'.repeat(-exponent - 1)}1`;
}
