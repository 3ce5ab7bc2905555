/** Kysely on the SQLite that is built into Node. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { runsOf } from './many-rows.ts';

/** Statements kept ready; writes use few different ones. */
const STATEMENTS_MAX = 200;

/**
 * Makes the dialect.
 *
 * @param open opens the database, once
 */
export function createNodeSqliteDialect(open: () => DatabaseSync): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(open),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** One connection, handed to one user at a time. */
class NodeSqliteDriver implements Driver {
  readonly #open: () => DatabaseSync;
  #database: DatabaseSync | undefined;
  #connection: NodeSqliteConnection | undefined;
  #turn: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(open: () => DatabaseSync) {
    this.#open = open;
  }

  async init(): Promise<void> {
    this.#database = this.#open();
    this.#connection = new NodeSqliteConnection(this.#database);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    this.#release = resolve;
    if (this.#connection === undefined) throw new Error('the database is closed');
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Takes the write lock at once: two writers wait for each other here and not half-way.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite has gone back by itself after some faults, a full disk among them; asking again would hide the fault behind another.
    if (this.#database?.isTransaction === true) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    this.#connection = undefined;
    this.#database?.close();
    this.#database = undefined;
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, { readonly statement: StatementSync; readonly hasRows: boolean }>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, hasRows } = this.#prepare(query.sql);
    const runs = runsOf(query);
    if (runs !== undefined) {
      for (const parameters of runs) statement.run(...inputValues(parameters));
      return { rows: [] };
    }
    const values = inputValues(query.parameters);
    if (hasRows) return { rows: rowsOf<R>(statement, values) };
    const { changes } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: the interface wants it, nobody calls it
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('this dialect does not stream');
  }

  #prepare(sql: string): { readonly statement: StatementSync; readonly hasRows: boolean } {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

// Kysely's interface leaves the kind of the rows to whoever wrote the query.
function rowsOf<R>(statement: StatementSync, values: readonly SQLInputValue[]): R[] {
  const rows: unknown[] = statement.all(...values);
  return rows as R[];
}

function inputValues(values: readonly unknown[]): readonly SQLInputValue[] {
  if (areInputValues(values)) return values;
  throw new TypeError(`SQLite takes no ${typeof values.find((value) => !isInputValue(value))}`);
}

function areInputValues(values: readonly unknown[]): values is readonly SQLInputValue[] {
  // By index: an iterator makes an object for each value, and there are forty in a row of an order.
  for (let at = 0; at < values.length; at += 1) if (!isInputValue(values[at])) return false;
  return true;
}

function isInputValue(value: unknown): value is SQLInputValue {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint') return true;
  return value === null || value instanceof Uint8Array;
}
