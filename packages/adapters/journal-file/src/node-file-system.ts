/** The real file system. */

import fs from 'node:fs';
import type { FileSystem } from '@mochila/ports';

/** `FileSystem` by `node:fs`. */
export const nodeFileSystem: FileSystem = {
  open: (path, flags) => fs.openSync(path, flags, 0o600),
  close: (fd) => fs.closeSync(fd),
  read: (fd, target, offset, length, position) => fs.readSync(fd, target, offset, length, position),
  write: (fd, source, offset, length, position) => fs.writeSync(fd, source, offset, length, position),
  syncData: (fd) => fs.fdatasyncSync(fd),
  truncate: (fd, size) => fs.ftruncateSync(fd, size),
  size: (fd) => fs.fstatSync(fd).size,
  list: (directory) => fs.readdirSync(directory),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (path) => fs.rmSync(path),
  makeDirectory: (path) => {
    fs.mkdirSync(path, { recursive: true, mode: 0o700 });
  },
  syncDirectory: (path) => {
    // Windows cannot open a directory, and makes renames durable by itself.
    if (process.platform === 'win32') return;
    const fd = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
};
