export { JournalFile, type JournalFileOptions } from './journal-file.ts';
export { nodeFileSystem } from './node-file-system.ts';
export { readVenueId } from './read-venue-id.ts';
export { SnapshotFiles, type SnapshotFilesOptions } from './snapshot-files.ts';
