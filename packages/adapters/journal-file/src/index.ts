export { JournalFile, type JournalFileOptions } from './journal-file.ts';
export { nodeFileSystem } from './node-file-system.ts';
export { SnapshotFiles, type SnapshotFilesOptions } from './snapshot-files.ts';
