/** A directory of a play's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does something in a fresh directory, which is gone afterwards. */
export async function inDirectory(act: (directory: string) => void | Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mochila-scenario-'));
  try {
    await act(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
