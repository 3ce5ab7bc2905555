/** Spot, perpetual and trigger orders (interface.md 6), from their owner. */
import {
  BookState,
  ExpiryReason,
  MarketType,
  OrderKind,
  OrderOrigin,
  type PlaceOrder,
  type Reject,
  rejects,
  SlippageKind,
  TimeInForce,
  TriggerBy,
  Tristate,
} from '@mochila/protocol';
import { OrderFlag, packKind } from '../book/order-flags.ts';
import { isFullForPeople, takeOrderSlot } from '../book/orders.ts';
import { feePpm } from '../identity/fee-tiers.ts';
import { accountTriggerOrders, accountUser } from '../ledger/accounts.ts';
import { ensureHolding } from '../ledger/holding-rows.ts';
import { checkNoNote } from '../liquidation/notes/check-note.ts';
import type { Market } from '../markets.ts';
import { takeTrigger } from '../matching/attached.ts';
import { checkIntent, checkRowRoom } from '../matching/check-intent.ts';
import { goLive } from '../matching/go-live.ts';
import type { Intent } from '../matching/intent.ts';
import { linkOrder } from '../matching/open-orders.ts';
import { answerOrder, emitOrder, OrderEvent, openStatusOf } from '../matching/order-view.ts';
import { closableLots } from '../matching/reduce-only.ts';
import { referenceTicks } from '../matching/triggers.ts';
import { reject } from '../reject.ts';
import { ensurePosition, findPosition } from '../risk/position-rows.ts';
import { positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { isTableFull } from '../table.ts';
import { checkOrderShape } from './order-shape.ts';

/** Answers the order's view. Rejects: those of the shape (`order-shape.ts`), then those of the state (`matching/check-intent.ts`). */
export function placeOrder(state: State, command: PlaceOrder): Reject | null {
  const refused = checkOrderShape(state, command) ?? checkNoNote(state, command.account);
  if (refused !== null) return refused;
  const market = state.markets[command.market]!;
  return command.triggerBy === TriggerBy.None ? placeLive(state, market, command) : placeTrigger(state, market, command);
}

function placeLive(state: State, market: Market, command: PlaceOrder): Reject | null {
  const { intent } = state.scratch;
  readIntent(intent, command);
  if (needsTriggerRow(command) && isTableFull(state.triggers)) return reject(state, rejects.orderTableFull, 0, state.triggers.capacity);
  const refused = checkIntent(state, intent);
  if (refused !== null) return refused;
  // Point of no return.
  const slot = writeOrder(state, market, command, intent.lots);
  if (needsTriggerRow(command)) writeAttached(state, slot, command);
  linkOrder(state, slot);
  goLive(state, market, slot, intent);
  return null;
}

function placeTrigger(state: State, market: Market, command: PlaceOrder): Reject | null {
  const refused = checkTrigger(state, market, command);
  if (refused !== null) return refused;
  // Point of no return.
  const slot = writeOrder(state, market, command, command.triggerIsPercent === 1 ? 0 : command.triggerQuantity);
  writeAttached(state, slot, command);
  const { triggers, orders } = state;
  const trigger = orders.trigger[slot]!;
  triggers.triggerBy[trigger] = command.triggerBy;
  triggers.triggerTicks[trigger] = command.triggerPriceTicks;
  triggers.isAbove[trigger] = command.triggerPriceTicks > referenceTicks(state, market, command.triggerBy) ? 1 : 0;
  triggers.quantity[trigger] = command.triggerQuantity;
  triggers.isPercent[trigger] = command.triggerIsPercent;
  linkOrder(state, slot);
  emitOrder(state, OrderEvent.TriggerPlaced, slot, openStatusOf(state, slot), ExpiryReason.None);
  answerOrder(state, slot, openStatusOf(state, slot), ExpiryReason.None);
  return null;
}

function checkTrigger(state: State, market: Market, command: PlaceOrder): Reject | null {
  const { accounts, genesis, positions } = state;
  if (market.bookState === BookState.Closed) return reject(state, rejects.bookClosed);
  if (market.bookState === BookState.CancelOnly) return reject(state, rejects.bookCancelOnly);
  const open = accountTriggerOrders(accounts, command.account);
  const limit = genesis.limits.triggerOrdersPerAccount;
  if (open >= limit) return reject(state, rejects.orderLimit, open, limit);
  if (isFullForPeople(state.orders) || isTableFull(state.triggers))
    return reject(state, rejects.orderTableFull, 0, state.triggers.capacity);
  const full = checkRowRoom(state, market, command.account);
  if (full !== null) return full;
  const reference = referenceTicks(state, market, command.triggerBy);
  if (reference === 0) return reject(state, rejects.noReferencePrice);
  if (command.triggerPriceTicks === Math.round(reference)) return reject(state, rejects.triggerAlreadyMet, command.triggerPriceTicks);
  if (command.isReduceOnly === 0 && command.triggerIsPercent === 0) return null;
  const row = findPosition(state, command.account, market.ix);
  const size = row < 0 ? 0 : positionSizeLots(positions, row);
  return closableLots(size, command.side) > 0 ? null : reject(state, rejects.reduceOnlyNotReduced, size);
}

function readIntent(intent: Intent, command: PlaceOrder): void {
  intent.account = command.account;
  intent.market = command.market;
  intent.side = command.side;
  intent.orderKind = command.orderKind;
  intent.timeInForce = timeInForceFor(command);
  intent.selfTradePrevention = command.selfTradePrevention;
  intent.flags = flagsOf(command);
  intent.priceTicks = command.priceTicks;
  intent.lots = command.quantityLots;
  intent.quoteAtoms = command.quoteAtoms;
  intent.slippage.kind = command.slippageKind;
  intent.slippage.tolerance = command.slippageTolerance;
  intent.isFired = false;
}

/** A market order never rests: without a time in force it is IOC. */
function timeInForceFor(command: PlaceOrder): number {
  return command.orderKind === OrderKind.Market && command.timeInForce === TimeInForce.GTC ? TimeInForce.IOC : command.timeInForce;
}

function flagsOf(command: PlaceOrder): number {
  let flags = 0;
  if (command.isPostOnly === 1) flags |= OrderFlag.PostOnly;
  if (command.isReduceOnly === 1 || (command.triggerIsPercent === 1 && command.triggerBy !== TriggerBy.None)) flags |= OrderFlag.ReduceOnly;
  if (command.autoBorrow === Tristate.Yes) flags |= OrderFlag.AutoBorrow;
  if (command.autoLendRedeem === Tristate.No) flags |= OrderFlag.AutoLendRedeemOff;
  if (command.autoLend === Tristate.Yes) flags |= OrderFlag.AutoLendOn;
  if (command.autoLend === Tristate.No) flags |= OrderFlag.AutoLendOff;
  if (command.autoBorrowRepay === Tristate.Yes) flags |= OrderFlag.AutoBorrowRepayOn;
  if (command.autoBorrowRepay === Tristate.No) flags |= OrderFlag.AutoBorrowRepayOff;
  return flags;
}

/** Writes the order's columns and makes sure of every row a fill of it may need. */
function writeOrder(state: State, market: Market, command: PlaceOrder, lots: number): number {
  const { orders, accounts } = state;
  const { account } = command;
  if (market.type === MarketType.SPOT) ensureHolding(state, account, market.base);
  ensureHolding(state, account, market.quote);
  const slot = takeOrderSlot(orders);
  orders.account[slot] = account;
  orders.market[slot] = market.ix;
  orders.positionRow[slot] = ensurePosition(state, account, market.ix);
  orders.side[slot] = command.side;
  orders.flags[slot] = flagsOf(command);
  orders.kind[slot] = packKind(command.orderKind, timeInForceFor(command), command.selfTradePrevention);
  orders.origin[slot] = OrderOrigin.User;
  orders.isResting[slot] = 0;
  orders.priceTicks[slot] = command.priceTicks;
  orders.lots[slot] = lots;
  orders.totalLots[slot] = lots;
  orders.quoteAtoms[slot] = command.quoteAtoms;
  orders.executedLots[slot] = 0;
  orders.executedQuoteAtoms[slot] = 0;
  orders.clientId[slot] = command.clientId;
  orders.createdAtMicros[slot] = state.timeMicros;
  orders.holdFeePpm[slot] = market.type === MarketType.SPOT ? feePpm(state, accountUser(accounts, account), true, false) : 0;
  orders.holdAtoms[slot] = 0;
  orders.trigger[slot] = -1;
  return slot;
}

function needsTriggerRow(command: PlaceOrder): boolean {
  return command.takeProfitTriggerTicks > 0 || command.stopLossTriggerTicks > 0 || command.slippageKind !== SlippageKind.None;
}

function writeAttached(state: State, slot: number, command: PlaceOrder): void {
  const { triggers } = state;
  const row = takeTrigger(state, slot);
  triggers.takeProfitTicks[row] = command.takeProfitTriggerTicks;
  triggers.takeProfitBy[row] = command.takeProfitTriggerTicks > 0 ? triggerByOf(command.takeProfitTriggerBy) : TriggerBy.None;
  triggers.takeProfitLimit[row] = command.takeProfitLimitTicks;
  triggers.stopLossTicks[row] = command.stopLossTriggerTicks;
  triggers.stopLossBy[row] = command.stopLossTriggerTicks > 0 ? triggerByOf(command.stopLossTriggerBy) : TriggerBy.None;
  triggers.stopLossLimit[row] = command.stopLossLimitTicks;
  triggers.slippageKind[row] = command.slippageKind;
  triggers.slippage[row] = command.slippageTolerance;
}

/** Children that name no price watch the last one (interface.md 6.3). */
function triggerByOf(given: number): number {
  return given === TriggerBy.None ? TriggerBy.LastPrice : given;
}
