/** The data directory: what a start finds of the venue that lived there, and what a new one leaves for the next. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGenesis, isGenesis } from '@mochila/core';
import type { Genesis } from '@mochila/protocol';

const GENESIS_FILE = 'genesis.json';
const MAKERS_FILE = 'makers.secret';
const SECRET_BYTES = 32;
/** Faults of a constitution that a message names. */
const FAULTS_TOLD = 3;
const OWNER_ONLY = 0o700;

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
  if (isGenesis(value)) return value;
  const broken = checkGenesis(value)
    .slice(0, FAULTS_TOLD)
    .map(({ path, rule }) => `${path} ${rule}`.trim());
  throw new DataDirectoryFault(
    `${file} is no valid constitution of this version (${broken.join('; ')}): restore it from a copy, start it with the version that made it, or start a new venue with \`npm run reset\``,
  );
}

/**
 * Writes the constitution of a new venue beside its journal: whole or not at all. A new directory is its owner's alone.
 *
 * @throws DataDirectoryFault when the directory cannot be one.
 */
export function keepGenesis(directory: string, genesis: Genesis): void {
  makeDirectory(directory);
  const file = join(directory, GENESIS_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(genesis, null, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
}

function makeDirectory(directory: string): void {
  if (existsSync(directory) && !statSync(directory).isDirectory())
    throw new DataDirectoryFault(`${directory} is a file: name a directory with --data or MOCHILA_DATA_DIR`);
  try {
    mkdirSync(directory, { recursive: true, mode: OWNER_ONLY });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataDirectoryFault(`${directory} cannot be made: ${reason}; name another with --data or MOCHILA_DATA_DIR`, { cause: error });
  }
}

/**
 * The secret that the reference bots' keys are made from. On a public sandbox it must be one that nobody can guess, and the
 * same at every start.
 */
export function makersSecret(directory: string): string {
  const file = join(directory, MAKERS_FILE);
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(SECRET_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
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
