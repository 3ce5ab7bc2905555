/** Whose a journal is, before anything of it is opened. */

import { join } from 'node:path';
import type { FileSystem } from '@mochila/ports';
import { nodeFileSystem } from './node-file-system.ts';
import { decodeSegmentHeader, parseSegmentName, SEGMENT_HEADER_BYTES } from './segment-header.ts';
import { guardIo, readWhole } from './whole-io.ts';

/**
 * Reads the id of the venue whose journal is in a directory.
 *
 * @returns null when there is no segment with a sound header
 * @throws JournalIoFault when the directory cannot be read
 */
export function readVenueId(directory: string, fs: FileSystem = nodeFileSystem): string | null {
  const names = guardIo('reading', directory, () => fs.list(directory));
  const segments = names.filter((name) => parseSegmentName(name) !== undefined).sort();
  for (const name of segments) {
    const file = join(directory, name);
    const header = decodeSegmentHeader(guardIo('reading', file, () => readHeader(fs, file)));
    if (typeof header !== 'string') return header.venueId;
  }
  return null;
}

function readHeader(fs: FileSystem, file: string): Buffer {
  const fd = fs.open(file, 'r');
  try {
    const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
    return bytes.subarray(0, readWhole(fs, fd, bytes, 0, bytes.length, 0));
  } finally {
    fs.close(fd);
  }
}
