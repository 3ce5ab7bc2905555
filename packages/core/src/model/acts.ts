/** What is done to one is done to the other, and then all is compared. */
import {
  commands,
  OrderKind,
  type PlaceOrder,
  rejects,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TriggerBy,
  Tristate,
} from '@mochila/protocol';
import { accountNoteHead, DUST_ACCOUNT, FEES_ACCOUNT, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { pendingSystemWork } from '../settlement/pending-system-work.ts';
import { type QuoteRow, quoteBytes } from '../testing/price-feed.ts';
import { end, same } from './compare.ts';
import { followLiquidation } from './follow-liquidation.ts';
import { netOf, type Pair, readPrices } from './pair.ts';
import { cancel, dueTriggers, fire, place } from './plain-commands.ts';
import { healthOf } from './plain-health.ts';
import { remove, settle } from './plain-matching.ts';
import { accountOf, type PlainAccount, type PlainOrder, type PlainVenue } from './plain-venue.ts';

/** Lets a person place an order in both. */
export function placeBoth(pair: Pair, who: number, order: PlainOrder): void {
  const { venue, plain, people } = pair;
  const person = people[who]!;
  order.account = person.account;
  const answer = venue.sendOne(commands.placeOrder, { ...venue.signedBy(person), ...fieldsOf(order) });
  const answered = answer.rejectCode === 0 ? null : nameOf(answer.rejectCode);
  // Debt notes are written by deleveraging, which the plain venue follows without knowing its rules.
  const owesNote = accountNoteHead(venue.state.accounts, person.account) >= 0;
  const refusal = owesNote ? 'debtNoteStands' : place(plain, order);
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
  // The fund's own orders are nobody's to cancel.
  const orders = plain.orders.filter(({ account }) => account !== FUND_ACCOUNT);
  const order = orders[at % Math.max(1, orders.length)];
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
  flag(pair);
  pair.due = dueTriggers(pair.plain);
}

function flag(pair: Pair): void {
  for (const account of pair.plain.accounts) {
    if (account.ix === FUND_ACCOUNT) continue;
    const { equity, maintenance } = healthOf(pair.plain, account.ix, 'maintenance');
    if (equity < maintenance) beginLiquidation(pair.plain, account);
    else if (equity >= 1.1 * maintenance) account.isLiquidating = false;
  }
}

/** All orders of an account that fell below maintenance end at once. */
function beginLiquidation(plain: PlainVenue, account: PlainAccount): void {
  if (account.isLiquidating) return;
  account.isLiquidating = true;
  for (const order of plain.orders.filter((one) => one.account === account.ix)) remove(plain, order);
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
  } else if (work.kind === 'liquidate') {
    venue.sendOne(commands.liquidate, { second: work.second, round: work.round });
    pair.log.push(`liquidate ${work.second} ${work.round}`);
    followLiquidation(pair);
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
