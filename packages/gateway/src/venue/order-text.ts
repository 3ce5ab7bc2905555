/** Orders between the engine's words and the interface's text. */
import {
  nameOf,
  ORDER_VIEW,
  OrderKind,
  OrderStatus,
  type OrderView,
  readOrderView,
  SelfTradePrevention,
  Side,
  SlippageKind,
  TimeInForce,
  TriggerBy,
} from '@mochila/protocol';
import type { OrderType } from '../schemas/order-answers.ts';
import type { MarketEntry, VenueDirectory } from './directory.ts';
import { writeAmount, writeFigure, writeMillis, writePrice, writeQuantity } from './write-decimals.ts';

/** Where an answer is read: one at a time. */
const RESULT_WORDS = new Float64Array(Object.keys(ORDER_VIEW).length);
/** A full position as the trigger quantity of percentages. */
const PPM_PER_PERCENT = 10_000;

/** Reads the numbers of an answer or event back into an order view. @param result - 33 numbers in field order. */
export function orderViewOfResult(result: readonly number[]): OrderView {
  for (let at = 0; at < RESULT_WORDS.length; at += 1) RESULT_WORDS[at] = result[at] ?? 0;
  return readOrderView(RESULT_WORDS, 0);
}

/** An order as order routes answer it. */
export function orderAnswer(directory: VenueDirectory, view: OrderView): OrderType {
  const market = directory.marketAt(view.market);
  if (view.orderKind === OrderKind.Market) {
    return {
      ...commonFields('Market', market, view),
      quantity: view.quantityLots === 0 ? null : writeQuantity(market, view.quantityLots),
      quoteQuantity: view.quoteAtoms === 0 ? null : writeAmount(market.quote, view.quoteAtoms),
      slippageTolerance: view.slippageKind === SlippageKind.None ? null : slippageText(view),
      slippageToleranceType:
        view.slippageKind === SlippageKind.None ? null : view.slippageKind === SlippageKind.TickSize ? 'TickSize' : 'Percent',
    };
  }
  return {
    ...commonFields('Limit', market, view),
    quantity: writeQuantity(market, view.quantityLots),
    postOnly: view.isPostOnly === 1,
    price: writePrice(market, view.priceTicks),
  };
}

function commonFields<Kind extends 'Limit' | 'Market'>(orderType: Kind, market: MarketEntry, view: OrderView) {
  return {
    orderType,
    id: String(view.orderId),
    clientId: view.clientId < 0 ? null : view.clientId,
    createdAt: writeMillis(view.createdAtMicros),
    executedQuantity: writeQuantity(market, view.executedLots),
    executedQuoteQuantity: writeAmount(market.quote, view.executedQuoteAtoms),
    reduceOnly: market.isPerp ? view.isReduceOnly === 1 : null,
    selfTradePrevention: nameOf(SelfTradePrevention, view.selfTradePrevention),
    status: nameOf(OrderStatus, view.status),
    side: nameOf(Side, view.side),
    symbol: market.symbol,
    timeInForce: nameOf(TimeInForce, view.timeInForce),
    stopLossTriggerPrice: priceOrNull(market, view.stopLossTriggerTicks),
    stopLossLimitPrice: priceOrNull(market, view.stopLossLimitTicks),
    stopLossTriggerBy: triggerByText(view.stopLossTriggerBy),
    takeProfitTriggerPrice: priceOrNull(market, view.takeProfitTriggerTicks),
    takeProfitLimitPrice: priceOrNull(market, view.takeProfitLimitTicks),
    takeProfitTriggerBy: triggerByText(view.takeProfitTriggerBy),
    triggerBy: triggerByText(view.triggerBy),
    triggerPrice: priceOrNull(market, view.triggerPriceTicks),
    triggerQuantity: view.triggerBy === TriggerBy.None ? null : triggerQuantityText(market, view),
    triggeredAt: view.triggeredAtMicros === 0 ? null : writeMillis(view.triggeredAtMicros),
    relatedOrderId: view.relatedOrderId === 0 ? null : String(view.relatedOrderId),
    strategyId: null,
  };
}

/** What a trigger watches, as the interface names it; null for nothing. */
export function triggerByText(by: number): 'MarkPrice' | 'LastPrice' | 'IndexPrice' | null {
  if (by === TriggerBy.MarkPrice) return 'MarkPrice';
  if (by === TriggerBy.LastPrice) return 'LastPrice';
  return by === TriggerBy.IndexPrice ? 'IndexPrice' : null;
}

/** The quantity of a trigger: an amount, or a percentage of the position. */
export function triggerQuantityText(market: MarketEntry, view: OrderView): string {
  if (view.triggerIsPercent === 1) return `${writeFigure(view.triggerQuantity / PPM_PER_PERCENT, 4)}%`;
  return writeQuantity(market, view.triggerQuantity);
}

function slippageText(view: OrderView): string {
  return view.slippageKind === SlippageKind.TickSize
    ? String(view.slippageTolerance)
    : writeFigure(view.slippageTolerance / PPM_PER_PERCENT, 4);
}

function priceOrNull(market: MarketEntry, ticks: number): string | null {
  return ticks === 0 ? null : writePrice(market, ticks);
}
