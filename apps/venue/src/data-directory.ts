/** The data directory: what a start finds of the venue that lived there, and what a new one leaves for the next. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isGenesis } from '@mochila/core';
import type { Genesis } from '@mochila/protocol';

const GENESIS_FILE = 'genesis.json';

/** The data directory cannot be used; says why and what to do. */
export class DataDirectoryFault extends Error {
  override readonly name = 'DataDirectoryFault';
}

/**
 * The constitution of the venue in a directory, or null for an empty one. It stands in the journal too, which is the
 * truth: the start refuses when they differ.
 *
 * @throws DataDirectoryFault when the file cannot be read as one.
 */
export function findGenesis(directory: string): Genesis | null {
  const file = join(directory, GENESIS_FILE);
  if (!existsSync(file)) return null;
  const value = parseJson(file);
  if (!isGenesis(value)) {
    throw new DataDirectoryFault(`${file} is no valid constitution: restore it from a copy, or start a new venue with \`npm run reset\``);
  }
  return value;
}

/** Writes the constitution of a new venue beside its journal. */
export function keepGenesis(directory: string, genesis: Genesis): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, GENESIS_FILE), `${JSON.stringify(genesis, null, 2)}\n`);
}

/** A name for a new venue. */
export function newVenueId(): string {
  return randomUUID();
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DataDirectoryFault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
