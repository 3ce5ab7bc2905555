/** Where history is kept: PostgreSQL by its connection string, else SQLite in the data directory. */
import { join } from 'node:path';
import { createPostgresHistory, createSqliteHistory } from '@mochila/history-sql';
import type { HistoryStore } from '@mochila/ports';

/** Can be posted to a thread. */
export type HistoryPlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly connectionString: string };

/** The place for a venue. @param url - connection string, or null. */
export function historyPlaceOf(url: string | null, dataDirectory: string): HistoryPlace {
  return url === null ? { kind: 'sqlite', file: join(dataDirectory, 'history.sqlite') } : { kind: 'postgres', connectionString: url };
}

/** What people call it. */
export function nameOfPlace(place: HistoryPlace): string {
  return place.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
}

/** Makes the store, not yet open. @param isReadOnly - a reader beside the one writer. @param onIdleError - told of connections that broke unused. */
export function createHistoryStore(place: HistoryPlace, isReadOnly: boolean, onIdleError: (error: Error) => void): HistoryStore {
  if (place.kind === 'sqlite') return createSqliteHistory({ file: place.file, isReadOnly });
  return createPostgresHistory({ connectionString: place.connectionString, isReadOnly, onIdleError });
}
