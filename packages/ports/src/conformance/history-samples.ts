/** Rows for the conformance suite of history stores. */
import {
  type CandleRow,
  type FillRow,
  type HistoryRows,
  ORDER_VIEW,
  type OrderRow,
  type PositionRow,
  type RowPlace,
  type TradeRow,
} from '@mochila/protocol';
import type { HistoryStore, HistoryWrite } from '../history-store.ts';

/** Account that most samples are of. */
export const ACCOUNT = 7;

/** No rows but those given. */
export function rowsOf(some: Partial<HistoryRows>): HistoryRows {
  return {
    orders: [],
    orderProgress: [],
    fills: [],
    positions: [],
    fundingPayments: [],
    fundingRates: [],
    interestPayments: [],
    borrowLendMoves: [],
    borrowLendPositions: [],
    settlements: [],
    epochs: [],
    epochMarkets: [],
    deposits: [],
    withdrawals: [],
    dustConversions: [],
    transfers: [],
    accounts: [],
    receipts: [],
    deleveragings: [],
    fundMoves: [],
    trades: [],
    candles: [],
    poolMinutes: [],
    ...some,
  };
}

/** A write of one command. */
export function pieceOf(seq: number, some: Partial<HistoryRows>, fromSeq = seq): HistoryWrite {
  return { fromSeq, toSeq: seq, toMicros: seq * 1_000, rows: rowsOf(some) };
}

/** Writes one command after another, each with its rows. */
export async function writeAll(store: HistoryStore, commands: readonly Partial<HistoryRows>[]): Promise<void> {
  for (const [ix, rows] of commands.entries()) await store.write(pieceOf(ix + 1, rows));
}

export function orderRow(fields: Partial<OrderRow> & RowPlace): OrderRow {
  return {
    ...ORDER_VIEW,
    account: ACCOUNT,
    orderId: fields.seq,
    updatedSeq: fields.seq,
    updatedAtMicros: fields.seq,
    quantityLots: 10,
    ...fields,
  };
}

export function fillRow(fields: Partial<FillRow> & RowPlace): FillRow {
  return {
    account: ACCOUNT,
    market: 1,
    tradeId: fields.seq,
    orderId: 5,
    clientId: -1,
    side: 0,
    priceTicks: 100,
    quantityLots: 2,
    feeAtoms: -3,
    isMaker: 1,
    origin: 0,
    timeMicros: fields.seq * 1_000,
    ...fields,
  };
}

export function positionRow(fields: Partial<PositionRow> & RowPlace): PositionRow {
  return {
    account: ACCOUNT,
    market: 1,
    positionId: fields.seq,
    sizeLots: -4,
    entryCostAtoms: -400,
    entryLots: -4,
    realizedPnlAtoms: 1,
    fundingAtoms: 10,
    feesAtoms: 2,
    closedLots: 0,
    liquidatedLots: 0,
    liquidationFeesAtoms: 0,
    openBidLots: 0,
    openAskLots: 0,
    openedAtMicros: 1,
    closedAtMicros: 0,
    closingTicks: 0,
    updatedSeq: fields.seq,
    ...fields,
  };
}

export function tradeRow(fields: Partial<TradeRow> & RowPlace): TradeRow {
  return {
    market: 1,
    tradeId: fields.seq,
    priceTicks: 100,
    quantityLots: 2,
    quoteAtoms: 200,
    buyerOrderId: 1,
    sellerOrderId: 2,
    isBuyerMaker: 1,
    timeMicros: fields.seq,
    ...fields,
  };
}

export function candleRow(fields: Partial<CandleRow>): CandleRow {
  return {
    market: 1,
    priceType: 0,
    interval: '1m',
    startMicros: 0,
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    volumeLots: 5,
    quoteAtoms: 50,
    trades: 2,
    ...fields,
  };
}
