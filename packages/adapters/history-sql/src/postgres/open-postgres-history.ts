/** History in PostgreSQL. */
import type { HistoryStore } from '@mochila/ports';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { SqlHistoryStore } from '../sql-history-store.ts';
import { createManyRows } from './many-rows.ts';

/** How history in PostgreSQL is opened. */
export interface PostgresHistoryOptions {
  /** `postgres://user:password@host:port/database` */
  readonly connectionString: string;
  /** Told of connections that broke while nobody used them; the next call makes new ones. */
  readonly onIdleError: (error: Error) => void;
  /** For readers beside a writer. */
  readonly isReadOnly?: boolean;
  /** Most connections; 4 unless told. */
  readonly connectionsMax?: number;
  /** Longest wait for a connection and for an answer, in milliseconds; 10 s unless told. */
  readonly timeoutMs?: number;
}

const CONNECTIONS_MAX = 4;
const TIMEOUT_MS = 10_000;
const INT8_OID = 20;

/** Makes the store; nothing is opened before `open`. */
export function createPostgresHistory(options: PostgresHistoryOptions): HistoryStore {
  const { connectionString, onIdleError, isReadOnly = false, connectionsMax = CONNECTIONS_MAX, timeoutMs = TIMEOUT_MS } = options;
  const connect = async (): Promise<pg.Pool> => {
    const pool = new pg.Pool({
      connectionString,
      max: connectionsMax,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      application_name: 'mochila-history',
      types: { getTypeParser: (oid, format) => (oid === INT8_OID ? parseInt8 : pg.types.getTypeParser(oid, format)) },
    });
    pool.on('error', onIdleError);
    return pool;
  };
  const dialect = new PostgresDialect({ pool: connect });
  const placeholder = (n: number): string => `$${n}`;
  return new SqlHistoryStore({ dialect, placeholder, manyRows: createManyRows(), lockRow: 'for update', ownSteps: {}, isReadOnly });
}

// Columns hold integers below 2^53; sums that may pass it are read as text.
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`history holds ${text}, which is no exact number`);
  return value;
}
