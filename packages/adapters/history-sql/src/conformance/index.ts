/** For tests elsewhere: a real PostgreSQL, and what stands in tables. */
export { startPostgres, type TestPostgres } from './start-postgres.ts';
export { rowsInPostgres, rowsInSqlite, type TableRows } from './table-rows.ts';
