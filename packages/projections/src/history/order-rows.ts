/** Rows of orders and fills. */
import {
  type EventBatch,
  type EventFields,
  ExpiryReason,
  MarketType,
  OrderKind,
  OrderOrigin,
  OrderStatus,
  type OrderView,
  SettlementSource,
  Side,
} from '@mochila/protocol';
import type { MarketFacts } from '../market-facts.ts';
import { isOffBook } from '../off-book.ts';
import { tradeOfFill } from '../recent-trades.ts';
import type { PendingRows } from './pending-rows.ts';

/** Sets the row of an order to what an event shows of it. */
export function addOrder(rows: PendingRows, batch: EventBatch, ix: number, order: OrderView): void {
  const { seq, timeMicros } = batch;
  rows.setOrder({ ...order, seq, ix, updatedSeq: seq, updatedAtMicros: timeMicros });
}

/** Tells whether triggerFailed is about the trigger itself, and not about a living parent whose child found no room. */
export function isTriggerOver(order: OrderView): boolean {
  const isParent = order.expiryReason === ExpiryReason.MaxStopOrdersPerPosition || order.triggerBy === 0 || order.triggeredAtMicros > 0;
  return !isParent;
}

/** Adds both sides of a fill, the trade, the progress of both orders and, on a perpetual, the fees as settlements. */
export function addFill(rows: PendingRows, batch: EventBatch, ix: number, fill: EventFields<'fill'>, facts: MarketFacts): void {
  addSide(rows, batch, ix * 2, fill, true);
  addSide(rows, batch, ix * 2 + 1, fill, false);
  const { isBuyerMaker, origin: _, ...trade } = tradeOfFill(fill, batch.timeMicros, facts.k);
  if (!isOffBook(fill)) rows.append('trades', { ...trade, seq: batch.seq, ix, isBuyerMaker: isBuyerMaker ? 1 : 0 });
  if (facts.type !== MarketType.PERP) return;
  addFee(rows, batch, ix * 2, fill.makerAccount, fill.makerFeeAtoms);
  addFee(rows, batch, ix * 2 + 1, fill.takerAccount, fill.takerFeeAtoms);
}

/** A market order by quote amount has no size to be compared with: it is filled when the engine did not end it otherwise. */
export function finishQuoteOrders(rows: PendingRows, batch: EventBatch): void {
  for (const event of batch.events) {
    if (event.name !== 'orderAccepted' || event.fields.orderKind !== OrderKind.Market || event.fields.quoteAtoms === 0) continue;
    const row = rows.order(event.fields.orderId);
    if (row !== undefined && row.status === OrderStatus.PartiallyFilled) row.status = OrderStatus.Filled;
  }
}

function addSide(rows: PendingRows, batch: EventBatch, ix: number, fill: EventFields<'fill'>, isMaker: boolean): void {
  const side = isMaker ? makerOf(fill) : takerOf(fill);
  const { seq, timeMicros } = batch;
  const { market, tradeId, priceTicks, quantityLots } = fill;
  const { account, orderId, clientId, feeAtoms, origin, executedLots, executedQuoteAtoms, isFilled } = side;
  rows.append('fills', {
    seq,
    ix,
    account,
    market,
    tradeId,
    orderId,
    clientId,
    side: side.side,
    priceTicks,
    quantityLots,
    feeAtoms,
    isMaker: isMaker ? 1 : 0,
    origin,
    timeMicros,
  });
  const status = isFilled === 1 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
  rows.setProgress({ orderId, executedLots, executedQuoteAtoms, status, updatedSeq: seq, updatedAtMicros: timeMicros });
}

function makerOf(fill: EventFields<'fill'>) {
  return {
    account: fill.makerAccount,
    orderId: fill.makerOrderId,
    clientId: fill.makerClientId,
    side: fill.takerSide === Side.Bid ? Side.Ask : Side.Bid,
    feeAtoms: fill.makerFeeAtoms,
    // Both orders of a forced fill are the system's.
    origin: isOffBook(fill) ? fill.origin : OrderOrigin.User,
    executedLots: fill.makerExecutedLots,
    executedQuoteAtoms: fill.makerExecutedQuoteAtoms,
    isFilled: fill.makerIsFilled,
  };
}

function takerOf(fill: EventFields<'fill'>) {
  return {
    account: fill.takerAccount,
    orderId: fill.takerOrderId,
    clientId: fill.takerClientId,
    side: fill.takerSide,
    feeAtoms: fill.takerFeeAtoms,
    origin: fill.origin,
    executedLots: fill.takerExecutedLots,
    executedQuoteAtoms: fill.takerExecutedQuoteAtoms,
    isFilled: fill.takerIsFilled,
  };
}

function addFee(rows: PendingRows, batch: EventBatch, ix: number, account: number, feeAtoms: number): void {
  if (feeAtoms === 0) return;
  const { seq, timeMicros } = batch;
  rows.append('settlements', { seq, ix, account, source: SettlementSource.TradingFees, amountAtoms: 0 - feeAtoms, timeMicros });
}
