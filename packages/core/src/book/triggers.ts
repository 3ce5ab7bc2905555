/**
 * Triggers: the cold half of orders that wait for a price or carry take-profit and stop-loss (interface.md 6.3).
 * An order points here through `orders.trigger`.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | order | Int32 | OrderSlot that owns the row | |
 * | triggerBy | Uint8 | TriggerBy of the order's own trigger | not a trigger order |
 * | triggerTicks | Int32 | Ticks | |
 * | isAbove | Uint8 | fires at or above the price, else at or below | below |
 * | quantity | Float64 | Lots, or ppm of the position when isPercent | |
 * | isPercent | Uint8 | flag | lots |
 * | triggeredAtMicros | Float64 | UnixMicros it fired | not yet |
 * | takeProfitTicks, stopLossTicks | Int32 | Ticks of attached children | none |
 * | takeProfitBy, stopLossBy | Uint8 | TriggerBy | none |
 * | takeProfitLimit, stopLossLimit | Int32 | Ticks; 0 a market order | market |
 * | relatedOrderId | Float64 | OrderId of the parent that made this order | none |
 * | slippageKind | Uint8 | SlippageKind of a market trigger order | none |
 * | slippage | Float64 | ticks or ppm | |
 * | isDue | Uint8 | its price was met at the last tick | no |
 */
import { createTable, type Table } from '../table.ts';

/** The table of triggers. */
export interface Triggers extends Table {
  readonly order: Int32Array;
  readonly triggerBy: Uint8Array;
  readonly triggerTicks: Int32Array;
  readonly isAbove: Uint8Array;
  readonly quantity: Float64Array;
  readonly isPercent: Uint8Array;
  readonly triggeredAtMicros: Float64Array;
  readonly takeProfitTicks: Int32Array;
  readonly takeProfitBy: Uint8Array;
  readonly takeProfitLimit: Int32Array;
  readonly stopLossTicks: Int32Array;
  readonly stopLossBy: Uint8Array;
  readonly stopLossLimit: Int32Array;
  readonly relatedOrderId: Float64Array;
  readonly slippageKind: Uint8Array;
  readonly slippage: Float64Array;
  readonly isDue: Uint8Array;
}

/** Makes an empty table. @param capacity - rows. */
export function createTriggers(capacity: number): Triggers {
  return {
    ...createTable(capacity),
    order: new Int32Array(capacity),
    triggerBy: new Uint8Array(capacity),
    triggerTicks: new Int32Array(capacity),
    isAbove: new Uint8Array(capacity),
    quantity: new Float64Array(capacity),
    isPercent: new Uint8Array(capacity),
    triggeredAtMicros: new Float64Array(capacity),
    takeProfitTicks: new Int32Array(capacity),
    takeProfitBy: new Uint8Array(capacity),
    takeProfitLimit: new Int32Array(capacity),
    stopLossTicks: new Int32Array(capacity),
    stopLossBy: new Uint8Array(capacity),
    stopLossLimit: new Int32Array(capacity),
    relatedOrderId: new Float64Array(capacity),
    slippageKind: new Uint8Array(capacity),
    slippage: new Float64Array(capacity),
    isDue: new Uint8Array(capacity),
  };
}
