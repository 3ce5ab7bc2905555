// The gate of a deployment, in a process of its own: verifies a stored journal by a build of the engine, whose source may
// differ in one place. `node verify-as-build.ts DIRECTORY VENUE [FILE FROM TO]`; prints what was found.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const [directory = '', venueId = '', file = '', from = '', to = ''] = process.argv.slice(2);
if (file !== '') {
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(file)) return loaded;
      const source = readFileSync(fileURLToPath(url), 'utf8');
      if (source.split(from).length !== 2) throw new Error(`${file} does not say ${from} once`);
      return { ...loaded, source: source.replace(from, to) };
    },
  });
}
// After the hooks: these bring the engine.
const { verifyJournal } = await import('@mochila/runtime');
const { openJournal, openSnapshots } = await import('./store-journal.ts');
console.log(JSON.stringify(verifyJournal(openJournal({ directory, venueId }, true), openSnapshots({ directory, venueId }))));
