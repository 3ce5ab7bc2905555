/** A file system that fails when told: full after some bytes, or an error from one operation. */

import type { FileSystem } from '@mochila/ports';

/** A `FileSystem` whose next failures can be arranged. */
export interface FaultyFileSystem extends FileSystem {
  /** Lets `bytes` more bytes be written; then writes stop short and fail with ENOSPC. Infinity makes space again. */
  setSpace(bytes: number): void;
  /** Makes the next call of an operation fail with this code, once. */
  failNext(operation: keyof FileSystem, code: string): void;
  /** Number of times an operation was called. */
  calls(operation: keyof FileSystem): number;
}

/** Wraps `real`; without arranged failures it behaves like it. */
export function faultyFileSystem(real: FileSystem): FaultyFileSystem {
  let space = Number.POSITIVE_INFINITY;
  const planned = new Map<keyof FileSystem, string>();
  const counts = new Map<keyof FileSystem, number>();
  const enter = (operation: keyof FileSystem): void => {
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    const code = planned.get(operation);
    planned.delete(operation);
    if (code !== undefined) throw systemError(code, operation);
  };
  const pass = <Args extends readonly unknown[], Result>(operation: keyof FileSystem, call: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      enter(operation);
      return call(...args);
    };
  };
  const write: FileSystem['write'] = (fd, source, offset, length, position) => {
    if (space === 0 && length > 0) throw systemError('ENOSPC', 'write');
    const written = real.write(fd, source, offset, Math.min(length, space), position);
    space -= written;
    return written;
  };
  return {
    open: pass('open', real.open),
    close: pass('close', real.close),
    read: pass('read', real.read),
    write: pass('write', write),
    syncData: pass('syncData', real.syncData),
    truncate: pass('truncate', real.truncate),
    size: pass('size', real.size),
    list: pass('list', real.list),
    rename: pass('rename', real.rename),
    remove: pass('remove', real.remove),
    makeDirectory: pass('makeDirectory', real.makeDirectory),
    syncDirectory: pass('syncDirectory', real.syncDirectory),
    setSpace: (bytes) => {
      space = bytes;
    },
    failNext: (operation, code) => {
      planned.set(operation, code);
    },
    calls: (operation) => counts.get(operation) ?? 0,
  };
}

function systemError(code: string, operation: string): Error {
  return Object.assign(new Error(`${code}: arranged failure, ${operation}`), { code });
}
