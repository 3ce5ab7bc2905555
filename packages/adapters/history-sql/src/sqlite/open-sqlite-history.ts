/** History in one file. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryStore } from '@mochila/ports';
import { ORDERS_BY_ID } from '../migrations/orders-by-id.ts';
import { SqlHistoryStore } from '../sql-history-store.ts';
import { createManyRows } from './many-rows.ts';
import { createNodeSqliteDialect } from './node-sqlite-dialect.ts';

/** How history in a file is opened. */
export interface SqliteHistoryOptions {
  /** The file; it and its folder are made. `:memory:` lives as long as the store. */
  readonly file: string;
  /** For readers beside a writer: several may read while one writes. */
  readonly isReadOnly?: boolean;
  /** Longest wait for another writer, in milliseconds; 5 s unless told. */
  readonly busyMs?: number;
}

const BUSY_MS = 5_000;
/** Memory for pages of the writer, in KiB. */
const CACHE_KIB = 32_768;
/** Pages of 4 KiB that the log holds before they are copied to the file. */
const CHECKPOINT_PAGES = 8_000;

/** Makes the store; nothing is opened before `open`. Every call blocks its thread while SQLite works. */
export function createSqliteHistory({ file, isReadOnly = false, busyMs = BUSY_MS }: SqliteHistoryOptions): HistoryStore {
  const dialect = createNodeSqliteDialect(() => openDatabase(file, isReadOnly, busyMs));
  const ownSteps = { '0005-orders-by-id': ORDERS_BY_ID };
  return new SqlHistoryStore({ dialect, placeholder: () => '?', manyRows: createManyRows(), lockRow: '', ownSteps, isReadOnly });
}

function openDatabase(file: string, isReadOnly: boolean, busyMs: number): DatabaseSync {
  if (!isReadOnly && file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { readOnly: isReadOnly, timeout: busyMs });
  if (!isReadOnly) {
    // A power cut may lose the last writes but never half of one: the checkpoint goes back with its rows.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    // Pages of indexes are changed again and again: they are kept, and copied from the log to the file less often.
    database.exec(`pragma cache_size = -${CACHE_KIB}; pragma wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
  }
  return database;
}
