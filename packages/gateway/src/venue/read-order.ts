/** A new order between its JSON and the command: text becomes ticks, lots and atoms here, or is refused. */
import {
  OrderKind,
  type PlaceOrder,
  SelfTradePrevention,
  Side,
  SlippageKind,
  TimeInForce,
  TriggerBy,
  Tristate,
  type UserHeader,
} from '@mochila/protocol';
import { parseDecimal } from '@mochila/units';
import { ApiError } from '../errors/api-error.ts';
import type { OrderExecutePayload } from '../schemas/order-requests.ts';
import type { MarketEntry } from './directory.ts';
import { readAmount, readPrice, readQuantity } from './read-decimals.ts';

const PERCENT_DECIMALS = 4;
const PPM = 1_000_000;

type Trigger = { readonly by: TriggerBy; readonly priceTicks: number; readonly quantity: number; readonly isPercent: number };
type Attached = Pick<
  PlaceOrder,
  | 'takeProfitTriggerTicks'
  | 'takeProfitTriggerBy'
  | 'takeProfitLimitTicks'
  | 'stopLossTriggerTicks'
  | 'stopLossTriggerBy'
  | 'stopLossLimitTicks'
>;

const NO_SLIPPAGE = { kind: SlippageKind.None, tolerance: 0 };
const NO_TRIGGER: Trigger = { by: TriggerBy.None, priceTicks: 0, quantity: 0, isPercent: 0 };
const NONE_ATTACHED: Attached = {
  takeProfitTriggerTicks: 0,
  takeProfitTriggerBy: TriggerBy.None,
  takeProfitLimitTicks: 0,
  stopLossTriggerTicks: 0,
  stopLossTriggerBy: TriggerBy.None,
  stopLossLimitTicks: 0,
};

/**
 * Reads a new order.
 *
 * @returns the fields of the command.
 * @throws ApiError naming the field, its value and the rule.
 */
export function readOrder(market: MarketEntry, order: OrderExecutePayload, header: UserHeader): PlaceOrder {
  // Read in this order: the first fault is the one that is told.
  const priceTicks = order.price === undefined ? 0 : readPrice(market, 'price', order.price);
  const quantityLots = order.quantity === undefined ? 0 : readQuantity(market, 'quantity', order.quantity);
  const quoteAtoms = order.quoteQuantity === undefined ? 0 : readAmount(market.quote, 'quoteQuantity', order.quoteQuantity);
  const slippage = readSlippage(order);
  const trigger = readTrigger(market, order);
  const attached = readAttached(market, order);
  // All fields in the order of the command: an object of one shape is written into the ring several times faster.
  return {
    account: header.account,
    key: header.key,
    keyGeneration: header.keyGeneration,
    signedAtMs: header.signedAtMs,
    windowMs: header.windowMs,
    signHi: header.signHi,
    signLo: header.signLo,
    idempotencyHi: header.idempotencyHi,
    idempotencyLo: header.idempotencyLo,
    bodyHi: header.bodyHi,
    bodyLo: header.bodyLo,
    market: market.ix,
    side: Side[order.side],
    orderKind: OrderKind[order.orderType],
    timeInForce: TimeInForce[order.timeInForce ?? 'GTC'],
    isPostOnly: order.postOnly === true ? 1 : 0,
    isReduceOnly: order.reduceOnly === true ? 1 : 0,
    selfTradePrevention: SelfTradePrevention[order.selfTradePrevention ?? 'RejectTaker'],
    priceTicks,
    quantityLots,
    quoteAtoms,
    clientId: order.clientId ?? -1,
    autoLend: tristate(order.autoLend),
    autoLendRedeem: tristate(order.autoLendRedeem),
    autoBorrow: tristate(order.autoBorrow),
    autoBorrowRepay: tristate(order.autoBorrowRepay),
    slippageKind: slippage.kind,
    slippageTolerance: slippage.tolerance,
    triggerBy: trigger.by,
    triggerPriceTicks: trigger.priceTicks,
    triggerQuantity: trigger.quantity,
    triggerIsPercent: trigger.isPercent,
    takeProfitTriggerTicks: attached.takeProfitTriggerTicks,
    takeProfitTriggerBy: attached.takeProfitTriggerBy,
    takeProfitLimitTicks: attached.takeProfitLimitTicks,
    stopLossTriggerTicks: attached.stopLossTriggerTicks,
    stopLossTriggerBy: attached.stopLossTriggerBy,
    stopLossLimitTicks: attached.stopLossLimitTicks,
    brokerId: order.brokerId ?? 0,
  };
}

function tristate(flag: boolean | undefined): number {
  if (flag === undefined) return Tristate.Absent;
  return flag ? Tristate.Yes : Tristate.No;
}

function readSlippage(order: OrderExecutePayload): { readonly kind: SlippageKind; readonly tolerance: number } {
  if (order.slippageTolerance === undefined) return NO_SLIPPAGE;
  const isTicks = order.slippageToleranceType === 'TickSize';
  const parsed = parseDecimal(order.slippageTolerance, isTicks ? 0 : PERCENT_DECIMALS);
  if (!parsed.ok) {
    const rule = isTicks ? 'a whole number of ticks' : `a percentage with at most ${PERCENT_DECIMALS} decimals`;
    throw new ApiError('INVALID_ORDER', `\`slippageTolerance\` must be ${rule}, got "${order.slippageTolerance}".`);
  }
  return { kind: isTicks ? SlippageKind.TickSize : SlippageKind.Percent, tolerance: parsed.value };
}

function readTrigger(market: MarketEntry, order: OrderExecutePayload): Trigger {
  if ((order.triggerPrice === undefined) !== (order.triggerQuantity === undefined)) {
    throw new ApiError('INVALID_CLIENT_REQUEST', 'Must specify both `triggerPrice` and `triggerQuantity` or neither');
  }
  if (order.triggerPrice === undefined || order.triggerQuantity === undefined) return NO_TRIGGER;
  return {
    by: TriggerBy[order.triggerBy ?? 'LastPrice'],
    priceTicks: readPrice(market, 'triggerPrice', order.triggerPrice),
    ...readTriggerQuantity(market, order.triggerQuantity),
  };
}

function readTriggerQuantity(market: MarketEntry, text: string): Pick<Trigger, 'quantity' | 'isPercent'> {
  if (!text.endsWith('%')) return { quantity: readQuantity(market, 'triggerQuantity', text), isPercent: 0 };
  const parsed = parseDecimal(text.slice(0, -1), PERCENT_DECIMALS);
  if (!parsed.ok || parsed.value > PPM)
    throw new ApiError('INVALID_QUANTITY', `\`triggerQuantity\` must be at most "100%" with up to 4 decimals, got "${text}".`);
  return { quantity: parsed.value, isPercent: 1 };
}

function readAttached(market: MarketEntry, order: OrderExecutePayload): Attached {
  const price = (field: 'takeProfitTriggerPrice' | 'takeProfitLimitPrice' | 'stopLossTriggerPrice' | 'stopLossLimitPrice'): number => {
    const text = order[field];
    return text === undefined ? 0 : readPrice(market, field, text);
  };
  const hasTakeProfit = order.takeProfitTriggerPrice !== undefined;
  const hasStopLoss = order.stopLossTriggerPrice !== undefined;
  if (!hasTakeProfit && order.takeProfitLimitPrice !== undefined) throw needsTrigger('takeProfit');
  if (!hasStopLoss && order.stopLossLimitPrice !== undefined) throw needsTrigger('stopLoss');
  if (!hasTakeProfit && !hasStopLoss) return NONE_ATTACHED;
  return {
    takeProfitTriggerTicks: price('takeProfitTriggerPrice'),
    takeProfitLimitTicks: price('takeProfitLimitPrice'),
    takeProfitTriggerBy: hasTakeProfit ? TriggerBy[order.takeProfitTriggerBy ?? 'LastPrice'] : TriggerBy.None,
    stopLossTriggerTicks: price('stopLossTriggerPrice'),
    stopLossLimitTicks: price('stopLossLimitPrice'),
    stopLossTriggerBy: hasStopLoss ? TriggerBy[order.stopLossTriggerBy ?? 'LastPrice'] : TriggerBy.None,
  };
}

function needsTrigger(name: string): ApiError {
  return new ApiError('INVALID_CLIENT_REQUEST', `\`${name}LimitPrice\` needs \`${name}TriggerPrice\`.`);
}
