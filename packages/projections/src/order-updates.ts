/**
 * Open orders by id, and for each event of an order the whole order after it: what account.orderUpdate tells and what the
 * row of history is. Fills name an order only by its id; the rest is remembered from its acceptance.
 */
import { type EngineEvent, type EventBatch, type EventFields, OrderKind, OrderStatus, type OrderView } from '@mochila/protocol';
import { isTriggerOver } from './history/order-rows.ts';

/** What an update is about; a fill tells one for each side. */
export type OrderUpdateName =
  | 'orderAccepted'
  | 'triggerPlaced'
  | 'triggerFailed'
  | 'orderCancelled'
  | 'orderExpired'
  | 'orderModified'
  | 'orderFill';

/** One side of a fill. */
export interface OrderFillPart {
  readonly tradeId: number;
  readonly priceTicks: number;
  readonly quantityLots: number;
  readonly isMaker: boolean;
  /** Quote atoms; negative is a rebate. */
  readonly feeAtoms: number;
  /** OrderOrigin of the taker. */
  readonly origin: number;
}

/** An order after something happened to it. */
export interface OrderUpdate {
  readonly name: OrderUpdateName;
  readonly seq: number;
  readonly timeMicros: number;
  /** The order with its status and executed figures after the event. */
  readonly order: OrderView;
  /** Only of orderFill. */
  readonly fill: OrderFillPart | null;
  /** Only of triggerFailed; 0 otherwise. */
  readonly rejectCode: number;
}

interface Progress {
  readonly executedLots: number;
  readonly executedQuoteAtoms: number;
}

/** Folds batches in the order of the venue. Bounded by the orders that are open. */
export class OrderUpdates {
  readonly #open = new Map<number, OrderView>();
  /** While open orders are still being loaded: what happened to those not seen yet; null is an end. */
  #early: Map<number, Progress | null> | null = new Map();
  #missed = 0;

  /** Open orders known. */
  get size(): number {
    return this.#open.size;
  }

  /** Fills of orders nobody told this fold about; not 0 only when it began in the middle and was not loaded. */
  get missed(): number {
    return this.#missed;
  }

  /** An open order, as it is now. */
  get(orderId: number): OrderView | undefined {
    return this.#open.get(orderId);
  }

  /** Adds orders that were open when the engine was asked; batches may come meanwhile. */
  load(orders: readonly OrderView[]): void {
    for (const order of orders) {
      const early = this.#early?.get(order.orderId);
      if (early === null || this.#open.has(order.orderId)) continue;
      const isAhead = early !== undefined && early.executedLots > order.executedLots;
      this.#open.set(order.orderId, isAhead ? { ...order, ...early, status: OrderStatus.PartiallyFilled } : { ...order });
    }
  }

  /** Ends loading: everything that is open is known. A fold that begins with the first batch ends it at once. */
  finishLoading(): void {
    this.#early = null;
  }

  /** Takes a batch. @returns the updates in its order; of a fill the maker's first, then the taker's */
  apply(batch: EventBatch): OrderUpdate[] {
    const updates: OrderUpdate[] = [];
    let ix = -1;
    for (const event of batch.events) {
      ix += 1;
      if (event.name === 'fill') this.#takeFill(batch, ix, event.fields, updates);
      else {
        const update = updateOf(event, batch);
        if (update === null) continue;
        this.#keep(update.order, update.name);
        updates.push(update);
      }
    }
    return updates;
  }

  #keep(order: OrderView, name: OrderUpdateName): void {
    if (isOpen(order.status) && name !== 'triggerFailed') this.#open.set(order.orderId, order);
    // A parent whose child found no room is told as failed too, and lives on.
    else if (name !== 'triggerFailed' || isTriggerOver(order)) this.#end(order.orderId);
  }

  #end(orderId: number): void {
    this.#open.delete(orderId);
    this.#early?.set(orderId, null);
  }

  #takeFill(batch: EventBatch, ix: number, fill: EventFields<'fill'>, updates: OrderUpdate[]): void {
    const maker = { executedLots: fill.makerExecutedLots, executedQuoteAtoms: fill.makerExecutedQuoteAtoms };
    this.#fillSide(batch, fill, fill.makerOrderId, maker, fill.makerIsFilled === 1, updates);
    const taker = { executedLots: fill.takerExecutedLots, executedQuoteAtoms: fill.takerExecutedQuoteAtoms };
    const isFilled = fill.takerIsFilled === 1 || this.#isLastOfQuoteOrder(batch, ix, fill.takerOrderId);
    this.#fillSide(batch, fill, fill.takerOrderId, taker, isFilled, updates);
  }

  #fillSide(
    batch: EventBatch,
    fill: EventFields<'fill'>,
    orderId: number,
    after: Progress,
    isFilled: boolean,
    updates: OrderUpdate[],
  ): void {
    const known = this.#open.get(orderId);
    if (known === undefined) {
      if (this.#early === null) this.#missed += 1;
      else this.#early.set(orderId, isFilled ? null : after);
      return;
    }
    const order = { ...known, ...after, status: isFilled ? OrderStatus.Filled : OrderStatus.PartiallyFilled };
    if (isFilled) this.#end(orderId);
    else this.#open.set(orderId, order);
    const part = fillPart(fill, orderId === fill.makerOrderId);
    updates.push({ name: 'orderFill', seq: batch.seq, timeMicros: batch.timeMicros, order, fill: part, rejectCode: 0 });
  }

  // A market order by quote amount has no size to be compared with: it is filled unless the engine ends it otherwise.
  #isLastOfQuoteOrder(batch: EventBatch, ix: number, orderId: number): boolean {
    const order = this.#open.get(orderId);
    if (order === undefined || order.orderKind !== OrderKind.Market || order.quoteAtoms === 0) return false;
    return !batch.events.slice(ix + 1).some((event) => isMoreOf(event, orderId));
  }
}

function isMoreOf(event: EngineEvent, orderId: number): boolean {
  if (event.name === 'fill') return event.fields.takerOrderId === orderId;
  return (event.name === 'orderExpired' || event.name === 'orderCancelled') && event.fields.orderId === orderId;
}

function fillPart(fill: EventFields<'fill'>, isMaker: boolean): OrderFillPart {
  const { tradeId, priceTicks, quantityLots, origin } = fill;
  return { tradeId, priceTicks, quantityLots, isMaker, feeAtoms: isMaker ? fill.makerFeeAtoms : fill.takerFeeAtoms, origin };
}

function updateOf(event: EngineEvent, { seq, timeMicros }: EventBatch): OrderUpdate | null {
  switch (event.name) {
    case 'orderAccepted':
    case 'triggerPlaced':
    case 'orderCancelled':
    case 'orderExpired':
    case 'orderModified':
      return { name: event.name, seq, timeMicros, order: event.fields, fill: null, rejectCode: 0 };
    case 'triggerFailed': {
      const { rejectCode, ...order } = event.fields;
      return { name: event.name, seq, timeMicros, order, fill: null, rejectCode };
    }
    default:
      return null;
  }
}

function isOpen(status: number): boolean {
  return status === OrderStatus.New || status === OrderStatus.PartiallyFilled || status === OrderStatus.TriggerPending;
}
