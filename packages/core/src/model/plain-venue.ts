/**
 * A second venue, plain and slow, to hold the engine against: arrays of objects, one bigint of money per account and
 * asset, one list of orders. It knows accounts.md 3 to 5 and interface.md 6; prices, rates and interest are read from the
 * engine, which other tests judge.
 */

export interface PlainMarket {
  ix: number;
  isSpot: boolean;
  base: number;
  quote: number;
  k: number;
  lotAtoms: number;
  tickSize: number;
  lotSize: number;
  markTicks: number;
  lastTicks: number;
  /** The mark trails its range: limit orders only. */
  isStepLimited: boolean;
  meanMark: number;
  meanPremium: number;
  imf: { base: number; factor: number };
  mmf: { base: number; factor: number };
}

export interface PlainAsset {
  ix: number;
  unit: number;
  weight: number;
  borrowImf: number;
  borrowMmf: number;
  mark: number;
  index: number;
  stable: number;
}

export interface PlainTrigger {
  by: 'mark' | 'last' | 'index';
  ticks: number;
  isAbove: boolean;
  lots: number;
  ppm: number;
}

export interface PlainOrder {
  /** The engine's id; 0 until its event was read. */
  id: number;
  account: number;
  market: number;
  isBid: boolean;
  isMarket: boolean;
  timeInForce: 'GTC' | 'IOC' | 'FOK';
  selfTrade: 'taker' | 'maker' | 'both';
  isPostOnly: boolean;
  isReduceOnly: boolean;
  /** Stands on a copy for the question alone: what it would lose counts, reduce-only or not. */
  isAsked: boolean;
  autoBorrow: boolean;
  ticks: number;
  lots: number;
  quote: number;
  /** 0 in a quote order. */
  total: number;
  executedLots: number;
  executedQuote: number;
  isResting: boolean;
  /** When it came to rest: time priority. */
  restedAt: number;
  trigger: PlainTrigger | null;
  takeProfit: number;
  stopLoss: number;
  parent: PlainOrder | null;
}

export interface PlainAccount {
  ix: number;
  user: number;
  leverage: number;
  isLiquidating: boolean;
  /** free + lent - debt, by asset. */
  net: bigint[];
  /** Signed lots and the mark they were settled at, by market. */
  size: number[];
  settledTicks: number[];
  /** The engine's epoch this account is settled to. */
  epoch: number;
}

export interface PlainFill {
  market: number;
  ticks: number;
  lots: number;
  taker: number;
  maker: number;
  takerFee: bigint;
  makerFee: bigint;
}

export interface PlainVenue {
  assets: PlainAsset[];
  markets: PlainMarket[];
  accounts: PlainAccount[];
  /** Every open order in the order of its making, pending triggers too. */
  orders: PlainOrder[];
  fees: bigint[];
  dust: bigint[];
  /** What rounding of a running funding leaves for dust. */
  rest: bigint;
  fills: PlainFill[];
  clock: number;
  epoch: { number: number; isOpen: boolean; isFunding: boolean; settleTicks: number[]; ratePpb: number[] };
  rates: { spotMaker: number; spotTaker: number; perpMaker: number; perpTaker: number };
}

export function marketOf(venue: PlainVenue, ix: number): PlainMarket {
  const found = venue.markets.find((market) => market.ix === ix);
  if (found === undefined) throw new Error(`the plain venue knows no market ${ix}`);
  return found;
}

export function accountOf(venue: PlainVenue, ix: number): PlainAccount {
  const found = venue.accounts.find((account) => account.ix === ix);
  if (found === undefined) throw new Error(`the plain venue knows no account ${ix}`);
  return found;
}

export function ordersOf(venue: PlainVenue, account: number, market: number): PlainOrder[] {
  return venue.orders.filter((order) => order.account === account && order.market === market);
}

/** Quote atoms of a size at a price. */
export function notionalOf(market: PlainMarket, ticks: number, lots: number): bigint {
  return BigInt(ticks) * BigInt(lots) * BigInt(market.k);
}

/** Fees are rounded up, rebates down: in both the account gets less. */
export function feeOf(notional: bigint, ppm: number): bigint {
  const product = notional * BigInt(ppm);
  const whole = product / 1_000_000n;
  return product > 0n && whole * 1_000_000n !== product ? whole + 1n : whole;
}

export function takerPpm(venue: PlainVenue, market: PlainMarket): number {
  return market.isSpot ? venue.rates.spotTaker : venue.rates.perpTaker;
}

export function makerPpm(venue: PlainVenue, market: PlainMarket): number {
  return market.isSpot ? venue.rates.spotMaker : venue.rates.perpMaker;
}

export function payAssetOf(market: PlainMarket, isBid: boolean): number {
  return isBid ? market.quote : market.base;
}

/** What a resting spot order holds. */
export function holdOf(venue: PlainVenue, market: PlainMarket, order: PlainOrder): bigint {
  if (!market.isSpot || !order.isResting) return 0n;
  if (!order.isBid) return BigInt(order.lots) * BigInt(market.lotAtoms);
  return costAtMost(venue, market, order.ticks, order.lots);
}

/** What a spot bid costs when every lot is a fill of its own. */
export function costAtMost(venue: PlainVenue, market: PlainMarket, ticks: number, lots: number): bigint {
  const notional = notionalOf(market, ticks, 1);
  return BigInt(lots) * (notional + feeOf(notional, venue.rates.spotTaker));
}

export function heldOf(venue: PlainVenue, account: number, asset: number): bigint {
  let held = 0n;
  for (const order of venue.orders) {
    const market = marketOf(venue, order.market);
    if (order.account === account && payAssetOf(market, order.isBid) === asset) held += holdOf(venue, market, order);
  }
  return held;
}

/** Lots of a position that an order can close. */
export function closableOf(account: PlainAccount, order: { market: number; isBid: boolean }): number {
  const size = account.size[order.market]!;
  return Math.max(0, order.isBid ? -size : size);
}

export function ownedOf(account: PlainAccount, asset: number): bigint {
  const net = account.net[asset]!;
  return net > 0n ? net : 0n;
}

/** The other side of a book, best price first, oldest first. */
export function bookSide(venue: PlainVenue, market: number, isBid: boolean): PlainOrder[] {
  return venue.orders
    .filter((order) => order.market === market && order.isBid === isBid && order.isResting)
    .sort((a, b) => (a.ticks === b.ticks ? a.restedAt - b.restedAt : isBid ? b.ticks - a.ticks : a.ticks - b.ticks));
}

export function bestOf(venue: PlainVenue, market: number, isBid: boolean): number {
  return bookSide(venue, market, isBid)[0]?.ticks ?? 0;
}
