/**
 * Runs a module in a world that has what browsers have and nothing of Node: no `process`, no `Buffer`, no `node:` modules.
 *
 * `node --experimental-vm-modules run-without-node.ts FILE URL`: the module's `run(url)` is awaited, its answer printed as JSON.
 */
import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { resolve } from 'node:path';
import { createContext, SourceTextModule } from 'node:vm';

/** Names that every browser of today has; of the language itself those whose kind is looked at across the border. */
const WEB = [
  ...['fetch', 'Headers', 'Request', 'Response', 'URL', 'URLSearchParams', 'WebSocket', 'AbortController', 'AbortSignal'],
  ...['TextEncoder', 'TextDecoder', 'crypto', 'performance', 'atob', 'btoa', 'structuredClone', 'queueMicrotask', 'console'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Event', 'EventTarget', 'MessageEvent', 'DOMException'],
  ...['Uint8Array', 'ArrayBuffer', 'Error', 'TypeError', 'RangeError'],
];

const [, , file = '', url = ''] = process.argv;
const context = createContext(Object.fromEntries(WEB.map((name) => [name, Reflect.get(globalThis, name)])));
const modules = new Map<string, SourceTextModule>();

const entry = load(resolve(file));
await entry.link((specifier, { identifier }) => load(locate(specifier, identifier)));
await entry.evaluate();
const answer: unknown = await Reflect.get(entry.namespace, 'run')(url);
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));

function locate(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return resolve(from, '..', specifier);
  if (specifier.startsWith('node:')) throw new Error(`${from} imports ${specifier}, which browsers have not`);
  return createRequire(from).resolve(specifier);
}

function load(path: string): SourceTextModule {
  const known = modules.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  const module = new SourceTextModule(path.endsWith('.ts') ? stripTypeScriptTypes(text) : text, { context, identifier: path });
  modules.set(path, module);
  return module;
}
