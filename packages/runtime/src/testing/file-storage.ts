/** Storage in files, with arranged faults, for the tests of threads. */

import { join } from 'node:path';
import { JournalFile, nodeFileSystem, SnapshotFiles } from '@mochila/journal-file';
import type { FileSystem } from '@mochila/ports';
import type { VenueStorage } from '../venue/venue-storage.ts';

export interface FileStorageSettings {
  readonly directory: string;
  readonly venueId: string;
  /** One cell: 0 there is space, 1 the disk of the journal is full, 2 it fails. */
  readonly behaviour?: SharedArrayBuffer;
  readonly segmentBytes?: number;
}

export function openStorage({ directory, venueId, behaviour, segmentBytes }: FileStorageSettings): VenueStorage {
  const fileSystem = behaviour === undefined ? nodeFileSystem : arrangedFileSystem(new Int32Array(behaviour));
  const size = segmentBytes === undefined ? {} : { segmentBytes };
  return {
    // The writer checks all of the journal when it starts; a reader beside it need not do that again.
    createJournal: (isReadOnly) =>
      new JournalFile({
        directory: join(directory, 'journal'),
        venueId,
        isReadOnly,
        fileSystem,
        openChecks: isReadOnly ? 'last-segment' : 'all-segments',
        ...size,
      }),
    createSnapshots: () => new SnapshotFiles({ directory: join(directory, 'snapshots'), venueId }),
  };
}

function arrangedFileSystem(cell: Int32Array): FileSystem {
  return {
    ...nodeFileSystem,
    write: (fd, source, offset, length, position) => {
      const outcome = Atomics.load(cell, 0);
      if (outcome === 0) return nodeFileSystem.write(fd, source, offset, length, position);
      const code = outcome === 1 ? 'ENOSPC' : 'EIO';
      throw Object.assign(new Error(`${code}: arranged failure, write`), { code });
    },
  };
}
