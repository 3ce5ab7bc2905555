#!/usr/bin/env node
// Starts the CLI on a Node that runs TypeScript unbuilt. Plain JavaScript: an old Node must be able to read it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MAJOR_MIN = 22;
const MINOR_MIN = 18;
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > MAJOR_MIN || (major === MAJOR_MIN && minor >= MINOR_MIN)) await import(pathToFileURL(main).href);
else startElsewhere(findPinnedNode());

function findPinnedNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (let folder = dirname(main); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name, 'bin', file);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

function startElsewhere(node) {
  if (node === null) {
    console.error(
      `mochila needs Node ${MAJOR_MIN}.${MINOR_MIN} or newer; this is Node ${process.versions.node}, and no pinned one was found.`,
    );
    console.error('What to do: run `npm ci` without --omit=optional in the repository, or install Node 24 on the system.');
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends ctrl-c to both: the child ends as it sees fit, and this process with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  child.on('error', (error) => {
    console.error(`mochila could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
