/** Orders and fills of the past, as the interface answers them. */
import { ExpiryReason, type FillRow, nameOf, OrderOrigin, type OrderRow, type OrderView, Side } from '@mochila/protocol';
import type { SystemOrderType } from '../schemas/enums.ts';
import type { Order, OrderFill } from '../schemas/order-answers.ts';
import type { VenueDirectory } from './directory.ts';
import { orderAnswer } from './order-text.ts';
import { writeAmount, writeIso, writePrice, writeQuantity } from './write-decimals.ts';

const SYSTEM_ORDER_TYPES: Readonly<Record<number, SystemOrderType>> = {
  [OrderOrigin.LiquidationAutoclose]: 'LiquidatePositionOnBook',
  [OrderOrigin.AdlAutoclose]: 'LiquidatePositionOnAdl',
  [OrderOrigin.CollateralConversion]: 'CollateralConversion',
  [OrderOrigin.SettlementAutoclose]: 'FutureExpiry',
  [OrderOrigin.BackstopLiquidityProvider]: 'LiquidatePositionOnBackstop',
};

/** An order of the past. */
export function orderHistoryAnswer(directory: VenueDirectory, row: OrderRow): Order {
  const { reduceOnly: _, relatedOrderId: __, triggeredAt: ___, ...order } = orderAnswer(directory, row);
  return {
    postOnly: null,
    price: null,
    quoteQuantity: null,
    slippageTolerance: null,
    slippageToleranceType: null,
    ...order,
    createdAt: writeIso(row.createdAtMicros),
    expiryReason: expiryReasonOf(row),
    systemOrderType: SYSTEM_ORDER_TYPES[row.origin] ?? null,
  };
}

function expiryReasonOf({ expiryReason }: OrderView): Order['expiryReason'] {
  const name = nameOf(ExpiryReason, expiryReason);
  return name === 'None' ? null : name;
}

/** A fill. */
export function fillAnswer(directory: VenueDirectory, row: FillRow): OrderFill {
  const market = directory.marketAt(row.market);
  return {
    clientId: row.clientId < 0 ? null : String(row.clientId),
    fee: writeAmount(market.quote, row.feeAtoms),
    feeSymbol: market.quote.symbol,
    isMaker: row.isMaker === 1,
    orderId: String(row.orderId),
    price: writePrice(market, row.priceTicks),
    quantity: writeQuantity(market, row.quantityLots),
    side: nameOf(Side, row.side),
    symbol: market.symbol,
    systemOrderType: SYSTEM_ORDER_TYPES[row.origin] ?? null,
    timestamp: writeIso(row.timeMicros),
    tradeId: row.tradeId,
  };
}
