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

/** Wraps `real`, usually over an empty temporary directory. */
export function powerLossFileSystem(real: FileSystem): PowerLossFileSystem {
  let operationsLeft = Number.POSITIVE_INFINITY;
  const contents = new Map<string, Contents>();
  const pathOf = new Map<number, string>();
  // How to take back creations, renames and removals since the last synchronisation of a directory, oldest first.
  const undo: { readonly directory: string; readonly run: () => void }[] = [];

  const spend = (): void => {
    if (operationsLeft <= 0) throw Object.assign(new Error('EIO: the power is gone'), { code: 'EIO' });
    operationsLeft -= 1;
  };
  const track = (path: string): Contents => {
    const known = contents.get(path) ?? { durable: readAll(real, path), pending: [] };
    contents.set(path, known);
    return known;
  };
  const move = (from: string, to: string): void => {
    const moved = track(from);
    real.rename(from, to);
    contents.delete(from);
    contents.set(to, moved);
  };
  const trackOpen = (fd: number): Contents => track(pathOf.get(fd) ?? '');

  return {
    ...real,
    open: (path, flags) => {
      if (flags === 'wx+') spend();
      const fd = real.open(path, flags);
      pathOf.set(fd, path);
      if (flags === 'wx+') undo.push({ directory: dirname(path), run: () => real.remove(path) });
      return fd;
    },
    write: (fd, source, offset, length, position) => {
      spend();
      trackOpen(fd).pending.push({ position, bytes: Buffer.from(source.subarray(offset, offset + length)) });
      return real.write(fd, source, offset, length, position);
    },
    truncate: (fd, size) => {
      spend();
      trackOpen(fd).pending.push({ position: size, bytes: undefined });
      real.truncate(fd, size);
    },
    syncData: (fd) => {
      spend();
      const file = trackOpen(fd);
      file.durable = file.pending.reduce(applyChange, file.durable);
      file.pending = [];
    },
    rename: (from, to) => {
      spend();
      const replaced = real.list(dirname(to)).includes(basename(to)) ? track(to).durable : undefined;
      move(from, to);
      for (const [fd, path] of pathOf) if (path === from) pathOf.set(fd, to);
      undo.push({
        directory: dirname(to),
        run: () => {
          move(to, from);
          if (replaced !== undefined) recreate(real, to, replaced);
        },
      });
    },
    remove: (path) => {
      spend();
      const { durable } = track(path);
      real.remove(path);
      contents.delete(path);
      undo.push({ directory: dirname(path), run: () => recreate(real, path, durable) });
    },
    syncDirectory: (path) => {
      spend();
      const kept = undo.filter((step) => step.directory !== path);
      undo.splice(0, undo.length, ...kept);
    },
    losePowerAfter: (operations) => {
      operationsLeft = operations;
    },
    restorePower: (random) => {
      // A journalling file system keeps the order of names: some of the last changes are gone.
      const survivors = Math.floor(random() * (undo.length + 1));
      for (const [path, file] of contents)
        rewrite(
          real,
          path,
          file.pending.reduce((bytes, change) => surviveInPart(bytes, change, random), file.durable),
        );
      for (const step of undo.splice(0).slice(survivors).reverse()) step.run();
      contents.clear();
      pathOf.clear();
      operationsLeft = Number.POSITIVE_INFINITY;
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
