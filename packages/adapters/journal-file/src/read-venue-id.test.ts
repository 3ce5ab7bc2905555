import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitFrameOf, JournalIoFault } from '@mochila/ports';
import { expect, it } from 'vitest';
import { JournalFile } from './journal-file.ts';
import { readVenueId } from './read-venue-id.ts';
import { segmentName } from './segment-header.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

it('the id of the venue is read from the first segment with a sound header', () => {
  const { path, remove } = makeTemporaryDirectory();
  expect(readVenueId(path)).toBeNull();
  const journal = new JournalFile({ directory: path, venueId: 'here' });
  journal.open();
  journal.append(commitFrameOf(1, 1, [new Uint8Array(8)]));
  expect(readVenueId(path)).toBe('here');
  journal.close();
  writeFileSync(join(path, segmentName(0)), 'damaged');
  expect(readVenueId(path)).toBe('here');
  remove();
  expect(() => readVenueId(path)).toThrow(JournalIoFault);
});
