import fs from 'node:fs';
import path from 'node:path';
import { describeJournal, describeSnapshotStore } from '@mochila/ports/conformance';
import { JournalFile } from './journal-file.ts';
import { SnapshotFiles } from './snapshot-files.ts';
import { snapshotName } from './snapshot-format.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

for (const segmentBytes of [64 * 1024 * 1024, 512]) {
  describeJournal(`JournalFile with segments of ${segmentBytes} bytes`, () => {
    const directory = makeTemporaryDirectory();
    return {
      create: () => new JournalFile({ directory: directory.path, venueId: 'conformance', segmentBytes }),
      cleanUp: directory.remove,
    };
  });
}

describeSnapshotStore('SnapshotFiles', () => {
  const directory = makeTemporaryDirectory();
  return {
    create: () => new SnapshotFiles({ directory: directory.path, venueId: 'conformance' }),
    damage: (seq) => {
      const file = path.join(directory.path, snapshotName(seq));
      const bytes = fs.readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
      fs.writeFileSync(file, bytes);
    },
    cleanUp: directory.remove,
  };
});
