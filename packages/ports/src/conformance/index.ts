export { type CustodianHarness, describeCustodian } from './custodian.ts';
export { describeEngineLink, type EngineLinkHarness } from './engine-link.ts';
export { pieceOf, tradeRow } from './history-samples.ts';
export { describeHistoryStore, type HistoryStoreHarness } from './history-store.ts';
export { describeJournal, type JournalHarness } from './journal.ts';
export { describePriceSource, type PriceSourceHarness } from './price-source.ts';
export { describeSnapshotStore, type SnapshotStoreHarness } from './snapshot-store.ts';
