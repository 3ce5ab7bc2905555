/**
 * Forced transfers: a position, or a part of one, moves from its account to others at a price that no book made. Both
 * sides get an order of the system, accepted and filled at once, so that fills, histories and streams know it like any
 * trade. It pays no fee, touches no book, no last price and no volume.
 */
import { ExpiryReason, OrderKind, OrderStatus, SelfTradePrevention, Side, TimeInForce } from '@mochila/protocol';
import { assert, assertSafe } from '@mochila/units';
import { OrderFlag, packKind } from '../book/order-flags.ts';
import { takeOrderSlot } from '../book/orders.ts';
import { accountSettledEpoch } from '../ledger/accounts.ts';
import { findHolding, hasRoomForHoldings } from '../ledger/holding-rows.ts';
import type { Market } from '../markets.ts';
import { applyPerpSide, emitFill, noteLiquidated } from '../matching/apply-fill.ts';
import { dropOrder, linkOrder } from '../matching/open-orders.ts';
import { emitOrder, OrderEvent } from '../matching/order-view.ts';
import { fitReduceOnly } from '../matching/reduce-only.ts';
import { ensurePosition, findPosition } from '../risk/position-rows.ts';
import { positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';

/** One side's part in a transfer. */
export interface ForcedPart {
  account: number;
  lots: number;
  priceTicks: number;
  /** Quote atoms that the giver is charged for this part beside the price: a figure of its position, moved by the caller. None when absent. */
  chargeAtoms?: number;
}

/** Where a transfer can be found again. */
export interface ForcedFill {
  /** Order of the account that gives its position away, and of the one that takes it. */
  orderId: number;
  takerOrderId: number;
  tradeId: number;
}

/**
 * Closes lots of an account's position against others, one fill for each. Both sides are settled to one epoch; the
 * caller asked {@link withRoomForForced}.
 *
 * @param parts - who takes how many lots (at least 1) at which price; together not more than the position.
 * @param origin - OrderOrigin of all the orders.
 */
export function forcedTransfer(state: State, market: Market, account: number, parts: readonly ForcedPart[], origin: number): ForcedFill[] {
  const row = findPosition(state, account, market.ix);
  assert(row >= 0, 'a position that is given away is there');
  const size = positionSizeLots(state.positions, row);
  const lots = parts.reduce((sum, part) => sum + part.lots, 0);
  assert(lots >= 1 && lots <= Math.abs(size), 'no more is given away than there is');
  const side = size > 0 ? Side.Ask : Side.Bid;
  const slot = openSystemOrder(state, market, account, { side, lots, priceTicks: 0, origin, flags: OrderFlag.ReduceOnly });
  const fills = parts.map((part) => fillPart(state, market, slot, part));
  assert(state.orders.lots[slot] === 0, 'a forced order is filled whole');
  dropOrder(state, slot);
  fitReduceOnly(state, market, row, -1);
  return fills;
}

/** Those of some takers, the first before the others, for whom the tables have room in a transfer to all of them. */
export function withRoomForForced<T extends { readonly account: number }>(state: State, market: Market, takers: readonly T[]): T[] {
  const { orders, positions } = state;
  if (orders.capacity - orders.live < 2) return [];
  let positionRows = positions.live;
  let holdingRows = 0;
  return takers.filter(({ account }) => {
    const position = findPosition(state, account, market.ix) < 0 ? 1 : 0;
    const holding = findHolding(state, account, market.quote) < 0 ? 1 : 0;
    if (positionRows + position > positions.capacity || (holding > 0 && !hasRoomForHoldings(state, holdingRows + holding))) return false;
    positionRows += position;
    holdingRows += holding;
    return true;
  });
}

function fillPart(state: State, market: Market, slot: number, part: ForcedPart): ForcedFill {
  const { orders, accounts } = state;
  const { account: taker, lots, priceTicks, chargeAtoms = 0 } = part;
  const giver = orders.account[slot]!;
  assert(taker !== giver, 'nobody takes his own position');
  assert(
    accountSettledEpoch(accounts, taker) === accountSettledEpoch(accounts, giver),
    'both sides of a forced transfer share the last mark',
  );
  const side = orders.side[slot] === Side.Ask ? Side.Bid : Side.Ask;
  const origin = orders.origin[slot]!;
  const takerSlot = openSystemOrder(state, market, taker, { side, lots, priceTicks, origin, flags: 0 });
  bookExecuted(state, market, slot, lots, priceTicks);
  bookExecuted(state, market, takerSlot, lots, priceTicks);
  const bought = side === Side.Bid ? lots : -lots;
  applyPerpSide(state, market, taker, bought, priceTicks, 0);
  noteLiquidated(state, orders.positionRow[slot]!, lots, chargeAtoms);
  applyPerpSide(state, market, giver, -bought, priceTicks, 0);
  const fill = {
    orderId: orderIdAt(state, slot),
    takerOrderId: orderIdAt(state, takerSlot),
    tradeId: market.nextTradeId,
  };
  emitFill(state, market, slot, takerSlot, lots, priceTicks, orders.side[slot]!, 0, 0);
  market.nextTradeId += 1;
  const takerRow = orders.positionRow[takerSlot]!;
  dropOrder(state, takerSlot);
  fitReduceOnly(state, market, takerRow, -1);
  return fill;
}

function orderIdAt(state: State, slot: number): number {
  return state.orders.generation[slot]! * state.orders.capacity + slot;
}

function bookExecuted(state: State, market: Market, slot: number, lots: number, priceTicks: number): void {
  const { orders } = state;
  orders.lots[slot] = orders.lots[slot]! - lots;
  orders.executedLots[slot] = orders.executedLots[slot]! + lots;
  orders.executedQuoteAtoms[slot] = assertSafe(orders.executedQuoteAtoms[slot]! + lots * priceTicks * market.k);
}

/** What an order of the system is. */
export interface SystemOrder {
  side: number;
  lots: number;
  /** 0 for a market order. */
  priceTicks: number;
  origin: number;
  /** OrderFlag bits. */
  flags: number;
}

/** Makes an accepted order of the system, linked to its account and on no book. The caller asked for room. */
export function openSystemOrder(state: State, market: Market, account: number, order: SystemOrder): number {
  const slot = makeSystemOrder(state, market, account, order);
  emitOrder(state, OrderEvent.Accepted, slot, OrderStatus.New, ExpiryReason.None);
  return slot;
}

/** The same without its event, for orders that meet the book and are accepted there. */
export function makeSystemOrder(state: State, market: Market, account: number, order: SystemOrder): number {
  const { orders } = state;
  const isLimit = order.priceTicks > 0;
  const slot = takeOrderSlot(orders);
  orders.account[slot] = account;
  orders.market[slot] = market.ix;
  orders.positionRow[slot] = ensurePosition(state, account, market.ix);
  orders.side[slot] = order.side;
  orders.flags[slot] = order.flags;
  orders.kind[slot] = packKind(
    isLimit ? OrderKind.Limit : OrderKind.Market,
    isLimit ? TimeInForce.GTC : TimeInForce.IOC,
    SelfTradePrevention.RejectTaker,
  );
  orders.origin[slot] = order.origin;
  orders.isResting[slot] = 0;
  orders.priceTicks[slot] = order.priceTicks;
  orders.lots[slot] = order.lots;
  orders.totalLots[slot] = order.lots;
  orders.quoteAtoms[slot] = 0;
  orders.executedLots[slot] = 0;
  orders.executedQuoteAtoms[slot] = 0;
  orders.clientId[slot] = -1;
  orders.createdAtMicros[slot] = state.timeMicros;
  orders.holdFeePpm[slot] = 0;
  orders.holdAtoms[slot] = 0;
  orders.trigger[slot] = -1;
  linkOrder(state, slot);
  return slot;
}
