/** The stores of the venue's threads: files in the data directory. Loaded by each thread that needs them. */
import { join } from 'node:path';
import { JournalFile, SnapshotFiles } from '@mochila/journal-file';
import type { VenueStorage } from '@mochila/runtime';

/** Where a venue keeps its files. */
export type StorageSettings = {
  readonly directory: string;
  readonly venueId: string;
};

/** Directory of the journal inside the data directory. */
export const journalDirectory = (dataDirectory: string): string => join(dataDirectory, 'journal');

/** Makes the stores, not yet open. */
export function openStorage({ directory, venueId }: StorageSettings): VenueStorage {
  return {
    createJournal: (isReadOnly) =>
      new JournalFile({
        directory: journalDirectory(directory),
        venueId,
        isReadOnly,
        // The writer checks all of it once at its start; readers beside it need not.
        openChecks: isReadOnly ? 'last-segment' : 'all-segments',
      }),
    createSnapshots: () => new SnapshotFiles({ directory: join(directory, 'snapshots'), venueId }),
  };
}
