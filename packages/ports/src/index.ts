export type { Clock } from './clock.ts';
export {
  CommitFrameBuilder,
  commitFrameOf,
  FRAME_PAYLOAD_BYTES_MAX,
  measureCommitFrame,
  RECORD_PREFIX_BYTES,
  readCommitFrame,
  roundUpTo8,
} from './commit-frame.ts';
export type { Custodian, DepositAddressAsk, IncomingDeposit } from './custodian.ts';
export { candleSource, deriveCandles, type StoredCandle } from './derive-candles.ts';
export { type EngineLink, LinkFault, type SubmitOptions, type WriterStatus } from './engine-link.ts';
export type { FileSystem } from './file-system.ts';
export { formatHistoryCursor, parseHistoryCursor } from './history-cursor.ts';
export {
  type BorrowLendMoveFilter,
  type BorrowLendPosition,
  type BorrowLendPositionFilter,
  type CandleQuery,
  type DeleveragingFilter,
  type DepositFilter,
  type DustFilter,
  type EpochSummary,
  type FillFilter,
  type FundingPaymentFilter,
  type FundMoveFilter,
  type HistoryCheckpoint,
  HistoryGap,
  type HistoryList,
  HistoryMismatch,
  type HistoryPage,
  type HistoryStore,
  type HistoryTimes,
  HistoryUnavailable,
  type HistoryWrite,
  type InterestFilter,
  type InterestPayment,
  type OrderFilter,
  type PositionFilter,
  type ReceiptFilter,
  type SettlementFilter,
  type SortDirection,
  type WithdrawalFilter,
} from './history-store.ts';
export type {
  CommitFrame,
  Journal,
  JournalOpenReport,
  JournalProgress,
  JournalProgressListener,
  JournalRecord,
  JournalTail,
  JournalVerification,
} from './journal.ts';
export { JournalCorrupt, JournalFull, JournalIoFault, JournalLocked, JournalMismatch, type JournalPosition } from './journal-faults.ts';
export type { PriceSource, Quote, QuoteSink } from './price-source.ts';
export {
  type Snapshot,
  type SnapshotDamage,
  type SnapshotInfo,
  type SnapshotReading,
  type SnapshotRetention,
  type SnapshotStore,
  SnapshotStoreFault,
  seqsKept,
} from './snapshot-store.ts';
