/** Port: the few blocking file operations that durable storage needs, so that tests can make them fail. */

/** Files by path and descriptor. Operations throw the errors of `node:fs`, with `code`. */
export interface FileSystem {
  /** Opens a file: `r` to read, `r+` to read and write, `wx+` to create one that must not exist, for both. */
  open(path: string, flags: 'r' | 'r+' | 'wx+'): number;
  close(fd: number): void;
  /** Reads up to `length` bytes into `target` at `offset`; returns how many, 0 at the end of the file. */
  read(fd: number, target: Uint8Array, offset: number, length: number, position: number): number;
  /** Writes up to `length` bytes of `source` from `offset`; returns how many. */
  write(fd: number, source: Uint8Array, offset: number, length: number, position: number): number;
  /** Returns when the contents (and the size) of the file are durable. */
  syncData(fd: number): void;
  truncate(fd: number, size: number): void;
  /** Size in bytes. */
  size(fd: number): number;
  /** Names in a directory, any order. */
  list(directory: string): string[];
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Makes a directory and its parents; does nothing when it is there. */
  makeDirectory(path: string): void;
  /** Returns when creations, renames and removals in the directory are durable. */
  syncDirectory(path: string): void;
}
