/** A new order between its JSON and the command: text becomes ticks, lots and atoms here, or is refused. */
import {
  commands,
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

/**
 * Reads a new order.
 *
 * @returns the fields of the command.
 * @throws ApiError naming the field, its value and the rule.
 */
export function readOrder(market: MarketEntry, order: OrderExecutePayload, header: UserHeader): PlaceOrder {
  return {
    ...commands.placeOrder.defaults,
    ...header,
    market: market.ix,
    side: Side[order.side],
    orderKind: OrderKind[order.orderType],
    timeInForce: TimeInForce[order.timeInForce ?? 'GTC'],
    isPostOnly: order.postOnly === true ? 1 : 0,
    isReduceOnly: order.reduceOnly === true ? 1 : 0,
    selfTradePrevention: SelfTradePrevention[order.selfTradePrevention ?? 'RejectTaker'],
    priceTicks: order.price === undefined ? 0 : readPrice(market, 'price', order.price),
    quantityLots: order.quantity === undefined ? 0 : readQuantity(market, 'quantity', order.quantity),
    quoteAtoms: order.quoteQuantity === undefined ? 0 : readAmount(market.quote, 'quoteQuantity', order.quoteQuantity),
    clientId: order.clientId ?? -1,
    autoLend: tristate(order.autoLend),
    autoLendRedeem: tristate(order.autoLendRedeem),
    autoBorrow: tristate(order.autoBorrow),
    autoBorrowRepay: tristate(order.autoBorrowRepay),
    ...readSlippage(order),
    ...readTrigger(market, order),
    ...readAttached(market, order),
    brokerId: order.brokerId ?? 0,
  };
}

function tristate(flag: boolean | undefined): number {
  if (flag === undefined) return Tristate.Absent;
  return flag ? Tristate.Yes : Tristate.No;
}

function readSlippage(order: OrderExecutePayload): Pick<PlaceOrder, 'slippageKind' | 'slippageTolerance'> {
  if (order.slippageTolerance === undefined) return { slippageKind: SlippageKind.None, slippageTolerance: 0 };
  const isTicks = order.slippageToleranceType === 'TickSize';
  const parsed = parseDecimal(order.slippageTolerance, isTicks ? 0 : PERCENT_DECIMALS);
  if (!parsed.ok) {
    const rule = isTicks ? 'a whole number of ticks' : `a percentage with at most ${PERCENT_DECIMALS} decimals`;
    throw new ApiError('INVALID_ORDER', `\`slippageTolerance\` must be ${rule}, got "${order.slippageTolerance}".`);
  }
  return { slippageKind: isTicks ? SlippageKind.TickSize : SlippageKind.Percent, slippageTolerance: parsed.value };
}

function readTrigger(market: MarketEntry, order: OrderExecutePayload): Partial<PlaceOrder> {
  if ((order.triggerPrice === undefined) !== (order.triggerQuantity === undefined)) {
    throw new ApiError('INVALID_CLIENT_REQUEST', 'Must specify both `triggerPrice` and `triggerQuantity` or neither');
  }
  if (order.triggerPrice === undefined || order.triggerQuantity === undefined) return {};
  return {
    triggerBy: TriggerBy[order.triggerBy ?? 'LastPrice'],
    triggerPriceTicks: readPrice(market, 'triggerPrice', order.triggerPrice),
    ...readTriggerQuantity(market, order.triggerQuantity),
  };
}

function readTriggerQuantity(market: MarketEntry, text: string): Pick<PlaceOrder, 'triggerQuantity' | 'triggerIsPercent'> {
  if (!text.endsWith('%')) return { triggerQuantity: readQuantity(market, 'triggerQuantity', text), triggerIsPercent: 0 };
  const parsed = parseDecimal(text.slice(0, -1), PERCENT_DECIMALS);
  if (!parsed.ok || parsed.value > PPM)
    throw new ApiError('INVALID_QUANTITY', `\`triggerQuantity\` must be at most "100%" with up to 4 decimals, got "${text}".`);
  return { triggerQuantity: parsed.value, triggerIsPercent: 1 };
}

function readAttached(market: MarketEntry, order: OrderExecutePayload): Partial<PlaceOrder> {
  const price = (field: 'takeProfitTriggerPrice' | 'takeProfitLimitPrice' | 'stopLossTriggerPrice' | 'stopLossLimitPrice'): number => {
    const text = order[field];
    return text === undefined ? 0 : readPrice(market, field, text);
  };
  const hasTakeProfit = order.takeProfitTriggerPrice !== undefined;
  const hasStopLoss = order.stopLossTriggerPrice !== undefined;
  if (!hasTakeProfit && order.takeProfitLimitPrice !== undefined) throw needsTrigger('takeProfit');
  if (!hasStopLoss && order.stopLossLimitPrice !== undefined) throw needsTrigger('stopLoss');
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
