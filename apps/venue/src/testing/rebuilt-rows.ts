/** What a venue that ended had written into history, and what its journal writes into both databases again. */
import { join } from 'node:path';
import { rowsInPostgres, rowsInSqlite, startPostgres, type TableRows } from '@mochila/history-sql/conformance';
import { runProgram } from './run-program.ts';

/** Rebuilds history. @throws Error when the program did not end well */
export async function rebuildRows(dataDirectory: string): Promise<{ live: TableRows; sqlite: TableRows; postgres: TableRows }> {
  const file = join(dataDirectory, 'history.sqlite');
  const live = rowsInSqlite(file);
  const postgres = await startPostgres();
  try {
    const history = await postgres.createDatabase('rebuilt');
    for (const flags of [[], ['--history', history]]) {
      const { status, stderr } = await runProgram('rebuildHistory', [dataDirectory, ...flags]);
      if (status !== 0) throw new Error(`history was not rebuilt (${status}): ${stderr}`);
    }
    return { live, sqlite: rowsInSqlite(file), postgres: await rowsInPostgres(history) };
  } finally {
    await postgres.remove();
  }
}
