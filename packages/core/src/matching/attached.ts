/**
 * Take-profit and stop-loss attached to an order (interface.md 6.3): children that appear as the parent fills, opposite
 * in side, reduce-only, as large as what has filled. One child of each kind a parent; later fills make it larger.
 */
import { ExpiryReason, OrderKind, OrderOrigin, rejects, SelfTradePrevention, Side, TimeInForce } from '@mochila/protocol';
import { OrderFlag, packKind } from '../book/order-flags.ts';
import { isFullForPeople, orderIdOf, takeOrderSlot } from '../book/orders.ts';
import { accountTriggerOrders } from '../ledger/accounts.ts';
import type { Market } from '../markets.ts';
import { positionOrderHead } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { isTableFull, takeRow } from '../table.ts';
import { isPendingTrigger, linkOrder } from './open-orders.ts';
import { emitOrder, emitTriggerFailed, OrderEvent, openStatusOf } from './order-view.ts';

/** Makes or grows the children of the order in `slot`, of which `lots` just filled. */
export function createAttached(state: State, market: Market, slot: number, lots: number): void {
  const { orders, triggers } = state;
  const trigger = orders.trigger[slot]!;
  if (trigger < 0) return;
  const isBid = orders.side[slot] === Side.Bid;
  const takeProfit = triggers.takeProfitTicks[trigger]!;
  if (takeProfit > 0) {
    growChild(state, market, slot, lots, takeProfit, triggers.takeProfitBy[trigger]!, triggers.takeProfitLimit[trigger]!, isBid);
  }
  const stopLoss = triggers.stopLossTicks[trigger]!;
  if (stopLoss > 0) {
    growChild(state, market, slot, lots, stopLoss, triggers.stopLossBy[trigger]!, triggers.stopLossLimit[trigger]!, !isBid);
  }
}

function growChild(
  state: State,
  market: Market,
  parent: number,
  lots: number,
  ticks: number,
  by: number,
  limitTicks: number,
  isAbove: boolean,
): void {
  const { orders, triggers } = state;
  const child = findChild(state, parent, ticks, isAbove);
  if (child >= 0) {
    triggers.quantity[orders.trigger[child]!]! += lots;
    orders.totalLots[child]! += lots;
    orders.lots[child]! += lots;
    emitOrder(state, OrderEvent.Modified, child, openStatusOf(state, child), ExpiryReason.None);
    return;
  }
  const limit = state.genesis.limits.triggerOrdersPerAccount;
  if (accountTriggerOrders(state.accounts, orders.account[parent]!) >= limit) {
    emitTriggerFailed(state, parent, ExpiryReason.MaxStopOrdersPerPosition, rejects.orderLimit.code);
  } else if (isFullForPeople(orders) || isTableFull(triggers)) {
    emitTriggerFailed(state, parent, ExpiryReason.Unknown, rejects.orderTableFull.code);
  } else makeChild(state, market, parent, lots, ticks, by, limitTicks, isAbove);
}

function findChild(state: State, parent: number, ticks: number, isAbove: boolean): number {
  const { orders, triggers, positions } = state;
  const parentId = orderIdOf(orders, parent);
  for (let slot = positionOrderHead(positions, orders.positionRow[parent]!); slot >= 0; slot = orders.accountNext[slot]!) {
    if (!isPendingTrigger(state, slot)) continue;
    const trigger = orders.trigger[slot]!;
    if (triggers.relatedOrderId[trigger] !== parentId || triggers.triggerTicks[trigger] !== ticks) continue;
    if ((triggers.isAbove[trigger] === 1) === isAbove) return slot;
  }
  return -1;
}

function makeChild(
  state: State,
  market: Market,
  parent: number,
  lots: number,
  ticks: number,
  by: number,
  limitTicks: number,
  isAbove: boolean,
): void {
  const { orders, triggers } = state;
  const isLimit = limitTicks > 0;
  const child = takeOrderSlot(orders);
  orders.account[child] = orders.account[parent]!;
  orders.market[child] = market.ix;
  orders.positionRow[child] = orders.positionRow[parent]!;
  orders.side[child] = orders.side[parent] === Side.Bid ? Side.Ask : Side.Bid;
  orders.flags[child] = OrderFlag.ReduceOnly;
  orders.kind[child] = packKind(
    isLimit ? OrderKind.Limit : OrderKind.Market,
    isLimit ? TimeInForce.GTC : TimeInForce.IOC,
    SelfTradePrevention.RejectTaker,
  );
  orders.origin[child] = OrderOrigin.User;
  orders.isResting[child] = 0;
  orders.priceTicks[child] = limitTicks;
  orders.lots[child] = lots;
  orders.totalLots[child] = lots;
  orders.quoteAtoms[child] = 0;
  orders.executedLots[child] = 0;
  orders.executedQuoteAtoms[child] = 0;
  orders.clientId[child] = -1;
  orders.createdAtMicros[child] = state.timeMicros;
  orders.holdFeePpm[child] = 0;
  orders.holdAtoms[child] = 0;
  const trigger = takeTrigger(state, child);
  triggers.triggerBy[trigger] = by;
  triggers.triggerTicks[trigger] = ticks;
  triggers.isAbove[trigger] = isAbove ? 1 : 0;
  triggers.quantity[trigger] = lots;
  triggers.relatedOrderId[trigger] = orderIdOf(orders, parent);
  linkOrder(state, child);
  emitOrder(state, OrderEvent.TriggerPlaced, child, openStatusOf(state, child), ExpiryReason.None);
}

/** Takes an empty trigger row for an order. The caller asked for room. */
export function takeTrigger(state: State, slot: number): number {
  const { triggers, orders } = state;
  const row = takeRow(triggers);
  triggers.order[row] = slot;
  triggers.triggerBy[row] = 0;
  triggers.triggerTicks[row] = 0;
  triggers.isAbove[row] = 0;
  triggers.quantity[row] = 0;
  triggers.isPercent[row] = 0;
  triggers.triggeredAtMicros[row] = 0;
  triggers.takeProfitTicks[row] = 0;
  triggers.takeProfitBy[row] = 0;
  triggers.takeProfitLimit[row] = 0;
  triggers.stopLossTicks[row] = 0;
  triggers.stopLossBy[row] = 0;
  triggers.stopLossLimit[row] = 0;
  triggers.relatedOrderId[row] = 0;
  triggers.slippageKind[row] = 0;
  triggers.slippage[row] = 0;
  // The row's last order may have been cancelled between the tick that found it due and its firing.
  triggers.isDue[row] = 0;
  orders.trigger[slot] = row;
  return row;
}
