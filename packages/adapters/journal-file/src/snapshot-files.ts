/** Snapshots as files, each there whole or not at all. */

import { join } from 'node:path';
import {
  type FileSystem,
  type Snapshot,
  type SnapshotDamage,
  type SnapshotInfo,
  type SnapshotReading,
  type SnapshotRetention,
  type SnapshotStore,
  SnapshotStoreFault,
  seqsKept,
} from '@mochila/ports';
import type { Seq } from '@mochila/units';
import { nodeFileSystem } from './node-file-system.ts';
import { VENUE_ID_BYTES_MAX } from './segment-header.ts';
import {
  decodeSnapshotHeader,
  encodeSnapshotHeader,
  hashContents,
  parseSnapshotName,
  SNAPSHOT_HEADER_BYTES,
  STATE_HASH_BYTES_MAX,
  snapshotName,
} from './snapshot-format.ts';
import { readWhole, writeWhole } from './whole-io.ts';

/** How file snapshots are kept. */
export interface SnapshotFilesOptions {
  /** Directory of the snapshots; made when it is missing. */
  readonly directory: string;
  /** Name of the venue, at most 56 bytes; snapshots of another venue count as damaged. */
  readonly venueId: string;
  /** Where the files are; the real file system unless told. */
  readonly fileSystem?: FileSystem;
}

const UNFINISHED_SUFFIX = '.new';

/** `SnapshotStore` over a directory; the format is described in the package's README. */
export class SnapshotFiles implements SnapshotStore {
  readonly #directory: string;
  readonly #venueId: string;
  readonly #fs: FileSystem;

  /** @throws RangeError when the venue id is too long, SnapshotStoreFault when the directory cannot be made */
  constructor(options: SnapshotFilesOptions) {
    const idBytes = Buffer.byteLength(options.venueId);
    if (idBytes === 0 || idBytes > VENUE_ID_BYTES_MAX)
      throw new RangeError(`a venue id has 1 to ${VENUE_ID_BYTES_MAX} bytes, not ${idBytes}`);
    this.#directory = options.directory;
    this.#venueId = options.venueId;
    this.#fs = options.fileSystem ?? nodeFileSystem;
    this.#guard('making the directory', this.#directory, () => this.#fs.makeDirectory(this.#directory));
  }

  write(snapshot: Snapshot): void {
    if (snapshot.stateHash.length > STATE_HASH_BYTES_MAX) throw new RangeError(`a state hash has at most ${STATE_HASH_BYTES_MAX} bytes`);
    const file = join(this.#directory, snapshotName(snapshot.seq));
    this.#guard('writing', file, () => this.#writeWhole(file, snapshot));
  }

  list(): SnapshotInfo[] {
    return this.#guard('listing', this.#directory, () => {
      const seqs = this.#fs
        .list(this.#directory)
        .map(parseSnapshotName)
        .filter((seq) => seq !== undefined);
      seqs.sort((a, b) => b - a);
      return seqs.map((seq) => this.#describe(seq));
    });
  }

  readLatest(atMostSeq = Number.MAX_SAFE_INTEGER): SnapshotReading {
    const damaged: SnapshotDamage[] = [];
    for (const { seq, file } of this.list()) {
      if (seq > atMostSeq) continue;
      const found = this.#guard('reading', file, () => this.#read(file, seq));
      if (typeof found !== 'string') return { snapshot: found, damaged };
      damaged.push({ seq, file, reason: found });
    }
    return { snapshot: undefined, damaged };
  }

  prune(retention: SnapshotRetention): SnapshotInfo[] {
    const stored = this.list();
    const kept = seqsKept(
      stored.map((info) => info.seq),
      retention,
    );
    const removed = stored.filter((info) => !kept.has(info.seq));
    for (const { file } of removed) this.#guard('removing', file, () => this.#fs.remove(file));
    return removed;
  }

  #writeWhole(file: string, snapshot: Snapshot): void {
    const unfinished = file + UNFINISHED_SUFFIX;
    this.#removeIfThere(unfinished);
    const fd = this.#fs.open(unfinished, 'wx+');
    try {
      try {
        writeWhole(this.#fs, fd, encodeSnapshotHeader(snapshot, this.#venueId), 0);
        writeWhole(this.#fs, fd, snapshot.bytes, SNAPSHOT_HEADER_BYTES);
        this.#fs.syncData(fd);
      } finally {
        this.#fs.close(fd);
      }
      this.#fs.rename(unfinished, file);
      this.#fs.syncDirectory(this.#directory);
    } catch (error) {
      this.#removeIfThere(unfinished);
      throw error;
    }
  }

  #removeIfThere(file: string): void {
    if (this.#fs.list(this.#directory).some((name) => join(this.#directory, name) === file)) this.#fs.remove(file);
  }

  #describe(seq: Seq): SnapshotInfo {
    const file = join(this.#directory, snapshotName(seq));
    const fd = this.#fs.open(file, 'r');
    try {
      return { seq, file, byteLength: this.#fs.size(fd) };
    } finally {
      this.#fs.close(fd);
    }
  }

  // Answers what is wrong with the file, as a text, when it is not the snapshot it is named after.
  #read(file: string, seq: Seq): Snapshot | string {
    const fd = this.#fs.open(file, 'r');
    try {
      const headerBytes = Buffer.alloc(SNAPSHOT_HEADER_BYTES);
      const header = decodeSnapshotHeader(headerBytes.subarray(0, readWhole(this.#fs, fd, headerBytes, 0, SNAPSHOT_HEADER_BYTES, 0)));
      if (typeof header === 'string') return header;
      if (header.seq !== seq) return `its header says it is of sequence ${header.seq}`;
      if (header.venueId !== this.#venueId) return `it belongs to venue "${header.venueId}"`;
      const size = this.#fs.size(fd) - SNAPSHOT_HEADER_BYTES;
      if (size !== header.byteLength) return `it holds ${size} bytes and not ${header.byteLength}`;
      const bytes = Buffer.allocUnsafeSlow(size);
      readWhole(this.#fs, fd, bytes, 0, size, SNAPSHOT_HEADER_BYTES);
      if (!hashContents(bytes).equals(header.contentHash)) return 'the hash of its contents is wrong';
      return { seq, stateHash: header.stateHash, bytes };
    } finally {
      this.#fs.close(fd);
    }
  }

  #guard<Result>(operation: string, file: string, action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw new SnapshotStoreFault(operation, file, error);
    }
  }
}
