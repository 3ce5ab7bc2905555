import { type EngineEvent, ORDER_VIEW, OrderStatus, type OrderView } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { OrderUpdates } from './order-updates.ts';
import { batchOf, fillEvent } from './testing/batches.ts';

function order(orderId: number, fields: Partial<OrderView> = {}): OrderView {
  return { ...ORDER_VIEW, orderId, market: 1, quantityLots: 10, priceTicks: 100, ...fields };
}

function accepted(orderId: number, fields: Partial<OrderView> = {}): EngineEvent {
  return { name: 'orderAccepted', fields: order(orderId, fields) };
}

function live(): OrderUpdates {
  const orders = new OrderUpdates();
  orders.finishLoading();
  return orders;
}

describe('order updates', () => {
  it('tell a fill to both sides with the whole order after it, and forget what ended', () => {
    const orders = live();
    orders.apply(batchOf(1, 10, [accepted(7, { account: 5, clientId: 3 })]));
    const fields = {
      market: 1,
      tradeId: 4,
      priceTicks: 100,
      quantityLots: 4,
      makerOrderId: 7,
      takerOrderId: 8,
      makerFeeAtoms: -1,
      takerFeeAtoms: 3,
      makerExecutedLots: 4,
      makerExecutedQuoteAtoms: 400,
      takerExecutedLots: 4,
      takerExecutedQuoteAtoms: 400,
      takerIsFilled: 1,
    };
    const updates = orders.apply(batchOf(2, 20, [accepted(8, { account: 6, quantityLots: 4 }), fillEvent(fields)]));
    expect(
      updates.map(({ name, order: { orderId, status, executedLots }, fill }) => [name, orderId, status, executedLots, fill?.feeAtoms]),
    ).toEqual([
      ['orderAccepted', 8, OrderStatus.New, 0, undefined],
      ['orderFill', 7, OrderStatus.PartiallyFilled, 4, -1],
      ['orderFill', 8, OrderStatus.Filled, 4, 3],
    ]);
    expect(updates[1]?.order).toEqual(order(7, { account: 5, clientId: 3, status: 1, executedLots: 4, executedQuoteAtoms: 400 }));
    expect(updates[1]).toMatchObject({ seq: 2, timeMicros: 20, fill: { isMaker: true, tradeId: 4 } });
    expect(orders.size).toBe(1);
    orders.apply(batchOf(3, 30, [{ name: 'orderCancelled', fields: order(7, { status: OrderStatus.Cancelled }) }]));
    expect(orders.size).toBe(0);
    expect(orders.missed).toBe(0);
  });

  it('call a market order by quote amount filled with its last fill, unless it expires', () => {
    const quote = { orderKind: 1, quantityLots: 0, quoteAtoms: 1_000, priceTicks: 0 };
    const fills = (takerOrderId: number): EngineEvent[] =>
      [1, 2].map((n) => fillEvent({ takerOrderId, makerOrderId: 99, takerExecutedLots: n }));
    const taken = (end: EngineEvent[]): number[] => {
      const orders = live();
      const updates = orders.apply(batchOf(1, 0, [accepted(99), accepted(5, quote), ...fills(5), ...end]));
      expect(orders.size).toBe(1);
      return updates.filter((one) => one.order.orderId === 5).map((one) => one.order.status);
    };
    expect(taken([])).toEqual([OrderStatus.New, OrderStatus.PartiallyFilled, OrderStatus.Filled]);
    const expired: EngineEvent = { name: 'orderExpired', fields: order(5, { ...quote, status: OrderStatus.Expired, expiryReason: 6 }) };
    expect(taken([expired])).toEqual([OrderStatus.New, OrderStatus.PartiallyFilled, OrderStatus.PartiallyFilled, OrderStatus.Expired]);
  });

  it('follow a trigger to its firing or failing; a parent whose child found no room lives on', () => {
    const orders = live();
    const waiting = order(3, { status: OrderStatus.TriggerPending, triggerBy: 1 });
    orders.apply(batchOf(1, 0, [{ name: 'triggerPlaced', fields: waiting }, accepted(4)]));
    expect(orders.size).toBe(2);
    const fail = (failed: OrderView): EngineEvent => ({
      name: 'triggerFailed',
      fields: { ...failed, status: OrderStatus.TriggerFailed, rejectCode: 12 },
    });
    const updates = orders.apply(batchOf(2, 0, [fail(waiting), fail(order(4))]));
    expect(updates.map((one) => [one.name, one.rejectCode])).toEqual([
      ['triggerFailed', 12],
      ['triggerFailed', 12],
    ]);
    expect(updates[0]?.order).not.toHaveProperty('rejectCode');
    expect([orders.get(3), orders.get(4)?.status]).toEqual([undefined, OrderStatus.New]);
  });

  it('begin in the middle: what happens while open orders are loaded is not lost', () => {
    const orders = new OrderUpdates();
    const partly = fillEvent({ makerOrderId: 1, takerOrderId: 90, makerExecutedLots: 6, makerExecutedQuoteAtoms: 600, takerIsFilled: 1 });
    const whole = fillEvent({ makerOrderId: 2, takerOrderId: 91, makerExecutedLots: 10, makerIsFilled: 1, takerIsFilled: 1 });
    expect(orders.apply(batchOf(1, 0, [partly, whole]))).toEqual([]);
    orders.load([order(1, { executedLots: 2 }), order(2), order(3, { executedLots: 9 })]);
    orders.finishLoading();
    expect(orders.get(1)).toMatchObject({ executedLots: 6, executedQuoteAtoms: 600, status: OrderStatus.PartiallyFilled });
    expect(orders.get(2)).toBeUndefined();
    expect(orders.get(3)?.executedLots).toBe(9);
    orders.apply(batchOf(2, 0, [fillEvent({ makerOrderId: 1, takerOrderId: 77 })]));
    expect(orders.missed).toBe(1);
  });
});
