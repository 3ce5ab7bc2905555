/** History in SQLite or PostgreSQL. */
export { createPostgresHistory, type PostgresHistoryOptions } from './postgres/open-postgres-history.ts';
export { createSqliteHistory, type SqliteHistoryOptions } from './sqlite/open-sqlite-history.ts';
