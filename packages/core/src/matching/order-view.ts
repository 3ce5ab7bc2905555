/** An order as events and answers show it: 33 words in the field order of protocol's ORDER_VIEW. */
import { events, ORDER_VIEW, OrderStatus, type OrderView, readOrderView } from '@mochila/protocol';
import { OrderFlag, orderKindOf, selfTradePreventionOf, timeInForceOf } from '../book/order-flags.ts';
import { orderIdOf } from '../book/orders.ts';
import { type EventBuffer, reserveEvents } from '../event-buffer.ts';
import type { State } from '../state.ts';

/** Fields of an order view, in order. */
export const ORDER_VIEW_FIELDS: readonly string[] = Object.keys(ORDER_VIEW);
const VIEW_WORDS = ORDER_VIEW_FIELDS.length;
const TRIGGER_WORDS = 14;

/** Codes of the events that carry just an order view. */
export const OrderEvent = {
  Accepted: events.orderAccepted.code,
  TriggerPlaced: events.triggerPlaced.code,
  Cancelled: events.orderCancelled.code,
  Expired: events.orderExpired.code,
  Modified: events.orderModified.code,
} as const;

/** Appends an order event without allocation. */
export function emitOrder(state: State, eventCode: number, slot: number, status: number, expiryReason: number): void {
  const out = state.out;
  if (!out.isOn) return;
  beginOrderEvent(out, eventCode, VIEW_WORDS + 1);
  writeOrderView(state, slot, status, expiryReason, out.words, out.length + 1);
  out.length += VIEW_WORDS + 1;
  out.count += 1;
}

/** Appends triggerFailed: an order view and the reject that stopped it. */
export function emitTriggerFailed(state: State, slot: number, expiryReason: number, rejectCode: number): void {
  const out = state.out;
  if (!out.isOn) return;
  beginOrderEvent(out, events.triggerFailed.code, VIEW_WORDS + 2);
  writeOrderView(state, slot, OrderStatus.TriggerFailed, expiryReason, out.words, out.length + 1);
  out.words[out.length + 1 + VIEW_WORDS] = rejectCode;
  out.length += VIEW_WORDS + 2;
  out.count += 1;
}

function beginOrderEvent(out: EventBuffer, code: number, words: number): void {
  reserveEvents(out, words);
  out.words[out.length] = code * 65536 + words;
}

/** Sets the answer of the running command to this order's view. */
export function answerOrder(state: State, slot: number, status: number, expiryReason: number): void {
  const { scratch } = state;
  writeOrderView(state, slot, status, expiryReason, scratch.result, 0);
  scratch.resultLength = VIEW_WORDS;
}

/** Status of an order that is still open. */
export function openStatusOf(state: State, slot: number): number {
  const { orders, triggers } = state;
  const trigger = orders.trigger[slot]!;
  if (trigger >= 0 && triggers.triggerBy[trigger]! > 0 && triggers.triggeredAtMicros[trigger] === 0) return OrderStatus.TriggerPending;
  return orders.executedLots[slot]! > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New;
}

/** An open order as an object, for queries. */
export function orderViewOf(state: State, slot: number): OrderView {
  const words = new Float64Array(VIEW_WORDS);
  writeOrderView(state, slot, openStatusOf(state, slot), 0, words, 0);
  return readOrderView(words, 0);
}

function writeOrderView(state: State, slot: number, status: number, expiryReason: number, words: Float64Array, at: number): void {
  const { orders } = state;
  const flags = orders.flags[slot]!;
  const kind = orders.kind[slot]!;
  words[at] = orders.account[slot]!;
  words[at + 1] = orders.market[slot]!;
  words[at + 2] = orderIdOf(orders, slot);
  words[at + 3] = orders.clientId[slot]!;
  words[at + 4] = orders.side[slot]!;
  words[at + 5] = orderKindOf(kind);
  words[at + 6] = timeInForceOf(kind);
  words[at + 7] = (flags & OrderFlag.PostOnly) !== 0 ? 1 : 0;
  words[at + 8] = (flags & OrderFlag.ReduceOnly) !== 0 ? 1 : 0;
  words[at + 9] = selfTradePreventionOf(kind);
  words[at + 10] = orders.priceTicks[slot]!;
  words[at + 11] = orders.totalLots[slot]!;
  words[at + 12] = orders.quoteAtoms[slot]!;
  words[at + 13] = orders.executedLots[slot]!;
  words[at + 14] = orders.executedQuoteAtoms[slot]!;
  words[at + 15] = status;
  words[at + 16] = expiryReason;
  words[at + 17] = orders.createdAtMicros[slot]!;
  writeTriggerView(state, orders.trigger[slot]!, words, at + 18);
  words[at + 32] = orders.origin[slot]!;
}

function writeTriggerView(state: State, trigger: number, words: Float64Array, at: number): void {
  if (trigger < 0) {
    // By hand: a call of fill costs more than fourteen stores.
    for (let field = at; field < at + TRIGGER_WORDS; field += 1) words[field] = 0;
    return;
  }
  const { triggers } = state;
  words[at] = triggers.triggeredAtMicros[trigger]!;
  words[at + 1] = triggers.triggerBy[trigger]!;
  words[at + 2] = triggers.triggerTicks[trigger]!;
  words[at + 3] = triggers.quantity[trigger]!;
  words[at + 4] = triggers.isPercent[trigger]!;
  words[at + 5] = triggers.takeProfitTicks[trigger]!;
  words[at + 6] = triggers.takeProfitBy[trigger]!;
  words[at + 7] = triggers.takeProfitLimit[trigger]!;
  words[at + 8] = triggers.stopLossTicks[trigger]!;
  words[at + 9] = triggers.stopLossBy[trigger]!;
  words[at + 10] = triggers.stopLossLimit[trigger]!;
  words[at + 11] = triggers.slippageKind[trigger]!;
  words[at + 12] = triggers.slippage[trigger]!;
  words[at + 13] = triggers.relatedOrderId[trigger]!;
}
