/** Fills and ended orders of one account among the events since a receipt was opened: acts that nobody has to tell twice. */
import { events, MarketType, ORDER_VIEW, RECEIPT_SECTIONS, ReceiptAct, ReceiptKind, Side } from '@mochila/protocol';
import type { State } from '../../state.ts';
import { addRow, type DraftRows, type ReceiptDraft } from './receipt-draft.ts';

const ACT_WORDS = RECEIPT_SECTIONS.acts.columns.length;
const CODE = 65_536;
const FILL = events.fill.code;
const EXPIRED = events.orderExpired.code;
const CANCELLED = events.orderCancelled.code;

/** Words of the events read here: 1 + place of the field in its schema. */
const ORDER = placesOf(Object.keys(ORDER_VIEW));
const TRADE = placesOf(events.fill.numberFields);

function placesOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, at) => [name, at + 1]));
}

/** Appends what the events say the account did, in their order. */
export function readActs(state: State, draft: ReceiptDraft, acts: DraftRows): void {
  const { words, length } = state.out;
  const { kind, account } = draft.subject;
  const isCancel = kind === ReceiptKind.OrderCancel;
  const isBook = kind === ReceiptKind.BookSlice || kind === ReceiptKind.CollateralSale;
  for (let at = draft.outStart; at < length; ) {
    const header = words[at]!;
    const code = Math.floor(header / CODE);
    if (code === FILL) readFill(state, account, words, at, acts, isBook);
    else if (isCancel && (code === EXPIRED || code === CANCELLED)) readEnded(account, words, at, acts);
    at += header - code * CODE;
  }
}

const F = {
  market: TRADE.market!,
  tradeId: TRADE.tradeId!,
  priceTicks: TRADE.priceTicks!,
  lots: TRADE.quantityLots!,
  takerSide: TRADE.takerSide!,
  takerOrderId: TRADE.takerOrderId!,
  makerOrderId: TRADE.makerOrderId!,
  takerAccount: TRADE.takerAccount!,
  makerAccount: TRADE.makerAccount!,
  takerFee: TRADE.takerFeeAtoms!,
  makerFee: TRADE.makerFeeAtoms!,
};

function readFill(state: State, account: number, words: Float64Array, at: number, acts: DraftRows, isBook: boolean): void {
  const isBidTaker = words[at + F.takerSide] === Side.Bid;
  const taker = words[at + F.takerAccount]!;
  const maker = words[at + F.makerAccount]!;
  const takerOrder = words[at + F.takerOrderId]!;
  const makerOrder = words[at + F.makerOrderId]!;
  if (taker === account) addFill(state, words, at, acts, maker, isBidTaker, takerOrder, words[at + F.takerFee]!, isBook);
  if (maker === account) addFill(state, words, at, acts, taker, !isBidTaker, makerOrder, words[at + F.makerFee]!, isBook);
}

/** A fill. On a book the next trade of the same order at the same price joins the act before it; elsewhere each has its counter account. */
function addFill(
  state: State,
  words: Float64Array,
  at: number,
  acts: DraftRows,
  counter: number,
  isBid: boolean,
  orderId: number,
  feeAtoms: number,
  isBook: boolean,
): void {
  const market = state.markets[words[at + F.market]!]!;
  const lots = isBid ? words[at + F.lots]! : 0 - words[at + F.lots]!;
  const priceTicks = words[at + F.priceTicks]!;
  const tradeId = words[at + F.tradeId]!;
  const last = acts.length - ACT_WORDS;
  if (isBook && last >= 0 && joins(acts.words, last, market.ix, priceTicks, orderId, tradeId)) {
    acts.words[last + 4]! += lots;
    acts.words[last + 7]! += feeAtoms;
    acts.words[last + 10]! += 1;
    if (acts.words[last + 1] !== counter) acts.words[last + 1] = -1;
    return;
  }
  const row = addRow(acts, ACT_WORDS);
  const to = acts.words;
  to[row] = market.type === MarketType.SPOT ? ReceiptAct.SpotFill : ReceiptAct.PerpFill;
  to[row + 1] = counter;
  to[row + 2] = market.ix;
  to[row + 3] = -1;
  to[row + 4] = lots;
  to[row + 5] = priceTicks;
  to[row + 6] = 0;
  to[row + 7] = feeAtoms;
  to[row + 8] = orderId;
  to[row + 9] = tradeId;
  to[row + 10] = 1;
}

function joins(words: Float64Array, at: number, market: number, priceTicks: number, orderId: number, tradeId: number): boolean {
  return (
    (words[at] === ReceiptAct.PerpFill || words[at] === ReceiptAct.SpotFill) &&
    words[at + 2] === market &&
    words[at + 5] === priceTicks &&
    words[at + 8] === orderId &&
    words[at + 9]! + words[at + 10]! === tradeId
  );
}

const O = {
  account: ORDER.account!,
  market: ORDER.market!,
  orderId: ORDER.orderId!,
  side: ORDER.side!,
  priceTicks: ORDER.priceTicks!,
  lots: ORDER.quantityLots!,
  executed: ORDER.executedLots!,
};

function readEnded(account: number, words: Float64Array, at: number, acts: DraftRows): void {
  if (words[at + O.account] !== account) return;
  const left = words[at + O.lots]! - words[at + O.executed]!;
  const row = addRow(acts, ACT_WORDS);
  const to = acts.words;
  to[row] = ReceiptAct.OrderCancelled;
  to[row + 1] = -1;
  to[row + 2] = words[at + O.market]!;
  to[row + 3] = -1;
  to[row + 4] = words[at + O.side] === Side.Bid ? left : 0 - left;
  to[row + 5] = words[at + O.priceTicks]!;
  to[row + 6] = 0;
  to[row + 7] = 0;
  to[row + 8] = words[at + O.orderId]!;
  to[row + 9] = 0;
  to[row + 10] = 0;
}
