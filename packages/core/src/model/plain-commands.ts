/** What people and the second ask of the plain venue. Orders are of good shape: what is judged here is the state. */
import { after, healthOf, isLower } from './plain-health.ts';
import { boundOf, enter, remove } from './plain-matching.ts';
import {
  accountOf,
  bestOf,
  closableOf,
  costAtMost,
  feeOf,
  heldOf,
  holdOf,
  marketOf,
  notionalOf,
  ownedOf,
  type PlainMarket,
  type PlainOrder,
  type PlainVenue,
  payAssetOf,
  takerPpm,
} from './plain-venue.ts';

export type Refusal =
  | 'bookLimitOnly'
  | 'reduceOnlyNotReduced'
  | 'priceOutsideBand'
  | 'insufficientFunds'
  | 'accountLiquidating'
  | 'insufficientMargin'
  | 'triggerAlreadyMet';

/** @returns why not, or null when it was let in (and may be gone again already). */
export function place(venue: PlainVenue, order: PlainOrder): Refusal | null {
  if (order.trigger !== null) return placeTrigger(venue, order);
  const judged = judge(venue, order);
  if (judged.refusal !== null) return judged.refusal;
  venue.orders.push(order);
  enter(venue, order, judged.lowersRisk, judged.bound);
  return null;
}

function placeTrigger(venue: PlainVenue, order: PlainOrder): Refusal | null {
  const { trigger } = order;
  if (trigger === null) throw new Error('a trigger order has a trigger');
  const reference = referenceOf(venue, order);
  if (trigger.ticks === Math.round(reference)) return 'triggerAlreadyMet';
  if (order.isReduceOnly && closableOf(accountOf(venue, order.account), order) === 0) return 'reduceOnlyNotReduced';
  trigger.isAbove = trigger.ticks > reference;
  venue.orders.push(order);
  return null;
}

/** Price a trigger watches, in ticks. */
export function referenceOf(venue: PlainVenue, order: PlainOrder): number {
  const market = marketOf(venue, order.market);
  if (order.trigger?.by === 'index') return venue.assets[market.base]!.index / market.tickSize;
  if (order.trigger?.by === 'last' && market.lastTicks > 0) return market.lastTicks;
  return market.markTicks;
}

interface Judged {
  refusal: Refusal | null;
  lowersRisk: boolean;
  bound: number;
}

function judge(venue: PlainVenue, order: PlainOrder): Judged {
  const market = marketOf(venue, order.market);
  const account = accountOf(venue, order.account);
  const bound = boundOf(venue, market, order.isBid);
  const no = (refusal: Refusal): Judged => ({ refusal, lowersRisk: false, bound });
  if (market.isStepLimited && order.isMarket) return no('bookLimitOnly');
  if (order.isReduceOnly) {
    const closable = closableOf(account, order);
    if (closable === 0) return no('reduceOnlyNotReduced');
    if (order.quote === 0) {
      order.lots = Math.min(order.lots, closable);
      order.total = order.lots;
    }
  }
  if (!order.isMarket && !isInBand(venue, market, order.ticks)) return no('priceOutsideBand');
  if (market.isSpot && !order.autoBorrow && !isFunded(venue, market, order)) return no('insufficientFunds');
  const margin = judgeMargin(venue, market, order, bound);
  return { refusal: margin.refusal, lowersRisk: margin.lowersRisk, bound };
}

function isInBand(venue: PlainVenue, market: PlainMarket, ticks: number): boolean {
  const prices = [bestOf(venue, market.ix, true), bestOf(venue, market.ix, false)].filter((price) => price > 0);
  if (prices.length === 2 && market.lastTicks > 0) prices.push(market.lastTicks);
  prices.sort((a, b) => a - b);
  const active =
    prices.length === 0
      ? venue.assets[market.base]!.index / market.tickSize
      : prices.length === 3
        ? prices[1]!
        : (prices[0]! + prices.at(-1)!) / 2;
  return ticks >= Math.ceil(active * 0.75) && ticks <= Math.floor(active * 1.25);
}

function isFunded(venue: PlainVenue, market: PlainMarket, order: PlainOrder): boolean {
  const asset = payAssetOf(market, order.isBid);
  const best = bestOf(venue, market.ix, !order.isBid);
  const ticks = order.isMarket ? best : order.ticks;
  let needed: bigint;
  if (order.isBid) {
    needed = order.quote > 0 ? BigInt(order.quote) : costAtMost(venue, market, ticks, order.lots);
  } else {
    const lots = order.quote > 0 ? (best === 0 ? 0 : Math.floor(order.quote / (best * market.k))) : order.lots;
    needed = BigInt(lots) * BigInt(market.lotAtoms);
  }
  const available = ownedOf(accountOf(venue, order.account), asset) - heldOf(venue, order.account, asset);
  return (available > 0n ? available : 0n) >= needed;
}

/** The order stands at its worst price on a copy, its fee paid; else its fill there must lower risk. */
function judgeMargin(
  venue: PlainVenue,
  market: PlainMarket,
  order: PlainOrder,
  bound: number,
): { refusal: Refusal | null; lowersRisk: boolean } {
  const best = bestOf(venue, market.ix, !order.isBid);
  const worst = order.isMarket ? (best === 0 ? market.markTicks : bound) : order.ticks;
  const isLiquidating = accountOf(venue, order.account).isLiquidating;
  const harsh = order.isBid ? Math.max(worst, market.markTicks) : Math.min(worst, market.markTicks);
  const ticks = isLiquidating ? harsh : worst;
  const lots = order.quote > 0 ? Math.floor(order.quote / (worst * market.k)) : order.lots;
  const notional = notionalOf(market, ticks, lots);
  const fee = feeOf(notional, takerPpm(venue, market));
  if (!isLiquidating) {
    const standing = after(venue, order.account, 'placing', (copy) => {
      accountOf(copy, order.account).net[market.quote]! -= fee;
      copy.orders.push({ ...order, ticks, lots, isResting: true, isAsked: true });
    });
    if (standing.equity >= standing.initial) return { refusal: null, lowersRisk: false };
  }
  if (isLiquidating && !market.isSpot && !order.isReduceOnly) return { refusal: 'accountLiquidating', lowersRisk: false };
  const filled = after(venue, order.account, 'maintenance', (copy) => {
    const account = accountOf(copy, order.account);
    const sign = order.isBid ? 1 : -1;
    if (market.isSpot) {
      account.net[market.base]! += BigInt(sign * lots) * BigInt(market.lotAtoms);
      account.net[market.quote]! -= BigInt(sign) * notional + fee;
      return;
    }
    account.size[market.ix]! += sign * lots;
    account.net[market.quote]! += BigInt(sign * lots) * BigInt(account.settledTicks[market.ix]! - ticks) * BigInt(market.k) - fee;
  });
  if (isLower(healthOf(venue, order.account, 'maintenance'), filled)) return { refusal: null, lowersRisk: true };
  return { refusal: isLiquidating ? 'accountLiquidating' : 'insufficientMargin', lowersRisk: false };
}

export function cancel(venue: PlainVenue, id: number): boolean {
  const order = venue.orders.find((one) => one.id === id);
  if (order === undefined) return false;
  remove(venue, order);
  return true;
}

/** What ends every command: spot orders no longer covered go, newest first. */
export function cancelUncovered(venue: PlainVenue): void {
  for (const account of venue.accounts) {
    for (const asset of venue.assets) {
      const holding = () =>
        venue.orders.filter((order) => {
          const market = marketOf(venue, order.market);
          return (
            order.account === account.ix &&
            !order.autoBorrow &&
            payAssetOf(market, order.isBid) === asset.ix &&
            holdOf(venue, market, order) > 0n
          );
        });
      const held = () => holding().reduce((sum, order) => sum + holdOf(venue, marketOf(venue, order.market), order), 0n);
      while (held() > ownedOf(account, asset.ix)) remove(venue, holding().at(-1)!);
    }
  }
}

/** Triggers whose price is met at this second, by order id; one that is a market order waits while the book takes none. */
export function dueTriggers(venue: PlainVenue): PlainOrder[] {
  return venue.orders
    .filter((order) => {
      if (order.trigger === null) return false;
      if (marketOf(venue, order.market).isStepLimited && order.isMarket) return false;
      const reference = referenceOf(venue, order);
      return order.trigger.isAbove ? reference >= order.trigger.ticks : reference <= order.trigger.ticks;
    })
    .sort((a, b) => a.id - b.id);
}

/** Fires what was due: each becomes a live order, or fails. */
export function fire(venue: PlainVenue, due: PlainOrder[]): void {
  for (const order of due) {
    if (!venue.orders.includes(order) || order.trigger === null) continue;
    const closable = closableOf(accountOf(venue, order.account), order);
    const { ppm, lots } = order.trigger;
    order.lots = ppm > 0 ? Math.floor((closable * ppm) / 1_000_000) : order.isReduceOnly ? Math.min(closable, lots) : lots;
    order.total = order.lots;
    if (order.lots === 0) {
      remove(venue, order);
      continue;
    }
    const judged = judge(venue, order);
    if (judged.refusal !== null) {
      remove(venue, order);
      continue;
    }
    order.trigger = null;
    enter(venue, order, judged.lowersRisk, judged.bound);
  }
}
