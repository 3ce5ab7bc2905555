export { describeEngineLink, type EngineLinkHarness } from './engine-link.ts';
export { describeJournal, type JournalHarness } from './journal.ts';
export { describeSnapshotStore, type SnapshotStoreHarness } from './snapshot-store.ts';
