/** Shape of a placeOrder command: everything that can be judged from the command and its market's listing alone. */
import {
  MarketType,
  OrderKind,
  type PlaceOrder,
  type Reject,
  rejects,
  Side,
  SlippageKind,
  TimeInForce,
  TriggerBy,
  Tristate,
} from '@mochila/protocol';
import { NOTIONAL_ATOMS_MAX } from '../limits.ts';
import type { Market } from '../markets.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

const PPM = 1_000_000;
const SLIPPAGE_TICKS_MAX = 1_000_000;

/** Rejects in the order of their tests: market, kind, flags, sizes, prices, triggers, attached. */
export function checkOrderShape(state: State, command: PlaceOrder): Reject | null {
  const market = state.markets[command.market];
  if (market === undefined) return reject(state, rejects.unknownMarket, command.market);
  return (
    checkKind(state, command) ??
    checkFlags(state, market, command) ??
    checkSize(state, market, command) ??
    checkPrice(state, market, command) ??
    checkTriggerShape(state, market, command) ??
    checkAttachedShape(state, market, command)
  );
}

function checkKind(state: State, command: PlaceOrder): Reject | null {
  if (command.orderKind === OrderKind.Market) {
    const isSized = command.quantityLots > 0 || command.triggerBy !== TriggerBy.None;
    // A trigger order is sized by its triggerQuantity alone.
    if (command.quoteAtoms > 0 && command.triggerBy !== TriggerBy.None) return reject(state, rejects.marketOrderNeedsOne);
    if (command.quoteAtoms > 0 ? command.quantityLots > 0 : !isSized) return reject(state, rejects.marketOrderNeedsOne);
    if (command.priceTicks !== 0 || command.isPostOnly === 1) return reject(state, rejects.marketOrderFlags);
    return checkSlippage(state, command);
  }
  const isSized = command.quantityLots > 0 || command.triggerBy !== TriggerBy.None;
  if (command.priceTicks === 0 || !isSized || command.quoteAtoms > 0) return reject(state, rejects.limitOrderNeeds);
  if (command.isPostOnly === 1 && command.timeInForce !== TimeInForce.GTC) return reject(state, rejects.postOnlyTimeInForce);
  if (command.slippageKind !== SlippageKind.None) return reject(state, rejects.slippageOnLimit);
  return null;
}

function checkSlippage(state: State, command: PlaceOrder): Reject | null {
  if (command.slippageKind === SlippageKind.None) return null;
  const limit = command.slippageKind === SlippageKind.TickSize ? SLIPPAGE_TICKS_MAX : PPM;
  const isInRange = Number.isInteger(command.slippageTolerance) && command.slippageTolerance >= 0 && command.slippageTolerance <= limit;
  return isInRange ? null : reject(state, rejects.slippageRange, command.slippageTolerance, limit);
}

function checkFlags(state: State, market: Market, command: PlaceOrder): Reject | null {
  if (market.type === MarketType.SPOT) return command.isReduceOnly === 1 ? reject(state, rejects.reduceOnlySpot) : null;
  const hasSpotFlag = command.autoBorrow === Tristate.Yes || command.autoLendRedeem === Tristate.No;
  return hasSpotFlag ? reject(state, rejects.spotMarginFlagsOnPerp) : null;
}

function checkSize(state: State, market: Market, command: PlaceOrder): Reject | null {
  const { minQuantityLots, maxQuantityLots } = market.listing;
  if (command.quoteAtoms > 0) {
    const isInRange = Number.isSafeInteger(command.quoteAtoms) && command.quoteAtoms <= NOTIONAL_ATOMS_MAX;
    return isInRange ? null : reject(state, rejects.notionalTooLarge, command.quoteAtoms, NOTIONAL_ATOMS_MAX);
  }
  if (command.triggerBy !== TriggerBy.None && command.quantityLots === 0) return null;
  const lots = command.quantityLots;
  if (!Number.isSafeInteger(lots) || lots < 1 || lots > maxQuantityLots) return reject(state, rejects.badQuantity, lots, maxQuantityLots);
  if (lots < minQuantityLots && command.isReduceOnly === 0) return reject(state, rejects.belowMinQuantity, lots, minQuantityLots);
  return null;
}

function checkPrice(state: State, market: Market, command: PlaceOrder): Reject | null {
  if (command.orderKind === OrderKind.Market) return null;
  const { maxPriceTicks } = market.listing;
  const ticks = command.priceTicks;
  if (!Number.isSafeInteger(ticks) || ticks < 1 || ticks > maxPriceTicks) return reject(state, rejects.badPrice, ticks, maxPriceTicks);
  const notional = ticks * command.quantityLots * market.k;
  return notional <= NOTIONAL_ATOMS_MAX ? null : reject(state, rejects.notionalTooLarge, notional, NOTIONAL_ATOMS_MAX);
}

function checkTriggerShape(state: State, market: Market, command: PlaceOrder): Reject | null {
  const hasPrice = command.triggerPriceTicks !== 0;
  const hasQuantity = command.triggerQuantity !== 0;
  if (command.triggerBy === TriggerBy.None) return hasPrice || hasQuantity ? reject(state, rejects.triggerPair) : null;
  if (!hasPrice || !hasQuantity) return reject(state, rejects.triggerPair);
  const { maxPriceTicks, maxQuantityLots } = market.listing;
  const ticks = command.triggerPriceTicks;
  if (!Number.isSafeInteger(ticks) || ticks < 1 || ticks > maxPriceTicks) return reject(state, rejects.badPrice, ticks, maxPriceTicks);
  if (command.triggerIsPercent === 1 && market.type === MarketType.SPOT) return reject(state, rejects.triggerOnSpotPercent);
  const limit = command.triggerIsPercent === 1 ? PPM : maxQuantityLots;
  const quantity = command.triggerQuantity;
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > limit) return reject(state, rejects.badQuantity, quantity, limit);
  const { minQuantityLots } = market.listing;
  const isBelow = command.triggerIsPercent === 0 && command.isReduceOnly === 0 && quantity < minQuantityLots;
  if (isBelow) return reject(state, rejects.belowMinQuantity, quantity, minQuantityLots);
  const notional = command.priceTicks * (command.triggerIsPercent === 1 ? 0 : quantity) * market.k;
  return notional <= NOTIONAL_ATOMS_MAX ? null : reject(state, rejects.notionalTooLarge, notional, NOTIONAL_ATOMS_MAX);
}

/** A take-profit lies on the winning side of a limit entry, a stop-loss on the losing one. */
function checkAttachedShape(state: State, market: Market, command: PlaceOrder): Reject | null {
  const { takeProfitTriggerTicks: takeProfit, stopLossTriggerTicks: stopLoss, priceTicks } = command;
  if (takeProfit === 0 && stopLoss === 0) return null;
  if (market.type === MarketType.SPOT) return reject(state, rejects.attachedOnSpot);
  const { maxPriceTicks } = market.listing;
  for (const ticks of [takeProfit, stopLoss, command.takeProfitLimitTicks, command.stopLossLimitTicks]) {
    if (!Number.isSafeInteger(ticks) || ticks < 0 || ticks > maxPriceTicks) return reject(state, rejects.badPrice, ticks, maxPriceTicks);
  }
  // A market order that waits for a trigger enters about there.
  const reference = priceTicks || command.triggerPriceTicks || market.price.markTicks;
  if (reference === 0) return null;
  const sign = command.side === Side.Bid ? 1 : -1;
  if (takeProfit > 0 && (takeProfit - reference) * sign <= 0) return reject(state, rejects.attachedWrongSide, takeProfit, reference);
  if (stopLoss > 0 && (reference - stopLoss) * sign <= 0) return reject(state, rejects.attachedWrongSide, stopLoss, reference);
  return null;
}
