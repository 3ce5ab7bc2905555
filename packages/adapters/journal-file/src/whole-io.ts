/** Reads and writes that go on until all bytes are through, and what their errors mean. */

import { type FileSystem, JournalCorrupt, JournalFull, JournalIoFault, JournalLocked, JournalMismatch } from '@mochila/ports';

/** Largest single write; the kernel stops near 2 GiB. */
const WRITE_BYTES_MAX = 1024 * 1024 * 1024;

const NO_SPACE = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Writes all of `bytes` at `position`. */
export function writeWhole(fs: FileSystem, fd: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const written = fs.write(fd, bytes, done, Math.min(bytes.length - done, WRITE_BYTES_MAX), position + done);
    if (written <= 0) throw new Error(`a write of ${bytes.length - done} bytes wrote none`);
    done += written;
  }
}

/** Reads up to `length` bytes from `position` into `target` at `offset`; returns how many there were. */
export function readWhole(fs: FileSystem, fd: number, target: Uint8Array, offset: number, length: number, position: number): number {
  let done = 0;
  while (done < length) {
    const got = fs.read(fd, target, offset + done, Math.min(length - done, WRITE_BYTES_MAX), position + done);
    if (got === 0) break;
    done += got;
  }
  return done;
}

/**
 * Runs file operations and turns the errors of the operating system into faults of the journal.
 * @throws JournalFull for lack of space, JournalIoFault for the rest; faults that are already typed pass unchanged
 */
export function guardIo<Result>(operation: string, file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (isJournalFault(error)) throw error;
    if (isNoSpace(error)) throw new JournalFull(file, error);
    throw new JournalIoFault(operation, file, error);
  }
}

/** Tells whether an error says that there is no space: volume, quota, or the size a file may have. */
export function isNoSpace(error: unknown): boolean {
  return NO_SPACE.some((code) => hasCode(error, code));
}

/** Tells whether an error carries this code of the operating system. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function isJournalFault(error: unknown): boolean {
  return [JournalCorrupt, JournalFull, JournalIoFault, JournalLocked, JournalMismatch].some((fault) => error instanceof fault);
}
