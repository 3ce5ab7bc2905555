/** The true engine and the plain venue side by side: what is done to one is done to the other, then all is compared. */
import {
  BookState,
  commands,
  ExpiryReason,
  events,
  type Fields,
  nameOf as nameIn,
  OrderKind,
  type PlaceOrder,
  PriceGrade,
  rejects,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TriggerBy,
  Tristate,
} from '@mochila/protocol';
import { orderIdOf } from '../book/orders.ts';
import { DUST_ACCOUNT, FEES_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import { orderViewOf } from '../matching/order-view.ts';
import { findPosition } from '../risk/position-rows.ts';
import { pendingSystemWork } from '../settlement/pending-system-work.ts';
import { type QuoteRow, quoteBytes } from '../testing/price-feed.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';
import { cancel, cancelUncovered, dueTriggers, fire, place } from './plain-commands.ts';
import { healthOf } from './plain-health.ts';
import { remove, settle } from './plain-matching.ts';
import { accountOf, heldOf, type PlainFill, type PlainOrder, type PlainVenue } from './plain-venue.ts';

export interface Pair {
  venue: TestVenue;
  plain: PlainVenue;
  people: Person[];
  due: PlainOrder[];
  /** What was done, for people who look for a difference. */
  log: string[];
  /** How often each refusal, reason and kind of event was met. */
  seen: Map<string, number>;
}

export const MARKETS = [0, 4] as const;

/** A plain venue that stands where the engine stands, which has no orders and no positions yet. */
export function pairOf(venue: TestVenue, people: Person[], seen: Map<string, number>): Pair {
  const { state } = venue;
  const tier = state.genesis.feeTiers[0]!;
  const plain: PlainVenue = {
    assets: state.assets.map((asset) => ({
      ix: asset.ix,
      unit: asset.unitAtoms,
      weight: 'weight' in asset.listing.weight ? asset.listing.weight.weight : 1,
      borrowImf: asset.listing.borrowImf.base,
      borrowMmf: asset.listing.borrowMmf.base,
      mark: 0,
      index: 0,
      stable: 0,
    })),
    markets: MARKETS.map((ix) => {
      const market = state.markets[ix]!;
      const { perp } = market.listing;
      return {
        ix,
        isSpot: perp === null,
        base: market.base,
        quote: market.quote,
        k: market.k,
        lotAtoms: market.lotAtoms,
        tickSize: market.tickSize,
        lotSize: market.lotSize,
        markTicks: 0,
        lastTicks: 0,
        isStepLimited: false,
        meanMark: 0,
        meanPremium: 0,
        imf: perp?.imf ?? { base: 0, factor: 0 },
        mmf: perp?.mmf ?? { base: 0, factor: 0 },
      };
    }),
    accounts: people.map(({ account }) => ({
      ix: account,
      user: state.accounts.user[account]!,
      leverage: state.accounts.leverageLimit[account]!,
      isLiquidating: false,
      net: state.assets.map((asset) => netOf(venue, account, asset.ix)),
      size: state.markets.map(() => 0),
      settledTicks: state.markets.map((market) => market.price.settleTicks),
      epoch: state.settlement.epoch,
    })),
    orders: [],
    fees: state.assets.map((asset) => netOf(venue, FEES_ACCOUNT, asset.ix)),
    dust: state.assets.map((asset) => netOf(venue, DUST_ACCOUNT, asset.ix)),
    rest: 0n,
    fills: [],
    clock: 0,
    epoch: {
      number: state.settlement.epoch,
      isOpen: false,
      isFunding: false,
      settleTicks: state.markets.map((market) => market.price.settleTicks),
      ratePpb: [],
    },
    rates: { spotMaker: tier.spotMakerPpm, spotTaker: tier.spotTakerPpm, perpMaker: tier.perpMakerPpm, perpTaker: tier.perpTakerPpm },
  };
  const pair = { venue, plain, people, due: [], log: [], seen };
  readPrices(pair);
  return pair;
}

function netOf(venue: TestVenue, account: number, asset: number): bigint {
  const row = findHolding(venue.state, account, asset);
  return row < 0 ? 0n : BigInt(netAtomsOf(venue.state, row));
}

function readPrices({ venue, plain }: Pair): void {
  for (const asset of plain.assets) Object.assign(asset, pick(venue.state.assets[asset.ix]!.price));
  for (const market of plain.markets) {
    const { price } = venue.state.markets[market.ix]!;
    market.markTicks = price.markTicks;
    market.isStepLimited = venue.state.markets[market.ix]!.isStepLimited;
    market.meanMark = price.meanMark;
    market.meanPremium = price.meanPremium;
  }
}

function pick({ mark, index, stable }: { mark: number; index: number; stable: number }) {
  return { mark, index, stable };
}

/** Lets a person place an order in both. */
export function placeBoth(pair: Pair, who: number, order: PlainOrder): void {
  const { venue, plain, people } = pair;
  const person = people[who]!;
  order.account = person.account;
  const answer = venue.sendOne(commands.placeOrder, { ...venue.signedBy(person), ...fieldsOf(order) });
  const refusal = place(plain, order);
  const answered = answer.rejectCode === 0 ? null : nameOf(answer.rejectCode);
  pair.log.push(`place ${JSON.stringify({ ...order, parent: null })} -> ${answered ?? answer.result[2]}`);
  same(pair, 'answer', answered, refusal);
  if (answered !== null) pair.seen.set(answered, (pair.seen.get(answered) ?? 0) + 1);
  if (refusal === null) order.id = answer.result[2]!;
  end(pair);
}

function nameOf(code: number): string {
  return Object.entries(rejects).find(([, info]) => info.code === code)?.[0] ?? 'unknown';
}

function fieldsOf(order: PlainOrder): Partial<PlaceOrder> {
  const { trigger } = order;
  return {
    market: order.market,
    side: order.isBid ? Side.Bid : Side.Ask,
    orderKind: order.isMarket ? OrderKind.Market : OrderKind.Limit,
    timeInForce: TimeInForce[order.timeInForce],
    isPostOnly: order.isPostOnly ? 1 : 0,
    isReduceOnly: order.isReduceOnly ? 1 : 0,
    selfTradePrevention: {
      taker: SelfTradePrevention.RejectTaker,
      maker: SelfTradePrevention.RejectMaker,
      both: SelfTradePrevention.RejectBoth,
    }[order.selfTrade],
    priceTicks: order.ticks,
    quantityLots: trigger === null ? order.lots : 0,
    quoteAtoms: order.quote,
    autoBorrow: order.autoBorrow ? Tristate.Yes : Tristate.Absent,
    triggerBy:
      trigger === null ? TriggerBy.None : { mark: TriggerBy.MarkPrice, last: TriggerBy.LastPrice, index: TriggerBy.IndexPrice }[trigger.by],
    triggerPriceTicks: trigger?.ticks ?? 0,
    triggerQuantity: trigger === null ? 0 : trigger.ppm > 0 ? trigger.ppm : trigger.lots,
    triggerIsPercent: trigger !== null && trigger.ppm > 0 ? 1 : 0,
    takeProfitTriggerTicks: order.takeProfit,
    stopLossTriggerTicks: order.stopLoss,
  };
}

export function cancelBoth(pair: Pair, at: number): void {
  const { venue, plain, people } = pair;
  const order = plain.orders[at % Math.max(1, plain.orders.length)];
  if (order === undefined) return;
  const person = people.find(({ account }) => account === order.account)!;
  const answer = venue.sendOne(commands.cancelOrder, { ...venue.signedBy(person), market: order.market, orderId: order.id });
  pair.log.push(`cancel ${order.id}`);
  same(pair, 'cancelled', answer.rejectCode === 0, cancel(plain, order.id));
  end(pair);
}

export function cancelAllBoth(pair: Pair, who: number, market: number): void {
  const { venue, plain, people } = pair;
  const person = people[who]!;
  const answer = venue.sendOne(commands.cancelAllOrders, { ...venue.signedBy(person), market });
  const own = plain.orders.filter((order) => order.account === person.account && order.market === market);
  for (const order of own) remove(plain, order);
  pair.log.push(`cancel all of ${person.account} in ${market}`);
  same(pair, 'cancelled', answer.result[0], own.length);
  end(pair);
}

/** Money between accounts or out: whether it may is judged elsewhere, that it moved exactly is judged here. */
export function moveBoth(pair: Pair, from: number, to: number, asset: number, atoms: number): void {
  const { venue, plain, people } = pair;
  const person = people[from]!;
  const toAccount = people[to]!.account;
  const header = venue.signedBy(person);
  const isOut = from === to;
  const answer = isOut
    ? venue.sendOne(commands.requestWithdrawal, {
        ...header,
        asset,
        quantityAtoms: atoms,
        feeAtoms: 0,
        address: bytes('a'),
        blockchain: bytes('b'),
      })
    : venue.sendOne(commands.transfer, { ...header, toAccount, asset, quantityAtoms: atoms });
  pair.log.push(`move ${atoms} of ${asset} from ${person.account} to ${isOut ? 'the world' : toAccount} -> ${answer.rejectCode}`);
  if (answer.rejectCode === 0) {
    same(pair, 'the door is open', plain.epoch.isOpen, false);
    const account = accountOf(plain, person.account);
    account.net[asset] = account.net[asset]! - BigInt(atoms);
    if (!isOut) accountOf(plain, toAccount).net[asset]! += BigInt(atoms);
    const health = healthOf(plain, person.account, 'leaving');
    same(pair, 'INV-09', health.equity >= health.initial - 1e-6, true);
  }
  end(pair);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A second: prices, then the tick, whose slices and triggers come one by one. */
export function tickBoth(pair: Pair, btc: number): void {
  const { venue, plain } = pair;
  const { state } = venue;
  venue.usd[2] = btc;
  const time = (state.tickSecond + 1) * 1_000_000;
  const rows = venue.usd.flatMap((price, asset) =>
    state.genesis.prices.sources.map((_, source): QuoteRow => [source, asset, price, price, price, time]),
  );
  venue.sendOne(commands.prices, { quotes: quoteBytes(rows) }, time);
  adoptInterest(pair);
  pair.log.push(`second ${state.tickSecond + 1}, BTC at ${btc}`);
  venue.sendOne(commands.tick, { second: state.tickSecond + 1 }, time);
  readPrices(pair);
  if (!plain.epoch.isOpen && state.tickSecond % state.genesis.settleEverySeconds === 0) openEpoch(pair, false);
  if (!plain.epoch.isOpen) finishSecond(pair);
  end(pair);
}

function openEpoch({ venue, plain }: Pair, isFunding: boolean): void {
  plain.epoch = {
    number: plain.epoch.number + 1,
    isOpen: true,
    isFunding,
    settleTicks: venue.state.markets.map((market) => market.price.settleTicks),
    ratePpb: venue.state.markets.map((market) => (market.price.isFundingDue ? market.price.fundingDuePpb : 0)),
  };
  if (isFunding) return;
  for (const market of plain.markets) if (!market.isSpot) plain.epoch.settleTicks[market.ix] = market.markTicks;
}

function finishSecond(pair: Pair): void {
  for (const account of pair.plain.accounts) {
    const { equity, maintenance } = healthOf(pair.plain, account.ix, 'maintenance');
    if (equity < maintenance) account.isLiquidating = true;
    else if (equity >= 1.1 * maintenance) account.isLiquidating = false;
  }
  pair.due = dueTriggers(pair.plain);
}

/** What the venue owes itself next: a slice, or a round of triggers. @returns false when nothing. */
export function workBoth(pair: Pair): boolean {
  const { venue, plain } = pair;
  const work = pendingSystemWork(venue.state);
  if (work === null) return false;
  if (work.kind === 'fireTriggers') {
    venue.sendOne(commands.fireTriggers, { round: work.round });
    pair.log.push(`fire ${pair.due.map((order) => order.id).join(' ')}`);
    fire(plain, pair.due);
    pair.due = [];
  } else {
    const { epoch, fromAccount, toAccount } = work;
    venue.sendOne(commands.settleSlice, { epoch, fromAccount, toAccount });
    pair.log.push(`slice ${fromAccount} to ${toAccount}`);
    for (const account of plain.accounts) if (account.ix >= fromAccount && account.ix < toAccount) settle(plain, account);
    if (!venue.state.settlement.isOpen || venue.state.settlement.epoch !== epoch) closeEpoch(pair);
  }
  end(pair);
  return true;
}

function closeEpoch(pair: Pair): void {
  const { venue, plain } = pair;
  plain.epoch.isOpen = false;
  plain.dust[0] = plain.dust[0]! + plain.rest;
  plain.rest = 0n;
  if (venue.state.settlement.isOpen) openEpoch(pair, true);
  else finishSecond(pair);
}

/** Interest is another model's: what the second added is taken over, and only that lenders gain and debtors pay is looked at. */
function adoptInterest({ venue, plain }: Pair): void {
  for (const account of plain.accounts) {
    for (const asset of plain.assets) {
      const before = account.net[asset.ix]!;
      const now = netOf(venue, account.ix, asset.ix);
      if (before > 0n ? now < before : now > before)
        throw new Error(`interest of account ${account.ix} in ${asset.ix} went from ${before} to ${now}`);
      account.net[asset.ix] = now;
    }
  }
  plain.fees = plain.assets.map((asset) => netOf(venue, FEES_ACCOUNT, asset.ix));
  plain.dust = plain.assets.map((asset) => netOf(venue, DUST_ACCOUNT, asset.ix));
}

/** The end of a command, and then everything is compared. */
function end(pair: Pair): void {
  const { venue, plain } = pair;
  cancelUncovered(plain);
  nameChildren(pair);
  count(pair);
  const fills = venue.events(events.fill).map(
    (fill): PlainFill => ({
      market: fill.market,
      ticks: fill.priceTicks,
      lots: fill.quantityLots,
      taker: fill.takerAccount,
      maker: fill.makerAccount,
      takerFee: BigInt(fill.takerFeeAtoms),
      makerFee: BigInt(fill.makerFeeAtoms),
    }),
  );
  same(pair, 'fills', fills, plain.fills);
  plain.fills = [];
  for (const account of plain.accounts) compareAccount(pair, account.ix);
  same(pair, 'orders', openOrders(venue), plain.orders.map(sketch).sort(byId));
  same(
    pair,
    'fees',
    plain.assets.map((asset) => netOf(venue, FEES_ACCOUNT, asset.ix)),
    plain.fees,
  );
  same(
    pair,
    'dust',
    plain.assets.map((asset) => netOf(venue, DUST_ACCOUNT, asset.ix)),
    plain.dust,
  );
  same(pair, 'audit', venue.audit(), []);
  same(pair, 'open', venue.state.markets[0]!.bookState, BookState.Open);
  same(pair, 'good', venue.state.markets[4]!.price.grade, PriceGrade.Good);
}

function count({ venue, seen }: Pair): void {
  const add = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (const view of venue.events(events.orderExpired)) add(nameIn(ExpiryReason, view.expiryReason));
  for (const schema of [
    events.fill,
    events.orderModified,
    events.triggerPlaced,
    events.triggerFailed,
    events.accountSettled,
    events.fundingPaid,
    events.accountFlagged,
  ])
    for (const _ of venue.events<Fields>(schema)) add(schema.name);
}

/** Children are made by the engine: their ids are read off its events. */
function nameChildren({ venue, plain }: Pair): void {
  // Newest first: one that was made and is gone again has an event, and no order.
  for (const view of venue.events(events.triggerPlaced).reverse()) {
    if (view.relatedOrderId === 0) continue;
    const child = plain.orders.findLast(
      (order) =>
        order.id === 0 && order.parent !== null && order.account === view.account && order.trigger?.ticks === view.triggerPriceTicks,
    );
    if (child !== undefined) child.id = view.orderId;
  }
}

function compareAccount(pair: Pair, ix: number): void {
  const { venue, plain } = pair;
  const { state } = venue;
  const account = accountOf(plain, ix);
  same(
    pair,
    `balances of ${ix}`,
    plain.assets.map((asset) => netOf(venue, ix, asset.ix)),
    account.net,
  );
  same(
    pair,
    `holds of ${ix}`,
    plain.assets.map((asset) => heldAtoms(venue, ix, asset.ix)),
    plain.assets.map((asset) => heldOf(plain, ix, asset.ix)),
  );
  const sizes = MARKETS.map((market) => {
    const row = findPosition(state, ix, market);
    return row < 0 ? 0 : state.positions.sizeLots[row]!;
  });
  same(
    pair,
    `positions of ${ix}`,
    sizes,
    MARKETS.map((market) => account.size[market]!),
  );
  same(pair, `flag of ${ix}`, state.accounts.isLiquidating[ix] === 1, account.isLiquidating);
}

function heldAtoms(venue: TestVenue, account: number, asset: number): bigint {
  const row = findHolding(venue.state, account, asset);
  return row < 0 ? 0n : BigInt(venue.state.holdings.held[row]!);
}

function openOrders({ state }: TestVenue): object[] {
  const found: ReturnType<typeof sketch>[] = [];
  for (let slot = 0; slot < state.orders.used; slot += 1) {
    if (state.orders.account[slot]! < 0) continue;
    const view = orderViewOf(state, slot);
    const isPending = view.triggerBy > 0 && view.triggeredAtMicros === 0;
    found.push({
      id: orderIdOf(state.orders, slot),
      account: view.account,
      market: view.market,
      isBid: view.side === Side.Bid,
      ticks: view.priceTicks,
      left: isPending ? view.triggerQuantity : view.quantityLots - view.executedLots,
      executed: view.executedLots,
      executedQuote: view.executedQuoteAtoms,
      isPending,
    });
  }
  return found.sort(byId);
}

function sketch(order: PlainOrder) {
  const { trigger } = order;
  return {
    id: order.id,
    account: order.account,
    market: order.market,
    isBid: order.isBid,
    ticks: order.ticks,
    left: trigger === null ? order.total - order.executedLots : trigger.ppm > 0 ? trigger.ppm : trigger.lots,
    executed: order.executedLots,
    executedQuote: order.executedQuote,
    isPending: trigger !== null,
  };
}

function byId(a: { id: number }, b: { id: number }): number {
  return a.id - b.id;
}

function same(pair: Pair, what: string, engine: unknown, plain: unknown): void {
  const [left, right] = [textOf(engine), textOf(plain)];
  if (left === right) return;
  throw new Error(`${what}: the engine has ${left}, the plain venue ${right}\n${pair.log.slice(-12).join('\n')}`);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));
}
