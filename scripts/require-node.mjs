// Stops with a clear word when Node cannot run TypeScript unbuilt. Plain JavaScript: an old Node must be able to read it.
// The scripts of package.json load it first: `node --import ./scripts/require-node.mjs <file>.ts`.

import process from 'node:process';

const MAJOR_MIN = 22;
const MINOR_MIN = 18;

const parts = process.versions.node.split('.').map(Number);
const isNewEnough = parts[0] > MAJOR_MIN || (parts[0] === MAJOR_MIN && parts[1] >= MINOR_MIN);

if (!isNewEnough) {
  console.error(
    [
      `Mochila runs TypeScript unbuilt and needs Node ${MAJOR_MIN}.${MINOR_MIN} or newer; this is Node ${process.versions.node} (${process.platform} ${process.arch}).`,
      'Usually `npm ci` brings a pinned Node 24 into node_modules/.bin. It is missing here: either `npm ci` was not run,',
      'or optional dependencies were left out, or there is no pinned build for this platform.',
      'What to do: run `npm ci` without --omit=optional, or install Node 24 on the system.',
    ].join('\n'),
  );
  process.exit(1);
}
