/** A file system that can lose power: what was not synchronised may then be gone, whole or in part. */

import { basename, dirname } from 'node:path';
import type { FileSystem } from '@mochila/ports';

/** A `FileSystem` on real files that keeps account of what would survive. */
export interface PowerLossFileSystem extends FileSystem {
  /** Lets this many changing operations through; the next one, and all after it, fail. */
  losePowerAfter(operations: number): void;
  /**
   * Leaves on the disk what a machine would find after power came back, and works again.
   * @param random next number from 0 up to 1, deciding what of the unsynchronised survives
   */
  restorePower(random: () => number): void;
}

interface Change {
  readonly position: number;
  /** Bytes written, or undefined for a change of size to `position`. */
  readonly bytes: Buffer | undefined;
}

interface Contents {
  durable: Buffer;
  pending: Change[];
}

const SECTOR_BYTES = 512;

/** What the wrapper remembers. */
interface Disk {
  readonly real: FileSystem;
  operationsLeft: number;
  readonly contents: Map<string, Contents>;
  readonly pathOf: Map<number, string>;
  /** How to take back creations, renames and removals since the last synchronisation of a directory, oldest first. */
  readonly undo: { readonly directory: string; readonly run: () => void }[];
}

/** Wraps `real`, usually over an empty temporary directory. */
export function powerLossFileSystem(real: FileSystem): PowerLossFileSystem {
  const disk: Disk = { real, operationsLeft: Number.POSITIVE_INFINITY, contents: new Map(), pathOf: new Map(), undo: [] };
  return { ...real, ...fileOperations(disk), ...nameOperations(disk), ...powerSwitch(disk) };
}

function spend(disk: Disk): void {
  if (disk.operationsLeft <= 0) throw Object.assign(new Error('EIO: the power is gone'), { code: 'EIO' });
  disk.operationsLeft -= 1;
}

function track(disk: Disk, path: string): Contents {
  const known = disk.contents.get(path) ?? { durable: readAll(disk.real, path), pending: [] };
  disk.contents.set(path, known);
  return known;
}

function move(disk: Disk, from: string, to: string): void {
  const moved = track(disk, from);
  disk.real.rename(from, to);
  disk.contents.delete(from);
  disk.contents.set(to, moved);
}

function fileOperations(disk: Disk): Pick<FileSystem, 'open' | 'write' | 'truncate' | 'syncData'> {
  const { real, pathOf, undo } = disk;
  const trackOpen = (fd: number): Contents => track(disk, pathOf.get(fd) ?? '');
  return {
    open: (path, flags) => {
      if (flags === 'wx+') spend(disk);
      const fd = real.open(path, flags);
      pathOf.set(fd, path);
      if (flags === 'wx+') undo.push({ directory: dirname(path), run: () => real.remove(path) });
      return fd;
    },
    write: (fd, source, offset, length, position) => {
      spend(disk);
      trackOpen(fd).pending.push({ position, bytes: Buffer.from(source.subarray(offset, offset + length)) });
      return real.write(fd, source, offset, length, position);
    },
    truncate: (fd, size) => {
      spend(disk);
      trackOpen(fd).pending.push({ position: size, bytes: undefined });
      real.truncate(fd, size);
    },
    syncData: (fd) => {
      spend(disk);
      const file = trackOpen(fd);
      file.durable = file.pending.reduce(applyChange, file.durable);
      file.pending = [];
    },
  };
}

function nameOperations(disk: Disk): Pick<FileSystem, 'rename' | 'remove' | 'syncDirectory'> {
  const { real, pathOf, undo } = disk;
  return {
    rename: (from, to) => {
      spend(disk);
      const replaced = real.list(dirname(to)).includes(basename(to)) ? track(disk, to).durable : undefined;
      move(disk, from, to);
      for (const [fd, path] of pathOf) if (path === from) pathOf.set(fd, to);
      undo.push({
        directory: dirname(to),
        run: () => {
          move(disk, to, from);
          if (replaced !== undefined) recreate(real, to, replaced);
        },
      });
    },
    remove: (path) => {
      spend(disk);
      const { durable } = track(disk, path);
      real.remove(path);
      disk.contents.delete(path);
      undo.push({ directory: dirname(path), run: () => recreate(real, path, durable) });
    },
    syncDirectory: (path) => {
      spend(disk);
      const kept = undo.filter((step) => step.directory !== path);
      undo.splice(0, undo.length, ...kept);
    },
  };
}

function powerSwitch(disk: Disk): Pick<PowerLossFileSystem, 'losePowerAfter' | 'restorePower'> {
  return {
    losePowerAfter: (operations) => {
      disk.operationsLeft = operations;
    },
    restorePower: (random) => {
      // A journalling file system keeps the order of names: some of the last changes are gone.
      const survivors = Math.floor(random() * (disk.undo.length + 1));
      for (const [path, file] of disk.contents) {
        const bytes = file.pending.reduce((kept, change) => surviveInPart(kept, change, random), file.durable);
        rewrite(disk.real, path, bytes);
      }
      for (const step of disk.undo.splice(0).slice(survivors).reverse()) step.run();
      disk.contents.clear();
      disk.pathOf.clear();
      disk.operationsLeft = Number.POSITIVE_INFINITY;
    },
  };
}

// Each write survives whole, not at all, or by sectors, independently of the others.
function surviveInPart(before: Buffer, change: Change, random: () => number): Buffer {
  const fate = random();
  if (fate < 0.3) return before;
  if (fate < 0.6 || change.bytes === undefined) return applyChange(before, change);
  let after = before;
  for (let from = 0; from < change.bytes.length; from += SECTOR_BYTES) {
    const bytes = change.bytes.subarray(from, from + SECTOR_BYTES);
    if (random() < 0.5) after = applyChange(after, { position: change.position + from, bytes });
  }
  return after;
}

function applyChange(before: Buffer, { position, bytes }: Change): Buffer {
  if (bytes === undefined) return Buffer.concat([before.subarray(0, position)], position);
  const after = Buffer.alloc(Math.max(before.length, position + bytes.length));
  before.copy(after);
  bytes.copy(after, position);
  return after;
}

function readAll(real: FileSystem, path: string): Buffer {
  const fd = real.open(path, 'r');
  try {
    const bytes = Buffer.alloc(real.size(fd));
    real.read(fd, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    real.close(fd);
  }
}

function rewrite(real: FileSystem, path: string, bytes: Buffer): void {
  writeAll(real, real.open(path, 'r+'), bytes);
}

function recreate(real: FileSystem, path: string, bytes: Buffer): void {
  writeAll(real, real.open(path, 'wx+'), bytes);
}

function writeAll(real: FileSystem, fd: number, bytes: Buffer): void {
  try {
    real.truncate(fd, 0);
    real.write(fd, bytes, 0, bytes.length, 0);
  } finally {
    real.close(fd);
  }
}
