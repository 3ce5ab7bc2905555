/** Health of a plain account, from nothing, at the prices of a question (accounts.md 5). */
import {
  accountOf,
  heldOf,
  type PlainAccount,
  type PlainAsset,
  type PlainMarket,
  type PlainOrder,
  type PlainVenue,
} from './plain-venue.ts';

export type Question = 'maintenance' | 'placing' | 'leaving';

export interface PlainHealth {
  equity: number;
  real: number;
  initial: number;
  maintenance: number;
}

export function healthOf(venue: PlainVenue, ix: number, question: Question): PlainHealth {
  const account = accountOf(venue, ix);
  const out = { equity: 0, real: 0, initial: 0, maintenance: 0 };
  let pnl = 0n;
  let extra = 0;
  for (const market of venue.markets) {
    const orders = venue.orders.filter((order) => order.account === ix && order.market === market.ix && order.isResting);
    if (market.isSpot) out.initial += spotLoss(venue, market, orders, question);
    else {
      pnl += unsettled(account, market);
      extra += addPerp(venue, account, market, orders, question, out);
    }
  }
  for (const asset of venue.assets) addAsset(venue, account, asset, pnl, extra, question, out);
  return out;
}

function unsettled(account: PlainAccount, market: PlainMarket): bigint {
  return BigInt(account.size[market.ix]!) * BigInt(market.markTicks - account.settledTicks[market.ix]!) * BigInt(market.k);
}

function imfOf(account: PlainAccount, exposure: number, base: number, factor: number): number {
  return Math.max(base, 1 / account.leverage, factor * Math.sqrt(exposure));
}

/** Adds a perp's margins; returns what its position is worth more or less at the worst price than at the mark. */
function addPerp(
  venue: PlainVenue,
  account: PlainAccount,
  market: PlainMarket,
  orders: PlainOrder[],
  question: Question,
  out: PlainHealth,
): number {
  const size = account.size[market.ix]!;
  const counted = orders.filter((order) => !order.isReduceOnly);
  const losing = orders.filter((order) => !order.isReduceOnly || order.isAsked);
  const bids = sum(counted.filter((order) => order.isBid).map((order) => order.lots));
  const asks = sum(counted.filter((order) => !order.isBid).map((order) => order.lots));
  const lots = Math.max(Math.abs(size + bids), Math.abs(size - asks)) * market.lotSize;
  const mark = market.markTicks * market.tickSize;
  const at = (price: number) => {
    const margin = lots * price * imfOf(account, lots * price, market.imf.base, market.imf.factor);
    const loss = sum(
      losing.map((order) => Math.max(0, (order.isBid ? 1 : -1) * (order.ticks * market.tickSize - price)) * order.lots * market.lotSize),
    );
    return { price, margin, loss, health: size * market.lotSize * price - margin - loss };
  };
  const prices = pricesFor(venue.assets[market.base]!, mark, question);
  const worst = prices.map(at).reduce((low, one) => (one.health < low.health ? one : low));
  out.initial += worst.margin + (question === 'maintenance' ? 0 : worst.loss);
  const notional = Math.abs(size) * market.lotSize * worst.price;
  out.maintenance += notional * Math.max(market.mmf.base, market.mmf.factor * Math.sqrt(notional));
  return size * market.lotSize * (worst.price - mark);
}

function pricesFor(asset: PlainAsset, mark: number, question: Question): number[] {
  if (question === 'maintenance') return [mark];
  return question === 'placing' ? [mark, asset.index] : [mark, asset.index, asset.stable];
}

function spotLoss(venue: PlainVenue, market: PlainMarket, orders: PlainOrder[], question: Question): number {
  if (question === 'maintenance') return 0;
  const base = venue.assets[market.base]!;
  const price = Math.min(...pricesFor(base, base.mark, question));
  return sum(
    orders.map((order) => {
      const perUnit = order.ticks * market.tickSize - price * base.weight;
      return Math.max(0, order.isBid ? perUnit : -perUnit) * order.lots * market.lotSize;
    }),
  );
}

function addAsset(
  venue: PlainVenue,
  account: PlainAccount,
  asset: PlainAsset,
  pnl: bigint,
  extra: number,
  question: Question,
  out: PlainHealth,
): void {
  const isUsdc = asset.ix === 0;
  const quantity = Number(account.net[asset.ix]! + (isUsdc ? pnl : 0n)) / asset.unit + (isUsdc ? extra : 0);
  const prices = isUsdc ? [1] : pricesFor(asset, asset.mark, question);
  const high = Math.max(...prices);
  const value = quantity * (quantity >= 0 ? Math.min(...prices) : high);
  out.equity += value >= 0 ? value * asset.weight : value;
  out.real += value;
  if (value < 0) out.maintenance += -value * asset.borrowMmf;
  const held = (Number(heldOf(venue, account.ix, asset.ix)) / asset.unit) * high;
  const exposure = Math.max(0, held - value);
  if (held > 0 || value < 0) out.initial += exposure * Math.max(asset.borrowImf, 1 / account.leverage);
}

/** True when a change from one health to another is allowed as lowering risk. */
export function isLower(before: PlainHealth, after: PlainHealth): boolean {
  if (after.real < 0) return false;
  if (after.maintenance === 0) return after.equity >= 0;
  return after.equity * before.maintenance >= before.equity * after.maintenance;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Where the account would stand with a change made to a copy of the venue. */
export function after(venue: PlainVenue, account: number, question: Question, change: (copy: PlainVenue) => void): PlainHealth {
  const copy = structuredClone(venue);
  change(copy);
  return healthOf(copy, account, question);
}
