/**
 * The price at which an account's liquidation starts, one asset alone moving: the engine's own health at trial prices.
 * The perp's mark and the asset's own price move together, so a hedge is seen as one.
 */
import { MarketType } from '@mochila/protocol';
import { PRICE_TICKS_MAX } from '../limits.ts';
import type { State } from '../state.ts';
import { computeHealth, HealthMode } from './compute-health.ts';
import { createHealth } from './health.ts';

const trial = createHealth();

/**
 * Ticks at which net equity falls below maintenance as the market's price moves against the account.
 *
 * @param isFalling - the direction to search: falling for longs, rising for shorts and debts.
 * @returns whole ticks: the first at which it is short, searched up to ten times the mark or down to one tick; 0 when
 *   there is none. About 40 health computations.
 */
export function liquidationTicks(state: State, account: number, market: number, isFalling: boolean): number {
  const { price, tickSize, base } = state.markets[market]!;
  const ticks = price.markTicks;
  if (ticks === 0) return 0;
  const far = isFalling ? 1 : Math.min(PRICE_TICKS_MAX, ticks * 10);
  const isShortAt = (at: number): boolean =>
    isShort(state, account, market, base, at, state.assets[base]!.price.mark + (at - ticks) * tickSize);
  return firstShort(ticks, far, isShortAt);
}

/** The same for an asset without a perp, in USD as a double with eight digits. */
export function liquidationPriceOfAsset(state: State, account: number, asset: number, isFalling: boolean): number {
  const mark = state.assets[asset]!.price.mark;
  if (mark <= 0) return 0;
  const steps = 100_000_000;
  const far = isFalling ? 1 : steps * 10;
  const found = firstShort(steps, far, (at) => isShort(state, account, perpOf(state, asset), asset, -1, (mark * at) / steps));
  return (mark * found) / steps;
}

/** MarketIx of an asset's perpetual against USDC, or -1. */
export function perpOf(state: State, asset: number): number {
  return state.markets.findIndex((market) => market.type === MarketType.PERP && market.base === asset);
}

function firstShort(from: number, far: number, isShortAt: (at: number) => boolean): number {
  if (isShortAt(from)) return from;
  if (!isShortAt(far)) return 0;
  let safe = from;
  let short = far;
  while (Math.abs(short - safe) > 1) {
    const middle = Math.floor((safe + short) / 2);
    if (isShortAt(middle)) short = middle;
    else safe = middle;
  }
  return short;
}

/** Health at trial prices: they are set, looked at and put back within this call. @param ticks - -1 to derive them from the price. */
function isShort(state: State, account: number, market: number, asset: number, ticks: number, assetPrice: number): boolean {
  const own = state.assets[asset]!.price;
  const { mark } = own;
  const perp = market < 0 ? null : state.markets[market]!;
  const perpTicks = perp === null ? 0 : perp.price.markTicks;
  own.mark = Math.max(0, assetPrice);
  if (perp !== null) perp.price.markTicks = ticks >= 0 ? ticks : Math.max(1, perpTicks + Math.round((assetPrice - mark) / perp.tickSize));
  computeHealth(state, account, HealthMode.Maintenance, null, trial);
  own.mark = mark;
  if (perp !== null) perp.price.markTicks = perpTicks;
  return trial.netEquity < trial.maintenanceMargin;
}
