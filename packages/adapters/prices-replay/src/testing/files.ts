/** Recordings of tests: the committed samples, and files made on the spot. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { PriceRow, RefusedLine } from '../price-row.ts';
import { readPriceRows } from '../read-price-rows.ts';
import { parseReplayFile } from '../replay-file.ts';

/** Assets of the venue that tests play to. */
export const ASSETS = ['USDC', 'BTC', 'ETH', 'SOL'] as const;

let folder: string | null = null;
let files = 0;

/** Path of a committed sample. */
export function sample(name: string): string {
  return fileURLToPath(new URL(`../samples/${name}`, import.meta.url));
}

/** Writes lines to a new file, gzip when its name ends so. @returns its path */
export function fileOf(lines: readonly string[], name = 'rows.csv'): string {
  folder ??= mkdtempSync(join(tmpdir(), 'mochila-replay-'));
  files += 1;
  const path = join(folder, `${files}-${name}`);
  const text = lines.map((line) => `${line}\n`).join('');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

/** For `afterAll`. */
export function removeFiles(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
}

/** Everything that files say. */
export async function readAll(
  texts: readonly string[],
  toleranceMicros = 1_000_000,
): Promise<{ rows: PriceRow[]; refused: RefusedLine[] }> {
  const refused: RefusedLine[] = [];
  const rows: PriceRow[] = [];
  const settings = { assets: ASSETS, toleranceMicros, onRefused: (line: RefusedLine) => void refused.push(line) };
  for await (const row of readPriceRows(texts.map(parseReplayFile), settings)) rows.push(row);
  return { rows, refused };
}
