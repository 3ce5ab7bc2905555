/** `account.orderUpdate` and `account.orderUpdate.<symbol>`: every change of an order of the account. */
import type { OrderUpdate } from '@mochila/projections';
import {
  ExpiryReason,
  nameOf,
  OrderKind,
  OrderOrigin,
  OrderStatus,
  type OrderView,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TriggerBy,
} from '@mochila/protocol';
import type { OrderOriginWord, OrderUpdateEvent } from '../schemas/stream-private.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { triggerByText, triggerQuantityText } from '../venue/order-text.ts';
import { writeAmount, writePrice, writeQuantity } from '../venue/write-decimals.ts';

const ORIGINS: Readonly<Record<keyof typeof OrderOrigin, OrderOriginWord>> = {
  User: 'USER',
  LiquidationAutoclose: 'LIQUIDATION_AUTOCLOSE',
  AdlAutoclose: 'ADL_AUTOCLOSE',
  CollateralConversion: 'COLLATERAL_CONVERSION',
  SettlementAutoclose: 'SETTLEMENT_AUTOCLOSE',
  BackstopLiquidityProvider: 'BACKSTOP_LIQUIDITY_PROVIDER',
};

/** The payload of an update. Fields without a value are left out. */
export function orderUpdatePayload(market: MarketEntry, update: OrderUpdate, { E, seq }: { E: number; seq: number }): OrderUpdateEvent {
  const { order } = update;
  return {
    e: update.name,
    E,
    T: update.timeMicros,
    s: market.symbol,
    i: String(order.orderId),
    ...(order.clientId < 0 ? {} : { c: order.clientId }),
    S: nameOf(Side, order.side),
    ...kindFields(market, order),
    ...triggerFields(market, order),
    ...attachedFields(market, order),
    X: nameOf(OrderStatus, order.status),
    ...reasonFields(update),
    ...fillFields(market, update),
    z: writeQuantity(market, order.executedLots),
    Z: writeAmount(market.quote, order.executedQuoteAtoms),
    V: nameOf(SelfTradePrevention, order.selfTradePrevention),
    r: order.isReduceOnly === 1,
    O: ORIGINS[nameOf(OrderOrigin, order.origin)],
    ...(order.relatedOrderId === 0 ? {} : { I: String(order.relatedOrderId) }),
    seq,
  };
}

function kindFields(market: MarketEntry, order: OrderView): Pick<OrderUpdateEvent, 'o' | 'f' | 'q' | 'Q' | 'p' | 'y'> {
  const isLimit = order.orderKind === OrderKind.Limit;
  return {
    o: isLimit ? 'LIMIT' : 'MARKET',
    f: nameOf(TimeInForce, order.timeInForce),
    ...(order.quantityLots > 0 ? { q: writeQuantity(market, order.quantityLots) } : {}),
    ...(order.quoteAtoms > 0 ? { Q: writeAmount(market.quote, order.quoteAtoms) } : {}),
    ...(isLimit ? { p: writePrice(market, order.priceTicks), y: order.isPostOnly === 1 } : {}),
  };
}

function triggerFields(market: MarketEntry, order: OrderView): Pick<OrderUpdateEvent, 'P' | 'B' | 'Y'> {
  const by = triggerByText(order.triggerBy);
  if (by === null) return {};
  return { P: writePrice(market, order.triggerPriceTicks), B: by, Y: triggerQuantityText(market, order) };
}

function attachedFields(market: MarketEntry, order: OrderView): Pick<OrderUpdateEvent, 'a' | 'b' | 'j' | 'k' | 'd' | 'g'> {
  const price = <Name extends string>(name: Name, ticks: number) => (ticks === 0 ? {} : { [name]: writePrice(market, ticks) });
  const by = <Name extends string>(name: Name, trigger: number) => (trigger === TriggerBy.None ? {} : { [name]: triggerByText(trigger) });
  return {
    ...price('a', order.takeProfitTriggerTicks),
    ...price('b', order.stopLossTriggerTicks),
    ...price('j', order.takeProfitLimitTicks),
    ...price('k', order.stopLossLimitTicks),
    ...by('d', order.takeProfitTriggerBy),
    ...by('g', order.stopLossTriggerBy),
  };
}

function reasonFields({ name, order }: OrderUpdate): Pick<OrderUpdateEvent, 'R'> {
  if (name !== 'orderExpired') return {};
  const reason = nameOf(ExpiryReason, order.expiryReason);
  return { R: reason === 'None' ? 'Unknown' : reason };
}

function fillFields(market: MarketEntry, { fill }: OrderUpdate): Pick<OrderUpdateEvent, 't' | 'l' | 'L' | 'm' | 'n' | 'N'> {
  if (fill === null) return {};
  return {
    t: fill.tradeId,
    l: writeQuantity(market, fill.quantityLots),
    L: writePrice(market, fill.priceTicks),
    m: fill.isMaker,
    n: writeAmount(market.quote, fill.feeAtoms),
    N: market.quote.symbol,
  };
}
