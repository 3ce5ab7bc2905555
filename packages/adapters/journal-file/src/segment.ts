/** One segment of a journal: its file, its header, and walks over its frames. */

import { join } from 'node:path';
import { type FileSystem, JournalCorrupt, JournalMismatch } from '@mochila/ports';
import type { ChainState } from './frame-format.ts';
import { decodeSegmentHeader, encodeSegmentHeader, SEGMENT_HEADER_BYTES, type SegmentHeader, segmentName } from './segment-header.ts';
import { SparseIndex } from './sparse-index.ts';
import { readWhole, writeWhole } from './whole-io.ts';

/** A segment whose header was read and makes sense. */
export interface Segment {
  readonly file: string;
  readonly header: SegmentHeader;
  readonly index: SparseIndex;
  /** Bytes in use. */
  size: number;
}

/** Suffix of a segment that is not finished yet; such files hold nothing and are removed at open. */
export const UNFINISHED_SUFFIX = '.new';

/** State of the chain before the first frame of a segment. */
export function stateBefore(header: SegmentHeader): ChainState {
  return { seq: header.firstSeq, timeMicros: header.previousTimeMicros, hash: header.previousHash };
}

/**
 * Makes a segment file that is there whole, with its header, or not at all.
 * @returns the segment and its descriptor, open for reading and writing
 */
export function createSegment(fs: FileSystem, directory: string, header: SegmentHeader): { segment: Segment; fd: number } {
  const file = join(directory, segmentName(header.firstSeq));
  const unfinished = file + UNFINISHED_SUFFIX;
  const fd = fs.open(unfinished, 'wx+');
  try {
    writeWhole(fs, fd, encodeSegmentHeader(header), 0);
    fs.syncData(fd);
    fs.rename(unfinished, file);
    fs.syncDirectory(directory);
  } catch (error) {
    fs.close(fd);
    removeIfThere(fs, directory, [unfinished, file]);
    throw error;
  }
  return { segment: { file, header, index: indexFrom(header), size: SEGMENT_HEADER_BYTES }, fd };
}

/**
 * Reads the header of an existing segment.
 * @param nameSeq first sequence according to its name
 * @throws JournalCorrupt when it is broken, JournalMismatch when it belongs to another venue
 */
export function readSegment(fs: FileSystem, directory: string, nameSeq: number, venueId: string): Segment {
  const file = join(directory, segmentName(nameSeq));
  const fd = fs.open(file, 'r');
  try {
    const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const got = readWhole(fs, fd, bytes, 0, SEGMENT_HEADER_BYTES, 0);
    const header = decodeSegmentHeader(bytes.subarray(0, got));
    if (typeof header === 'string') throw corruptAt(file, 0, nameSeq, header);
    if (header.firstSeq !== nameSeq) throw corruptAt(file, 0, nameSeq, `its header says it starts with sequence ${header.firstSeq}`);
    if (header.venueId !== venueId)
      throw new JournalMismatch(
        `${file} is the journal of venue "${header.venueId}", not of "${venueId}", whose genesis.json is here: put back what belongs together, or use another directory`,
      );
    return { file, header, index: indexFrom(header), size: fs.size(fd) };
  } finally {
    fs.close(fd);
  }
}

/** Makes the fault that names a place in a segment and the way out. */
export function corruptAt(file: string, offset: number, seq: number, reason: string): JournalCorrupt {
  const cut =
    offset <= SEGMENT_HEADER_BYTES
      ? `move ${file} and all later segments away`
      : `move all later segments away and shorten this one with: truncate -s ${offset} ${file}`;
  const howToRecover =
    `Nothing was changed. Copy the whole directory first. Then restore this file from a backup or a replica and start again; ` +
    `if there is none, ${cut}, which gives up sequence ${seq} and all later ones, acknowledged or not`;
  return new JournalCorrupt({ file, offset, seq }, reason, howToRecover);
}

function indexFrom(header: SegmentHeader): SparseIndex {
  return new SparseIndex({ offset: SEGMENT_HEADER_BYTES, state: stateBefore(header) });
}

function removeIfThere(fs: FileSystem, directory: string, files: readonly string[]): void {
  const names = new Set(fs.list(directory).map((name) => join(directory, name)));
  for (const file of files) if (names.has(file)) fs.remove(file);
}
