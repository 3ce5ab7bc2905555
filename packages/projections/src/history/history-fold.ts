/**
 * From batches to the rows of history. What a batch adds depends on that batch alone, never on what was before it, so a
 * writer may begin at any sequence and write in pieces of any size: the tables are the same in the end.
 */
import { candleStart, type EventBatch, type EventFields, type HistoryRows, PriceType, STORED_INTERVALS } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { MarketFacts } from '../market-facts.ts';
import { isOffBook } from '../off-book.ts';
import { addMoneyRows } from './money-rows.ts';
import { addFill, addOrder, finishQuoteOrders, isTriggerOver } from './order-rows.ts';
import { PendingRows } from './pending-rows.ts';
import { rowsOfReceipt, SettlementBorrows } from './receipt-rows.ts';

/** Rows of a run of batches without a gap. */
export interface HistoryPiece {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Time of the last batch, in microseconds since 1970. */
  readonly toMicros: number;
  readonly rows: HistoryRows;
}

/** Gathers the rows of batches until they are taken. */
export class HistoryFold {
  readonly #facts: readonly MarketFacts[];
  /** Of the running batch; kept, since most batches need neither. */
  readonly #lastFills = new Map<string, number>();
  readonly #settlements = new SettlementBorrows();
  #rows = new PendingRows();
  #fromSeq = 0;
  #toSeq = 0;
  #toMicros = 0;

  constructor(facts: readonly MarketFacts[]) {
    this.#facts = facts;
  }

  /** Rows gathered. */
  get count(): number {
    return this.#rows.count;
  }

  /** Takes the next batch. */
  add(batch: EventBatch): void {
    assert(this.#fromSeq === 0 || batch.seq === this.#toSeq + 1, 'history is folded without a gap');
    if (this.#fromSeq === 0) this.#fromSeq = batch.seq;
    this.#toSeq = batch.seq;
    this.#toMicros = batch.timeMicros;
    if (batch.events.length > 0) this.#addEvents(batch);
  }

  /** Takes the rows and begins anew; null when there was no batch. */
  take(): HistoryPiece | null {
    if (this.#fromSeq === 0) return null;
    const piece = { fromSeq: this.#fromSeq, toSeq: this.#toSeq, toMicros: this.#toMicros, rows: this.#rows.rows() };
    this.#rows = new PendingRows();
    this.#fromSeq = 0;
    return piece;
  }

  #addEvents(batch: EventBatch): void {
    const lastFills = this.#lastFills;
    const settlements = this.#settlements;
    if (lastFills.size > 0) lastFills.clear();
    settlements.begin();
    let ix = -1;
    for (const event of batch.events) {
      ix += 1;
      switch (event.name) {
        case 'orderAccepted':
        case 'triggerPlaced':
        case 'orderCancelled':
        case 'orderExpired':
        case 'orderModified':
          addOrder(this.#rows, batch, ix, event.fields);
          break;
        case 'triggerFailed': {
          const { rejectCode: _, ...order } = event.fields;
          if (isTriggerOver(order)) addOrder(this.#rows, batch, ix, order);
          break;
        }
        case 'fill':
          this.#addFill(batch, ix, event.fields);
          break;
        case 'markUpdated':
          this.#addMark(batch.timeMicros, event.fields);
          break;
        case 'receiptWritten':
          this.#rows.appendAll('receipts', rowsOfReceipt(batch, ix, event.fields));
          break;
        case 'accountSettled':
          settlements.noteSettled(event.fields);
          addMoneyRows(this.#rows, batch, ix, event, lastFills);
          break;
        case 'borrowLendMoved':
          this.#rows.appendAll('receipts', settlements.rowsOfMove(batch, ix, event.fields));
          addMoneyRows(this.#rows, batch, ix, event, lastFills);
          break;
        default:
          addMoneyRows(this.#rows, batch, ix, event, lastFills);
      }
    }
    finishQuoteOrders(this.#rows, batch);
  }

  #addFill(batch: EventBatch, ix: number, fill: EventFields<'fill'>): void {
    const facts = this.#facts[fill.market];
    assert(facts !== undefined, 'a fill is of a listed market');
    addFill(this.#rows, batch, ix, fill, facts);
    this.#lastFills.set(`${fill.makerAccount}/${fill.market}`, fill.priceTicks);
    this.#lastFills.set(`${fill.takerAccount}/${fill.market}`, fill.priceTicks);
    if (isOffBook(fill)) return;
    const quoteAtoms = fill.priceTicks * fill.quantityLots * facts.k;
    const volume = { volumeLots: fill.quantityLots, quoteAtoms, trades: 1 };
    this.#addPrice(batch.timeMicros, fill.market, PriceType.Last, fill.priceTicks, volume);
  }

  #addMark(timeMicros: number, { market, markTicks, indexPrice }: EventFields<'markUpdated'>): void {
    this.#addPrice(timeMicros, market, PriceType.Mark, markTicks, NO_VOLUME);
    if (indexPrice > 0) this.#addPrice(timeMicros, market, PriceType.Index, indexPrice, NO_VOLUME);
  }

  #addPrice(timeMicros: number, market: number, priceType: number, price: number, volume: typeof NO_VOLUME): void {
    for (const interval of STORED_INTERVALS) {
      const startMicros = candleStart(interval, timeMicros);
      this.#rows.joinCandle({ market, priceType, interval, startMicros, open: price, high: price, low: price, close: price, ...volume });
    }
  }
}

const NO_VOLUME = { volumeLots: 0, quoteAtoms: 0, trades: 0 };
