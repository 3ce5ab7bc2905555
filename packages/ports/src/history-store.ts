/**
 * Port: the past, as rows folded from events. It is a projection of the journal: never read to decide about money, written
 * behind, and rebuilt at will.
 */
import type {
  AccountRow,
  BorrowLendMoveRow,
  BorrowLendPositionRow,
  Candle,
  CandleInterval,
  DeleveragingRow,
  DepositRow,
  DustConversionRow,
  EpochMarketRow,
  EpochRow,
  FillRow,
  FundingPaymentRow,
  FundingRateRow,
  FundMoveRow,
  HistoryRows,
  InterestPaymentRow,
  OrderRow,
  PoolMinuteRow,
  PositionRow,
  ReceiptHistoryRow,
  RowPlace,
  SettlementRow,
  TradeRow,
  TransferRow,
  WithdrawalRow,
} from '@mochila/protocol';

/** Rows of a run of commands without a gap, to be written together. */
export interface HistoryWrite {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Time of the last command, in microseconds since 1970. */
  readonly toMicros: number;
  readonly rows: HistoryRows;
}

/** How far the store is: everything up to `seq` is in it, nothing after. */
export interface HistoryCheckpoint {
  /** 0 when the store is empty. */
  readonly seq: number;
  readonly timeMicros: number;
}

/** Order of rows, by the command they began with. */
export type SortDirection = 'asc' | 'desc';

/** Which part of a list. */
export interface HistoryPage {
  /** Most rows, at least 1. */
  readonly limit: number;
  /** Rows to pass over; counted from the cursor when there is one. */
  readonly offset: number;
  readonly direction: SortDirection;
  /** Goes on after the last row of a page; the text that page gave. */
  readonly cursor?: string | undefined;
}

/** A part of a list. */
export interface HistoryList<Row> {
  readonly rows: readonly Row[];
  /** Rows of the whole list, whatever the page. */
  readonly total: number;
  /** Where the next page goes on; null on the last. */
  readonly nextCursor: string | null;
}

/** A moment not before `fromMicros` and before `toMicros`, in microseconds since 1970. */
export interface HistoryTimes {
  readonly fromMicros?: number | undefined;
  readonly toMicros?: number | undefined;
}

/** Which orders. Lists of indexes mean any of them; absent means all. */
export interface OrderFilter {
  readonly account: number;
  readonly markets?: readonly number[] | undefined;
  readonly orderId?: number | undefined;
}

/** Which fills. */
export interface FillFilter extends OrderFilter, HistoryTimes {
  /** OrderOrigins of the order. */
  readonly origins?: readonly number[] | undefined;
}

/** Which positions. */
export interface PositionFilter {
  readonly account: number;
  readonly markets?: readonly number[] | undefined;
  readonly isOpen?: boolean | undefined;
}

/** Which funding payments. */
export interface FundingPaymentFilter {
  readonly account: number;
  readonly markets?: readonly number[] | undefined;
}

/** Which interest payments. */
export interface InterestFilter {
  readonly account: number;
  readonly assets?: readonly number[] | undefined;
  readonly positionId?: number | undefined;
}

/** Which lending acts. */
export interface BorrowLendMoveFilter extends InterestFilter {
  readonly eventType?: number | undefined;
  readonly sources?: readonly number[] | undefined;
}

/** Which lends and debts. */
export interface BorrowLendPositionFilter {
  readonly account: number;
  readonly assets?: readonly number[] | undefined;
  readonly side?: number | undefined;
  readonly isOpen?: boolean | undefined;
}

/** Which settlements. */
export interface SettlementFilter {
  readonly account: number;
  readonly sources?: readonly number[] | undefined;
}

/** Which deposits. */
export interface DepositFilter extends HistoryTimes {
  readonly account: number;
}

/** Which withdrawals. */
export interface WithdrawalFilter extends HistoryTimes {
  readonly account: number;
  readonly withdrawal?: number | undefined;
  readonly clientReference?: string | undefined;
}

/** Which conversions of small balances. */
export interface DustFilter {
  readonly account: number;
  readonly assets?: readonly number[] | undefined;
  readonly conversion?: number | undefined;
}

/** Which receipts. */
export interface ReceiptFilter extends HistoryTimes {
  readonly account: number;
  /** ReceiptKinds. */
  readonly kinds?: readonly number[] | undefined;
  readonly markets?: readonly number[] | undefined;
  /** The one that began at this place. */
  readonly place?: RowPlace | undefined;
}

/** Which deleveragings. */
export interface DeleveragingFilter extends HistoryTimes {
  readonly markets?: readonly number[] | undefined;
}

/** Which moves of the fund. */
export interface FundMoveFilter extends HistoryTimes {
  readonly assets?: readonly number[] | undefined;
  /** FundMoves. */
  readonly moves?: readonly number[] | undefined;
}

/** An interest payment with the lend or debt it is of. */
export interface InterestPayment extends InterestPaymentRow {
  /** 0 when it is not known. */
  readonly positionId: number;
}

/** A lend or debt with its interest so far. */
export interface BorrowLendPosition extends BorrowLendPositionRow {
  /** Interest paid or earned in whole hours, as text: it may pass 2^53. */
  readonly interestAtoms: string;
  /** Mean of the hours' rates, a year's fraction; 0 before the first hour. */
  readonly averageRate: number;
}

/** An epoch with its markets. */
export interface EpochSummary extends EpochRow {
  readonly markets: readonly EpochMarketRow[];
}

/** Which candles: those that begin from `fromMicros` and before `toMicros`, in microseconds since 1970. */
export interface CandleQuery {
  readonly market: number;
  /** PriceType. */
  readonly priceType: number;
  /** A minute or longer: seconds are not kept. */
  readonly interval: Exclude<CandleInterval, '1s'>;
  readonly fromMicros: number;
  readonly toMicros: number;
  /** Most candles, the oldest first. */
  readonly limit: number;
}

/** The rows of one venue. Every method but `open` and `close` may throw HistoryUnavailable. */
export interface HistoryStore {
  /**
   * Makes or updates the tables.
   * @param venueId the venue whose history it is
   * @throws HistoryMismatch when it holds the history of another venue, HistoryUnavailable when it cannot be reached
   */
  open(venueId: string): Promise<void>;
  close(): Promise<void>;

  checkpoint(): Promise<HistoryCheckpoint>;
  /**
   * Writes rows together with the checkpoint: all or nothing. What is in the store already is not written again.
   * @throws HistoryGap when the commands before `fromSeq` are not in the store
   */
  write(piece: HistoryWrite): Promise<void>;
  /** Removes all rows: the checkpoint is 0 again. */
  clear(): Promise<void>;

  orders(filter: OrderFilter, page: HistoryPage): Promise<HistoryList<OrderRow>>;
  fills(filter: FillFilter, page: HistoryPage): Promise<HistoryList<FillRow>>;
  positions(filter: PositionFilter, page: HistoryPage): Promise<HistoryList<PositionRow>>;
  fundingPayments(filter: FundingPaymentFilter, page: HistoryPage): Promise<HistoryList<FundingPaymentRow>>;
  fundingRates(market: number, page: HistoryPage): Promise<HistoryList<FundingRateRow>>;
  interestPayments(filter: InterestFilter, page: HistoryPage): Promise<HistoryList<InterestPayment>>;
  borrowLendMoves(filter: BorrowLendMoveFilter, page: HistoryPage): Promise<HistoryList<BorrowLendMoveRow>>;
  borrowLendPositions(filter: BorrowLendPositionFilter, page: HistoryPage): Promise<HistoryList<BorrowLendPosition>>;
  settlements(filter: SettlementFilter, page: HistoryPage): Promise<HistoryList<SettlementRow>>;
  epochs(page: HistoryPage): Promise<HistoryList<EpochSummary>>;
  deposits(filter: DepositFilter, page: HistoryPage): Promise<HistoryList<DepositRow>>;
  withdrawals(filter: WithdrawalFilter, page: HistoryPage): Promise<HistoryList<WithdrawalRow>>;
  dustConversions(filter: DustFilter, page: HistoryPage): Promise<HistoryList<DustConversionRow>>;
  /** Transfers into or out of an account. */
  transfers(account: number, page: HistoryPage): Promise<HistoryList<TransferRow>>;
  receipts(filter: ReceiptFilter, page: HistoryPage): Promise<HistoryList<ReceiptHistoryRow>>;
  deleveragings(filter: DeleveragingFilter, page: HistoryPage): Promise<HistoryList<DeleveragingRow>>;
  fundMoves(filter: FundMoveFilter, page: HistoryPage): Promise<HistoryList<FundMoveRow>>;
  accounts(user: number, page: HistoryPage): Promise<HistoryList<AccountRow>>;
  trades(market: number, page: HistoryPage): Promise<HistoryList<TradeRow>>;
  /** Candles that have a price, oldest first. */
  candles(query: CandleQuery): Promise<Candle[]>;
  /**
   * The figures of lending pools over time, oldest first: the last of each period.
   * @param periodMicros length of a period, at least a minute
   */
  poolHistory(asset: number, times: { fromMicros: number; toMicros: number; periodMicros: number }): Promise<PoolMinuteRow[]>;
}

/** The store cannot be reached or refuses to work now; what was asked may be asked again later. */
export class HistoryUnavailable extends Error {
  override readonly name = 'HistoryUnavailable';

  constructor(operation: string, cause: unknown) {
    super(`history is not available: ${operation} failed (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  }
}

/** The rows before these are missing: the writer must begin at the checkpoint. */
export class HistoryGap extends Error {
  override readonly name = 'HistoryGap';

  constructor(checkpointSeq: number, fromSeq: number) {
    super(`history holds sequences up to ${checkpointSeq}; rows from ${fromSeq} on cannot be added before those between`);
  }
}

/** The store belongs to another venue. */
export class HistoryMismatch extends Error {
  override readonly name = 'HistoryMismatch';

  constructor(foundVenueId: string, venueId: string) {
    super(`the history store holds venue "${foundVenueId}", not "${venueId}": point the venue to another store, or clear this one`);
  }
}
