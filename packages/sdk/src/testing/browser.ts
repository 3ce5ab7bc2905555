/** A real browser without a window, driven over its DevTools protocol. It reaches nothing but this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';

const START_MS = 120_000;
const OPEN_MS = 60_000;
const STOP_MS = 15_000;
const ADDRESS = /DevTools listening on (ws:\/\/\S+)/;
const FLAGS = [
  ...['--headless', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', '--mute-audio'],
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--remote-debugging-port=0',
];

type Fields = Readonly<Record<string, unknown>>;
type Waiting = { readonly resolve: (result: Fields) => void; readonly reject: (error: Error) => void };

/** One browser with a profile of its own. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  /** Ids of the loads of pages that have ended. */
  readonly #loaded = new Set<unknown>();
  readonly #afterLoad = new Set<() => void>();
  #lastId = 0;

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.#child = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('close', () => this.#refuseAll(new Error('the browser closed its DevTools connection')));
  }

  /**
   * Starts a browser.
   *
   * @throws Error with what it said when it does not start
   */
  static async start(path: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'mochila-browser-'));
    // A browser of the superuser has no sandbox.
    const own = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(path, [...FLAGS, ...own, `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      const socket = new WebSocket(await addressOf(child));
      await new Promise<void>((resolve, reject) => socket.once('open', () => resolve()).once('error', reject));
      return new Browser(child, profile, socket);
    } catch (error) {
      await end(child, profile);
      throw error;
    }
  }

  /**
   * Opens a page and evaluates an expression in it; a promise is awaited.
   *
   * @returns its value, which must be one that JSON can hold
   * @throws Error with what the page threw
   */
  async evaluate(url: string, expression: string): Promise<unknown> {
    const { targetId } = await this.#ask('Target.createTarget', { url: 'about:blank' });
    const sessionId = String((await this.#ask('Target.attachToTarget', { targetId, flatten: true }))['sessionId']);
    await this.#open(sessionId, url);
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#ask('Runtime.evaluate', asked, sessionId);
    if (exceptionDetails !== undefined) throw new Error(`the page threw: ${JSON.stringify(exceptionDetails)}`);
    return fieldsOf(result)['value'];
  }

  /** Ends it and removes its profile. */
  async stop(): Promise<void> {
    this.#socket.close();
    await end(this.#child, this.#profile);
  }

  /** Ends when the page is there: an expression evaluated before would run in the empty page that a target begins with. */
  async #open(sessionId: string, url: string): Promise<void> {
    await this.#ask('Page.enable', {}, sessionId);
    await this.#ask('Page.setLifecycleEventsEnabled', { enabled: true }, sessionId);
    const { loaderId, errorText } = await this.#ask('Page.navigate', { url }, sessionId);
    if (errorText !== undefined) throw new Error(`the browser cannot open ${url}: ${String(errorText)}`);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${url} did not load within ${OPEN_MS} ms`)), OPEN_MS);
      const look = (): void => {
        if (!this.#loaded.has(loaderId)) return;
        clearTimeout(timer);
        this.#afterLoad.delete(look);
        resolve();
      };
      this.#afterLoad.add(look);
      look();
    });
  }

  #ask(method: string, params: Fields, sessionId?: string): Promise<Fields> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
  }

  #hear(text: string): void {
    const { id, result, error, method, params } = fieldsOf(JSON.parse(text));
    if (id === undefined) {
      const { name, loaderId } = fieldsOf(params);
      if (method !== 'Page.lifecycleEvent' || name !== 'load') return;
      this.#loaded.add(loaderId);
      for (const look of this.#afterLoad) look();
      return;
    }
    const waiting = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    if (error === undefined) waiting?.resolve(fieldsOf(result));
    else waiting?.reject(new Error(JSON.stringify(error)));
  }

  #refuseAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the browser did not start within ${START_MS} ms: ${said}`)), START_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const address = ADDRESS.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the browser ended with ${code} before it listened: ${said}`));
    });
  });
}

async function end(child: ChildProcess, profile: string): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }
  // Its helpers may write for a moment longer.
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
