/** The commands of a play as a venue keeps them: the true journal, in files. */
import { join } from 'node:path';
import { JournalFile, SnapshotFiles } from '@mochila/journal-file';
import { CommitFrameBuilder } from '@mochila/ports';
import type { CommandLog } from '../venue/command-log.ts';

/** Where a stored venue is. */
export interface StoredVenue {
  readonly directory: string;
  readonly venueId: string;
}

/** The journal to read, or to write anew. */
export function openJournal({ directory, venueId }: StoredVenue, isReadOnly: boolean): JournalFile {
  return new JournalFile({ directory: join(directory, 'journal'), venueId, isReadOnly });
}

/** The snapshots beside it. */
export function openSnapshots({ directory, venueId }: StoredVenue): SnapshotFiles {
  return new SnapshotFiles({ directory: join(directory, 'snapshots'), venueId });
}

/** Writes all commands of a play. @throws the faults of the journal. */
export function storeJournal(log: CommandLog, venue: StoredVenue): void {
  const journal = openJournal(venue, false);
  journal.open();
  const frame = new CommitFrameBuilder();
  const write = (): void => {
    if (frame.count > 0) journal.append(frame.frame());
    frame.clear();
  };
  for (const { seq, timeMicros, words } of log.records()) {
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    if (frame.tryAdd(seq, timeMicros, bytes)) continue;
    write();
    frame.tryAdd(seq, timeMicros, bytes);
  }
  write();
  journal.close();
}
