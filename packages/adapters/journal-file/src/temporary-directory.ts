/** Directories for tests. */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Makes an empty directory that `remove` takes away with all in it. */
export function makeTemporaryDirectory(): { readonly path: string; remove(): void } {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'mochila-journal-'));
  return { path: directory, remove: () => fs.rmSync(directory, { recursive: true, force: true }) };
}
