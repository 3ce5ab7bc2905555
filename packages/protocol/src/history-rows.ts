/**
 * Rows of history: what a history store keeps, folded from events. All fields are numbers in engine units (ticks, lots,
 * atoms, microseconds since 1970) or text; flags are 0 or 1.
 *
 * Every row has the sequence of the command it began with and its place among the rows of that command: together they
 * are unique within a table, order it by time, and make a cursor.
 */
import type { OrderView } from './order-view.ts';

/** Where a row began. */
export interface RowPlace {
  /** Sequence of the command. */
  seq: number;
  /** Place within the command. */
  ix: number;
}

/** The last known state of an order. */
export interface OrderRow extends OrderView, RowPlace {
  /** Sequence and time of its last change. */
  updatedSeq: number;
  updatedAtMicros: number;
}

/** Executed figures of an order after a fill; its other fields stay. */
export interface OrderProgressRow {
  orderId: number;
  executedLots: number;
  executedQuoteAtoms: number;
  /** OrderStatus. */
  status: number;
  updatedSeq: number;
  updatedAtMicros: number;
}

/** One side of a fill. */
export interface FillRow extends RowPlace {
  account: number;
  market: number;
  tradeId: number;
  orderId: number;
  /** -1 without one. */
  clientId: number;
  /** Side of this order. */
  side: number;
  priceTicks: number;
  quantityLots: number;
  /** Quote atoms; negative is a rebate. */
  feeAtoms: number;
  isMaker: number;
  /** OrderOrigin of this order. */
  origin: number;
  timeMicros: number;
}

/** A perpetual position, open or closed. */
export interface PositionRow extends RowPlace {
  account: number;
  market: number;
  /** Sequence of the command that opened it. */
  positionId: number;
  sizeLots: number;
  /** Cost and size when it was last open: the entry price outlives the position. */
  entryCostAtoms: number;
  entryLots: number;
  realizedPnlAtoms: number;
  /** Funding up to `updatedSeq`; a store adds what was paid since. Positive was received. */
  fundingAtoms: number;
  feesAtoms: number;
  closedLots: number;
  /** Of these, closed by liquidation; its fees and charges, quote atoms. */
  liquidatedLots: number;
  liquidationFeesAtoms: number;
  openBidLots: number;
  openAskLots: number;
  openedAtMicros: number;
  /** 0 while open. */
  closedAtMicros: number;
  /** Price of the last fill before it closed; 0 while open. */
  closingTicks: number;
  updatedSeq: number;
}

/** Funding paid (negative) or received by one position at an hour's end. */
export interface FundingPaymentRow extends RowPlace {
  account: number;
  market: number;
  amountAtoms: number;
  ratePpb: number;
  sizeLots: number;
  hourEndMicros: number;
}

/** An hour's funding rate of a market. */
export interface FundingRateRow extends RowPlace {
  market: number;
  ratePpb: number;
  isPaid: number;
  hourEndMicros: number;
}

/** Interest of an hour of one account, asset and side; positive. */
export interface InterestPaymentRow extends RowPlace {
  account: number;
  asset: number;
  /** BorrowLendSide. */
  side: number;
  amountAtoms: number;
  /** A year's fraction. */
  rate: number;
  hourEndMicros: number;
}

/** A lend or debt grew or shrank. */
export interface BorrowLendMoveRow extends RowPlace {
  account: number;
  asset: number;
  /** BorrowLendEventType. */
  eventType: number;
  quantityAtoms: number;
  /** BorrowLendSource. */
  source: number;
  positionAtoms: number;
  positionId: number;
  /** Order it was for; 0 none. */
  orderId: number;
  timeMicros: number;
}

/** A lend or debt from its beginning to its end. */
export interface BorrowLendPositionRow extends RowPlace {
  account: number;
  asset: number;
  positionId: number;
  /** BorrowLendSide. */
  side: number;
  quantityAtoms: number;
  /** BorrowLendSource of its first move. */
  source: number;
  openedAtMicros: number;
  /** 0 while open. */
  closedAtMicros: number;
  updatedSeq: number;
}

/** Cash moved into or out of USDC. */
export interface SettlementRow extends RowPlace {
  account: number;
  /** SettlementSource. */
  source: number;
  amountAtoms: number;
  timeMicros: number;
}

/** The summary of a settlement epoch. */
export interface EpochRow extends RowPlace {
  epoch: number;
  accounts: number;
  borrowsAtoms: number;
  feesAtoms: number;
  fundAtoms: number;
  closedAtMicros: number;
}

/** One market's part of an epoch. */
export interface EpochMarketRow extends RowPlace {
  epoch: number;
  market: number;
  markTicks: number;
  gainsAtoms: number;
  lossesAtoms: number;
}

/** A deposit. */
export interface DepositRow extends RowPlace {
  deposit: number;
  account: number;
  asset: number;
  amountAtoms: number;
  isFaucet: number;
  reference: string;
  fromAddress: string;
  timeMicros: number;
}

/** The last known state of a withdrawal. */
export interface WithdrawalRow extends RowPlace {
  withdrawal: number;
  account: number;
  asset: number;
  quantityAtoms: number;
  feeAtoms: number;
  /** WithdrawalStatus. */
  status: number;
  releaseAtMicros: number;
  requestedAtMicros: number;
  address: string;
  blockchain: string;
  clientReference: string;
  transactionHash: string;
  updatedSeq: number;
}

/** A small balance that became USDC. */
export interface DustConversionRow extends RowPlace {
  conversion: number;
  account: number;
  asset: number;
  quantityAtoms: number;
  usdcAtoms: number;
  timeMicros: number;
}

/** An asset moved between two accounts of a user. */
export interface TransferRow extends RowPlace {
  fromAccount: number;
  toAccount: number;
  asset: number;
  quantityAtoms: number;
  timeMicros: number;
}

/** An account. */
export interface AccountRow extends RowPlace {
  account: number;
  user: number;
  subIndex: number;
  isSandbox: number;
  createdAtMicros: number;
}

/** A receipt, or what of one concerns somebody whose position was closed to carry it out. */
export interface ReceiptHistoryRow extends RowPlace {
  account: number;
  /** Number in the venue; 0 for one made of a settlement. */
  receipt: number;
  /** ReceiptRole. */
  role: number;
  /** ReceiptKind. */
  kind: number;
  /** -1 none. */
  market: number;
  asset: number;
  stage: number;
  ruleVersion: number;
  actsOmitted: number;
  /** The lines as words, in base64. */
  lines: string;
  timeMicros: number;
}

/** A position was closed against winners, as the public sees it: nobody is named. */
export interface DeleveragingRow extends RowPlace {
  market: number;
  neededLots: number;
  takenLots: number;
  /** Taken beyond what was needed. */
  overshootLots: number;
  markTicks: number;
  priceTicks: number;
  /** The part of a deficit the close bore, quote atoms; of it in cash beside the price, and what the premium bound left. */
  deficitAtoms: number;
  cashAtoms: number;
  leftAtoms: number;
  /** How many positions it was closed against. */
  winners: number;
  timeMicros: number;
}

/** The fund received or paid (negative), as the public sees it. */
export interface FundMoveRow extends RowPlace {
  /** FundMove. */
  move: number;
  asset: number;
  amountAtoms: number;
  timeMicros: number;
}

/** A trade as the public sees it. */
export interface TradeRow extends RowPlace {
  market: number;
  tradeId: number;
  priceTicks: number;
  quantityLots: number;
  quoteAtoms: number;
  buyerOrderId: number;
  sellerOrderId: number;
  isBuyerMaker: number;
  timeMicros: number;
}

/** Intervals whose candles are stored; the others are made of them. */
export const STORED_INTERVALS = ['1m', '1h', '1d'] as const;
/** An interval whose candles are stored. */
export type StoredInterval = (typeof STORED_INTERVALS)[number];

/** A part of a candle; parts of one candle are joined in the order of their sequence. */
export interface CandleRow {
  market: number;
  /** PriceType. */
  priceType: number;
  interval: StoredInterval;
  startMicros: number;
  /** Ticks for Last and Mark, USD as a double for Index. */
  open: number;
  high: number;
  low: number;
  close: number;
  volumeLots: number;
  quoteAtoms: number;
  trades: number;
}

/** A lending pool as it was last told within a minute. */
export interface PoolMinuteRow {
  asset: number;
  minuteMicros: number;
  poolState: number;
  lentAtoms: number;
  borrowedAtoms: number;
  lendRate: number;
  borrowRate: number;
  utilization: number;
}

/** The tables of history by name, each with its row. */
export interface HistoryTables {
  orders: OrderRow;
  fills: FillRow;
  positions: PositionRow;
  fundingPayments: FundingPaymentRow;
  fundingRates: FundingRateRow;
  interestPayments: InterestPaymentRow;
  borrowLendMoves: BorrowLendMoveRow;
  borrowLendPositions: BorrowLendPositionRow;
  settlements: SettlementRow;
  epochs: EpochRow;
  epochMarkets: EpochMarketRow;
  deposits: DepositRow;
  withdrawals: WithdrawalRow;
  dustConversions: DustConversionRow;
  transfers: TransferRow;
  accounts: AccountRow;
  receipts: ReceiptHistoryRow;
  deleveragings: DeleveragingRow;
  fundMoves: FundMoveRow;
  trades: TradeRow;
  candles: CandleRow;
  poolMinutes: PoolMinuteRow;
}

/** Rows of all tables, and the progress of orders whose row was written before. */
export type HistoryRows = { [Name in keyof HistoryTables]: HistoryTables[Name][] } & { orderProgress: OrderProgressRow[] };
