/**
 * Liquidation is judged elsewhere: here the plain venue does the fills the engine chose, at the fees it took, and drops the
 * makers it dropped; both have to end with the same money, sizes and orders. Takings and deleveragings move sizes; what
 * they cost is taken over.
 */
import {
  decodeRecord,
  type EventFields,
  events,
  FundMove,
  OrderOrigin,
  type OrderView,
  recordCode,
  recordWords,
  Side,
} from '@mochila/protocol';
import { DUST_ACCOUNT, FEES_ACCOUNT, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { netOf, type Pair } from './pair.ts';
import { fill, fitReduceOnly, remove } from './plain-matching.ts';
import { accountOf, type PlainOrder, type PlainVenue } from './plain-venue.ts';

const ON_BOOK: readonly number[] = [OrderOrigin.LiquidationAutoclose, OrderOrigin.CollateralConversion];

/** Takes over what the last command's liquidations did, in the order of its events. */
export function followLiquidation(pair: Pair): void {
  const { venue, plain } = pair;
  const { words, length } = venue.state.out;
  let isForced = false;
  for (let at = 0; at < length; at += recordWords(words, at)) {
    const code = recordCode(words, at);
    if (code === events.orderExpired.code) dropMaker(plain, decodeRecord(events.orderExpired, words, at).orderId);
    else if (code === events.accountFlagged.code) {
      const { account, isLiquidating } = decodeRecord(events.accountFlagged, words, at);
      accountOf(plain, account).isLiquidating = isLiquidating === 1;
    } else if (code === events.orderAccepted.code) followOrder(pair, decodeRecord(events.orderAccepted, words, at));
    else if (code === events.fill.code) {
      const made = decodeRecord(events.fill, words, at);
      if (ON_BOOK.includes(made.origin)) followSlice(pair, made);
      else followTransfer(pair, made);
      isForced ||= !ON_BOOK.includes(made.origin);
    } else if (code === events.fundMoved.code) isForced ||= decodeRecord(events.fundMoved, words, at).move !== FundMove.Fee;
    else isForced ||= code === events.backstopTaken.code || code === events.debtNoteChanged.code;
  }
  if (isForced) adoptMoney(pair);
}

function followSlice({ plain, seen }: Pair, made: EventFields<'fill'>): void {
  const { makerOrderId, takerAccount, market, takerSide, quantityLots, takerFeeAtoms } = made;
  const maker = plain.orders.find((order) => order.id === makerOrderId);
  if (maker === undefined) throw new Error(`a liquidation filled order ${makerOrderId}, which the plain venue lacks`);
  const taker: PlainOrder = { ...maker, ...BARE, account: takerAccount, market, isBid: takerSide === Side.Bid, lots: quantityLots };
  fill(plain, taker, maker, quantityLots, false, BigInt(takerFeeAtoms));
  const fund = accountOf(plain, FUND_ACCOUNT);
  fund.net[0] = fund.net[0]! + BigInt(takerFeeAtoms);
  seen.set('liquidation', (seen.get('liquidation') ?? 0) + 1);
}

function followTransfer({ plain, seen }: Pair, made: EventFields<'fill'>): void {
  const { market, priceTicks, quantityLots, takerSide, takerAccount, makerAccount, takerFeeAtoms, makerFeeAtoms } = made;
  const bought = takerSide === Side.Bid ? quantityLots : -quantityLots;
  changeSize(plain, takerAccount, market, bought);
  changeSize(plain, makerAccount, market, -bought);
  plain.fills.push({
    market,
    ticks: priceTicks,
    lots: quantityLots,
    taker: takerAccount,
    maker: makerAccount,
    takerFee: BigInt(takerFeeAtoms),
    makerFee: BigInt(makerFeeAtoms),
  });
  seen.set('forcedTransfer', (seen.get('forcedTransfer') ?? 0) + 1);
}

/** An order by which the fund unwinds rests like anybody's; slices rest nowhere. */
function followOrder({ plain, seen }: Pair, view: OrderView): void {
  if (view.account !== FUND_ACCOUNT || view.origin !== OrderOrigin.LiquidationAutoclose) return;
  seen.set('fundOrder', (seen.get('fundOrder') ?? 0) + 1);
  plain.clock += 1;
  plain.orders.push({
    ...BARE,
    id: view.orderId,
    account: FUND_ACCOUNT,
    market: view.market,
    isBid: view.side === Side.Bid,
    isMarket: false,
    timeInForce: 'GTC',
    selfTrade: 'taker',
    isPostOnly: true,
    isReduceOnly: view.isReduceOnly === 1,
    isAsked: false,
    autoBorrow: true,
    ticks: view.priceTicks,
    lots: view.quantityLots,
    total: view.quantityLots,
    executedLots: 0,
    executedQuote: 0,
    isResting: true,
    restedAt: plain.clock,
  });
}

function changeSize(plain: PlainVenue, ix: number, market: number, lots: number): void {
  const account = accountOf(plain, ix);
  account.size[market] = account.size[market]! + lots;
  fitReduceOnly(plain, ix, market, null);
}

function adoptMoney({ venue, plain }: Pair): void {
  for (const account of plain.accounts) account.net = plain.assets.map((asset) => netOf(venue, account.ix, asset.ix));
  plain.fees = plain.assets.map((asset) => netOf(venue, FEES_ACCOUNT, asset.ix));
  plain.dust = plain.assets.map((asset) => netOf(venue, DUST_ACCOUNT, asset.ix));
}

const BARE = {
  id: 0,
  isMarket: true,
  isReduceOnly: false,
  isResting: false,
  quote: 0,
  trigger: null,
  takeProfit: 0,
  stopLoss: 0,
  parent: null,
};

/** Orders that a fill has just ended in the plain venue are gone already; the slice itself was never there. */
function dropMaker(plain: PlainVenue, orderId: number): void {
  const order = plain.orders.find((one) => one.id === orderId);
  if (order !== undefined) remove(plain, order);
}
