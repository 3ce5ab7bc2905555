/** Matching of the plain venue: a taker meets the book, fill by fill, each judged on a copy first. */
import { after, healthOf, isLower } from './plain-health.ts';
import {
  accountOf,
  bestOf,
  bookSide,
  closableOf,
  feeOf,
  heldOf,
  holdOf,
  makerPpm,
  marketOf,
  notionalOf,
  ordersOf,
  ownedOf,
  type PlainAccount,
  type PlainMarket,
  type PlainOrder,
  type PlainVenue,
  payAssetOf,
  takerPpm,
} from './plain-venue.ts';

/** How far a taker may walk. */
export function boundOf(venue: PlainVenue, market: PlainMarket, isBid: boolean): number {
  const best = bestOf(venue, market.ix, !isBid);
  const index = venue.assets[market.base]!.index;
  const mean = market.meanMark / market.tickSize;
  const edges: number[] = [];
  if (best > 0) edges.push(best * (isBid ? 1.01 : 0.99));
  edges.push(mean * (market.isSpot ? (isBid ? 1.03 : 0.97) : isBid ? 1.1 : 0.9));
  if (!market.isSpot) edges.push((index * (1 + market.meanPremium + (isBid ? 0.05 : -0.05))) / market.tickSize);
  return isBid ? Math.min(...edges.map(Math.floor)) : Math.max(...edges.map(Math.ceil));
}

/** Brings an account to the open epoch. */
export function settle(venue: PlainVenue, account: PlainAccount): void {
  if (account.epoch === venue.epoch.number) return;
  account.epoch = venue.epoch.number;
  for (const market of venue.markets.filter((one) => !one.isSpot)) {
    const size = BigInt(account.size[market.ix]!);
    const ticks = venue.epoch.settleTicks[market.ix]!;
    if (venue.epoch.isFunding) {
      const product = -BigInt(venue.epoch.ratePpb[market.ix]!) * size * BigInt(ticks) * BigInt(market.k);
      const credit = floorDiv(product, 1_000_000_000n);
      account.net[0] = account.net[0]! + credit;
      venue.rest -= credit;
      continue;
    }
    account.net[0] = account.net[0]! + size * BigInt(ticks - account.settledTicks[market.ix]!) * BigInt(market.k);
    account.settledTicks[market.ix] = ticks;
  }
}

function floorDiv(a: bigint, b: bigint): bigint {
  const whole = a / b;
  return a < 0n && whole * b !== a ? whole - 1n : whole;
}

/** Takes an order that was let in through the book; what is left rests or is gone. */
export function enter(venue: PlainVenue, order: PlainOrder, lowersRisk: boolean, bound: number): void {
  settle(venue, accountOf(venue, order.account));
  const best = bestOf(venue, order.market, !order.isBid);
  const crosses = best > 0 && !order.isMarket && (order.isBid ? best <= order.ticks : best >= order.ticks);
  const isStopped =
    (order.isPostOnly && crosses) ||
    (order.timeInForce === 'FOK' && !fillsWhole(venue, order, lowersRisk, bound)) ||
    !sweep(venue, order, lowersRisk, bound);
  const isDone = order.quote === 0 ? order.lots === 0 : order.executedLots > 0;
  const mayRest =
    !isStopped &&
    !isDone &&
    !order.isMarket &&
    order.timeInForce === 'GTC' &&
    !(order.isReduceOnly && closableOf(accountOf(venue, order.account), order) === 0);
  if (!mayRest) {
    remove(venue, order);
    return;
  }
  order.isResting = true;
  venue.clock += 1;
  order.restedAt = venue.clock;
}

/** Tried on a copy, without asking the taker: then the whole of it is judged at once. */
function fillsWhole(venue: PlainVenue, order: PlainOrder, lowersRisk: boolean, bound: number): boolean {
  const copy = structuredClone(venue);
  const trial = copy.orders[venue.orders.indexOf(order)]!;
  const wasHealth = healthOf(copy, order.account, 'maintenance');
  sweep(copy, trial, lowersRisk, bound, true);
  const market = marketOf(copy, order.market);
  // Less is left of a quote than a lot costs: at the price that was last paid, and at the next, where it was stopped.
  const next = Math.min(market.lastTicks, bestOf(copy, order.market, !order.isBid) || market.lastTicks);
  const left = order.quote - trial.executedQuote;
  const isClosed = order.isReduceOnly && trial.executedLots > 0 && closableOf(accountOf(copy, order.account), trial) === 0;
  const isWhole = isClosed || (order.quote === 0 ? trial.lots === 0 : trial.executedLots > 0 && left < next * market.k);
  if (!isWhole) return false;
  const asset = payAssetOf(market, order.isBid);
  const account = accountOf(copy, order.account);
  if (market.isSpot && !order.autoBorrow && account.net[asset]! < heldOf(copy, order.account, asset)) return false;
  const placing = healthOf(copy, order.account, 'placing');
  if (placing.equity >= placing.initial) return true;
  const maintenance = healthOf(copy, order.account, 'maintenance');
  return lowersRisk && maintenance.equity >= maintenance.maintenance && isLower(wasHealth, maintenance);
}

/** Returns false when the rest must go. */
function sweep(venue: PlainVenue, taker: PlainOrder, lowersRisk: boolean, bound: number, isTrial = false): boolean {
  for (;;) {
    const maker = bookSide(venue, taker.market, !taker.isBid)[0];
    if (maker === undefined) return !taker.isMarket;
    const isBeyond = (edge: number) => (taker.isBid ? maker.ticks > edge : maker.ticks < edge);
    if (!taker.isMarket && isBeyond(taker.ticks)) return true;
    const wanted = wantedLots(venue, taker, maker.ticks);
    if (wanted === 0) return true;
    if (isBeyond(bound)) return false;
    const account = accountOf(venue, maker.account);
    if (account.user === accountOf(venue, taker.account).user) {
      if (taker.selfTrade !== 'taker') remove(venue, maker);
      if (taker.selfTrade !== 'maker') return false;
      continue;
    }
    settle(venue, account);
    const lots = Math.min(wanted, maker.lots);
    if (!makerStands(venue, taker, maker, lots)) {
      remove(venue, maker);
      continue;
    }
    if (!isTrial && !takerStands(venue, taker, maker, lots, lowersRisk)) return false;
    fill(venue, taker, maker, lots);
  }
}

function wantedLots(venue: PlainVenue, taker: PlainOrder, ticks: number): number {
  const market = marketOf(venue, taker.market);
  const lots = taker.quote > 0 ? Math.floor((taker.quote - taker.executedQuote) / (ticks * market.k)) : taker.lots;
  return taker.isReduceOnly ? Math.min(lots, closableOf(accountOf(venue, taker.account), taker)) : lots;
}

function makerStands(venue: PlainVenue, taker: PlainOrder, maker: PlainOrder, lots: number): boolean {
  if (!canPay(venue, maker, lots, maker.ticks, makerPpm)) return false;
  const health = after(venue, maker.account, 'maintenance', (copy) => fillCopies(copy, venue, taker, maker, lots));
  return health.equity >= health.maintenance;
}

function takerStands(venue: PlainVenue, taker: PlainOrder, maker: PlainOrder, lots: number, lowersRisk: boolean): boolean {
  if (!canPay(venue, taker, lots, maker.ticks, takerPpm)) return false;
  const placing = after(venue, taker.account, 'placing', (copy) => fillCopies(copy, venue, taker, maker, lots));
  if (placing.equity >= placing.initial) return true;
  if (!lowersRisk) return false;
  const maintenance = after(venue, taker.account, 'maintenance', (copy) => fillCopies(copy, venue, taker, maker, lots));
  return maintenance.equity >= maintenance.maintenance && isLower(healthOf(venue, taker.account, 'maintenance'), maintenance);
}

function fillCopies(copy: PlainVenue, venue: PlainVenue, taker: PlainOrder, maker: PlainOrder, lots: number): void {
  fill(copy, copy.orders[venue.orders.indexOf(taker)]!, copy.orders[venue.orders.indexOf(maker)]!, lots, true);
}

/** Spot: there, or borrowed when the order may. Other orders' holds are not this order's to spend. */
function canPay(venue: PlainVenue, order: PlainOrder, lots: number, ticks: number, ppm: typeof makerPpm): boolean {
  const market = marketOf(venue, order.market);
  if (!market.isSpot || order.autoBorrow) return true;
  const asset = payAssetOf(market, order.isBid);
  const notional = notionalOf(market, ticks, lots);
  const needed = order.isBid ? notional + feeOf(notional, ppm(venue, market)) : BigInt(lots) * BigInt(market.lotAtoms);
  const elsewhere = heldOf(venue, order.account, asset) - holdOf(venue, market, order);
  return ownedOf(accountOf(venue, order.account), asset) - elsewhere >= needed;
}

/**
 * One fill at the maker's price. A projection moves money and sizes and nothing that follows from them. A slice of a
 * liquidation pays its own fee, to the fund, in the place of the taker's.
 */
export function fill(
  venue: PlainVenue,
  taker: PlainOrder,
  maker: PlainOrder,
  lots: number,
  isProjection = false,
  sliceFee: bigint | null = null,
): void {
  const market = marketOf(venue, taker.market);
  const notional = notionalOf(market, maker.ticks, lots);
  const makerFee = feeOf(notional, makerPpm(venue, market));
  const takerFee = sliceFee ?? feeOf(notional, takerPpm(venue, market));
  move(venue, market, maker, lots, maker.ticks, makerFee);
  move(venue, market, taker, lots, maker.ticks, takerFee);
  venue.fees[market.quote] = venue.fees[market.quote]! + makerFee + (sliceFee === null ? takerFee : 0n);
  maker.lots -= lots;
  if (taker.quote === 0) taker.lots -= lots;
  for (const order of [maker, taker]) {
    order.executedLots += lots;
    order.executedQuote += Number(notional);
  }
  if (isProjection) return;
  market.lastTicks = maker.ticks;
  venue.fills.push({ market: market.ix, ticks: maker.ticks, lots, taker: taker.account, maker: maker.account, takerFee, makerFee });
  for (const order of [maker, taker]) growChildren(venue, order, lots);
  if (maker.lots === 0) remove(venue, maker);
  for (const account of [maker.account, taker.account]) fitReduceOnly(venue, account, market.ix, taker);
}

function move(venue: PlainVenue, market: PlainMarket, order: PlainOrder, lots: number, ticks: number, fee: bigint): void {
  const account = accountOf(venue, order.account);
  const sign = order.isBid ? 1n : -1n;
  if (market.isSpot) {
    account.net[market.base] = account.net[market.base]! + sign * BigInt(lots) * BigInt(market.lotAtoms);
    account.net[market.quote] = account.net[market.quote]! - sign * notionalOf(market, ticks, lots) - fee;
    return;
  }
  account.size[market.ix] = account.size[market.ix]! + (order.isBid ? lots : -lots);
  const cash = sign * BigInt(lots) * BigInt(account.settledTicks[market.ix]! - ticks) * BigInt(market.k);
  account.net[market.quote] = account.net[market.quote]! + cash - fee;
}

function growChildren(venue: PlainVenue, parent: PlainOrder, lots: number): void {
  const kinds = [
    { ticks: parent.takeProfit, isAbove: parent.isBid },
    { ticks: parent.stopLoss, isAbove: !parent.isBid },
  ];
  for (const { ticks, isAbove } of kinds.filter((kind) => kind.ticks > 0)) {
    const child = venue.orders.find(
      (order) => order.parent === parent && order.trigger?.ticks === ticks && order.trigger.isAbove === isAbove,
    );
    if (child?.trigger) child.trigger.lots += lots;
    else venue.orders.push(childOf(parent, lots, ticks, isAbove));
  }
}

function childOf(parent: PlainOrder, lots: number, ticks: number, isAbove: boolean): PlainOrder {
  return {
    ...parent,
    id: 0,
    isBid: !parent.isBid,
    isMarket: true,
    timeInForce: 'IOC',
    selfTrade: 'taker',
    isPostOnly: false,
    isReduceOnly: true,
    isAsked: false,
    autoBorrow: false,
    ticks: 0,
    lots,
    quote: 0,
    total: lots,
    executedLots: 0,
    executedQuote: 0,
    isResting: false,
    restedAt: 0,
    trigger: { by: 'last', ticks, isAbove, lots, ppm: 0 },
    takeProfit: 0,
    stopLoss: 0,
    parent,
  };
}

/** No resting reduce-only order larger than its position, no stop without one. */
export function fitReduceOnly(venue: PlainVenue, ix: number, market: number, taker: PlainOrder | null): void {
  const account = accountOf(venue, ix);
  for (const order of ordersOf(venue, ix, market)) {
    if (!order.isReduceOnly || order === taker || !(order.isResting || order.trigger !== null)) continue;
    const closable = closableOf(account, order);
    if (closable === 0) remove(venue, order);
    else if (order.isResting && order.lots > closable) {
      order.total -= order.lots - closable;
      order.lots = closable;
    }
  }
}

export function remove(venue: PlainVenue, order: PlainOrder): void {
  const at = venue.orders.indexOf(order);
  if (at < 0) throw new Error('a removed order was open');
  venue.orders.splice(at, 1);
}
