/** The file that keeps the keys of this user: readable by nobody else. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KeyPair } from '@mochila/sdk';
import { CliFault } from '../cli-fault.ts';

/** Keys by the name their owner gave them. */
export type KeyFile = { readonly chosen: string; readonly keys: Readonly<Record<string, KeyPair>> };

const OWNER_ONLY = 0o600;
const EMPTY: KeyFile = { chosen: '', keys: {} };

/** Where the keys are: MOCHILA_KEYS, or mochila/keys.json in the directory for configuration. */
export function keyFilePath(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment['MOCHILA_KEYS'];
  if (own !== undefined && own !== '') return own;
  const configuration = environment['XDG_CONFIG_HOME'];
  return join(configuration === undefined || configuration === '' ? join(homedir(), '.config') : configuration, 'mochila', 'keys.json');
}

/**
 * Reads the keys; a file that is not there has none.
 *
 * @throws CliFault when others may read it, or when it is no key file
 */
export function readKeyFile(path: string): KeyFile {
  if (!existsSync(path)) return EMPTY;
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new CliFault(
      `${path} can be read by other users, and it holds secrets: run \`chmod 600 ${path}\`, and make new keys if they may have been seen.`,
    );
  }
  const value = parseJson(readFileSync(path, 'utf8'), path);
  if (!isKeyFile(value)) throw new CliFault(`${path} is no key file: move it away and make a key with \`mochila keys new\`.`);
  return value;
}

/** Keeps a key. The file is replaced whole, so that it is never half written. */
export function keepKey(path: string, name: string, pair: KeyPair): void {
  const file = readKeyFile(path);
  const next: KeyFile = { chosen: file.chosen === '' ? name : file.chosen, keys: { ...file.keys, [name]: pair } };
  writeKeyFile(path, next);
}

/** Makes another key the one that is used when none is named. */
export function chooseKey(path: string, name: string): void {
  const file = readKeyFile(path);
  if (keyNamed(file, name) === undefined) throw new CliFault(unknownKey(file, name));
  writeKeyFile(path, { ...file, chosen: name });
}

/** A key by the name its owner gave it; names of every object, such as `toString`, are no keys. */
export function keyNamed({ keys }: KeyFile, name: string): KeyPair | undefined {
  return Object.hasOwn(keys, name) ? keys[name] : undefined;
}

/** A key by name, or the chosen one. */
export function findKey(path: string, name?: string): KeyPair {
  const file = readKeyFile(path);
  const pair = keyNamed(file, name ?? file.chosen);
  if (pair !== undefined) return pair;
  if (name !== undefined) throw new CliFault(unknownKey(file, name));
  throw new CliFault('This needs a key, and there is none: make one with `mochila keys new`, or set MOCHILA_KEY to a secret.');
}

function unknownKey({ keys }: KeyFile, name: string): string {
  const names = Object.keys(keys);
  return `There is no key "${name}"${names.length === 0 ? '' : `: there are ${names.join(', ')}`}. \`mochila keys new --name ${name}\` makes it.`;
}

function writeKeyFile(path: string, file: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(file, null, 2)}\n`, { mode: OWNER_ONLY });
  chmodSync(fresh, OWNER_ONLY);
  renameSync(fresh, path);
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null || !('chosen' in value) || !('keys' in value)) return false;
  const { chosen, keys } = value;
  return typeof chosen === 'string' && typeof keys === 'object' && keys !== null && Object.values(keys).every(isKeyPair);
}

function isKeyPair(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'publicKey' in value &&
    'secret' in value &&
    typeof value.publicKey === 'string' &&
    typeof value.secret === 'string'
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliFault(
      `${path} is no JSON (${error instanceof Error ? error.message : String(error)}): move it away and make a key with \`mochila keys new\`.`,
    );
  }
}
