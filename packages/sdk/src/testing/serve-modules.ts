/** Serves the files of this repository to a browser as plain ES modules: types taken off, packages named by their place. */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { extname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** The package in `import { x } from '@mochila/units'`: what is neither a path nor an address, and stands in no comment. */
const PACKAGE = /(?<=^(?:import|export)\b(?:[^;'"]*\bfrom)?\s*)(['"])(@?[a-z][^'"]*)\1/gm;

/** A server that runs. */
export type ModuleServer = {
  /** Of an empty page. */
  readonly url: string;
  /** Where the browser finds a file, as a path. */
  readonly pathOf: (file: string) => string;
  readonly close: () => Promise<void>;
};

/** Starts one on a free port of this machine. */
export async function serveModules(): Promise<ModuleServer> {
  const server = createServer(({ url = '/' }, response) => answer(new URL(url, 'http://127.0.0.1').pathname, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  return { url: `http://127.0.0.1:${port}/`, pathOf, close };
}

function answer(path: string, response: ServerResponse): void {
  if (path === '/') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>a page</title>');
    return;
  }
  const file = resolve(ROOT, `.${path}`);
  if (!file.startsWith(ROOT) || !['.ts', '.js'].includes(extname(file))) {
    response.writeHead(404).end();
    return;
  }
  try {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(moduleOf(file));
  } catch (error) {
    // The browser says which module it did not get, the text why.
    response.writeHead(500).end(String(error));
  }
}

function moduleOf(file: string): string {
  const text = readFileSync(file, 'utf8');
  const script = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  return script.replaceAll(PACKAGE, (_all, quote: string, name: string) => {
    if (name.startsWith('node:')) throw new Error(`${file} imports ${name}, which browsers have not`);
    return `${quote}${pathOf(createRequire(file).resolve(name))}${quote}`;
  });
}

function pathOf(file: string): string {
  return `/${relative(ROOT, file).split(sep).join('/')}`;
}
