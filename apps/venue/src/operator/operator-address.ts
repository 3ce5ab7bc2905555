/** Where a venue and its operator's tools meet: a socket that only the owner of the data directory can open. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The longest path that every system takes for a socket, in bytes. */
const PATH_BYTES_MAX = 100;

/**
 * Address of the operator's socket of a data directory: a file in it, a short one elsewhere when its path is too long for
 * a socket, or a named pipe on Windows.
 *
 * @param dataDirectory data directory of the venue
 */
export function operatorAddress(dataDirectory: string, platform: string = process.platform): string {
  const path = join(resolve(dataDirectory), 'operator.sock');
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\mochila-${digest}`;
  return Buffer.byteLength(path) <= PATH_BYTES_MAX ? path : join(tmpdir(), `mochila-${digest}.sock`);
}
