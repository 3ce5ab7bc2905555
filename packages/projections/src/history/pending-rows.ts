/** Rows that wait to be written: of a row that changes, only its last state. */
import type { CandleRow, HistoryRows, HistoryTables, OrderProgressRow, OrderRow, PositionRow } from '@mochila/protocol';

/** Tables whose rows never change. */
export type AppendedTable =
  | 'fills'
  | 'fundingPayments'
  | 'fundingRates'
  | 'interestPayments'
  | 'borrowLendMoves'
  | 'settlements'
  | 'epochs'
  | 'epochMarkets'
  | 'deposits'
  | 'dustConversions'
  | 'transfers'
  | 'accounts'
  | 'receipts'
  | 'deleveragings'
  | 'fundMoves'
  | 'trades';

/** Gathers rows of one write. */
export class PendingRows {
  readonly #appended = emptyAppended();
  readonly #orders = new Map<number, OrderRow>();
  readonly #progress = new Map<number, OrderProgressRow>();
  readonly #positions = new Map<string, PositionRow>();
  readonly #borrowLend = new Map<string, HistoryTables['borrowLendPositions']>();
  readonly #withdrawals = new Map<number, HistoryTables['withdrawals']>();
  readonly #candles = new Map<string, CandleRow>();
  readonly #pools = new Map<string, HistoryTables['poolMinutes']>();
  #appendedCount = 0;

  /** Rows that would be written now. */
  get count(): number {
    const ofOrders = this.#orders.size + this.#progress.size + this.#appendedCount;
    const ofMoney = this.#positions.size + this.#borrowLend.size + this.#withdrawals.size;
    return ofOrders + ofMoney + this.#candles.size + this.#pools.size;
  }

  append<T extends AppendedTable>(table: T, row: HistoryTables[T]): void {
    const rows: HistoryTables[T][] = this.#appended[table];
    rows.push(row);
    this.#appendedCount += 1;
  }

  appendAll<T extends AppendedTable>(table: T, rows: readonly HistoryTables[T][]): void {
    for (const row of rows) this.append(table, row);
  }

  /** Sets the whole state of an order; the place where it began stays. */
  setOrder(row: OrderRow): void {
    const before = this.#orders.get(row.orderId);
    if (before !== undefined) {
      row.seq = before.seq;
      row.ix = before.ix;
    }
    this.#orders.set(row.orderId, row);
    this.#progress.delete(row.orderId);
  }

  /** Sets what of an order is executed. */
  setProgress(progress: OrderProgressRow): void {
    const order = this.#orders.get(progress.orderId);
    if (order === undefined) this.#progress.set(progress.orderId, progress);
    else Object.assign(order, progress);
  }

  /** An order whose whole state is not written yet. */
  order(orderId: number): OrderRow | undefined {
    return this.#orders.get(orderId);
  }

  /** Sets a position; where it began stays, and of a closed one the last cost and size it had while open. */
  setPosition(row: PositionRow): void {
    const key = `${row.account}/${row.market}/${row.positionId}`;
    const before = this.#positions.get(key);
    if (before !== undefined) {
      row.seq = before.seq;
      row.ix = before.ix;
      if (row.entryLots === 0) Object.assign(row, { entryLots: before.entryLots, entryCostAtoms: before.entryCostAtoms });
    }
    this.#positions.set(key, row);
  }

  /** Sets a lend or debt; how it began stays. */
  setBorrowLend(row: HistoryTables['borrowLendPositions']): void {
    const key = `${row.account}/${row.asset}/${row.positionId}`;
    const before = this.#borrowLend.get(key);
    if (before === undefined) this.#borrowLend.set(key, row);
    else Object.assign(before, { quantityAtoms: row.quantityAtoms, closedAtMicros: row.closedAtMicros, updatedSeq: row.updatedSeq });
  }

  setWithdrawal(row: HistoryTables['withdrawals']): void {
    const before = this.#withdrawals.get(row.withdrawal);
    this.#withdrawals.set(row.withdrawal, before === undefined ? row : { ...row, seq: before.seq, ix: before.ix });
  }

  /** Joins a later part to a candle. */
  joinCandle(part: CandleRow): void {
    const key = `${part.market}/${part.priceType}/${part.interval}/${part.startMicros}`;
    const candle = this.#candles.get(key);
    if (candle === undefined) {
      this.#candles.set(key, part);
      return;
    }
    candle.high = Math.max(candle.high, part.high);
    candle.low = Math.min(candle.low, part.low);
    candle.close = part.close;
    candle.volumeLots += part.volumeLots;
    candle.quoteAtoms += part.quoteAtoms;
    candle.trades += part.trades;
  }

  setPool(row: HistoryTables['poolMinutes']): void {
    this.#pools.set(`${row.asset}/${row.minuteMicros}`, row);
  }

  /** The rows of the write. */
  rows(): HistoryRows {
    return {
      ...this.#appended,
      orders: [...this.#orders.values()],
      orderProgress: [...this.#progress.values()],
      positions: [...this.#positions.values()],
      borrowLendPositions: [...this.#borrowLend.values()],
      withdrawals: [...this.#withdrawals.values()],
      candles: [...this.#candles.values()],
      poolMinutes: [...this.#pools.values()],
    };
  }
}

function emptyAppended(): { [T in AppendedTable]: HistoryTables[T][] } {
  return {
    fills: [],
    fundingPayments: [],
    fundingRates: [],
    interestPayments: [],
    borrowLendMoves: [],
    settlements: [],
    epochs: [],
    epochMarkets: [],
    deposits: [],
    dustConversions: [],
    transfers: [],
    accounts: [],
    receipts: [],
    deleveragings: [],
    fundMoves: [],
    trades: [],
  };
}
