// `npm run bench`: every benchmark in a few minutes, results written to bench/results; `-- --short` for a half-minute form
// that writes nothing and fails below half of a floor it can judge (short-form.ts says which).
import { fileURLToPath } from 'node:url';
import { importLinked } from '@mochila/runtime';
import { formatFigures } from './figures.ts';
import { lookAround, writeResults } from './results.ts';
import { judgeShortForm } from './short-form.ts';

// As the core thread of a venue is.
const { measureAll } = await importLinked<typeof import('./all-figures.ts')>(new URL('./all-figures.ts', import.meta.url), (reason) =>
  console.error(`the modules are not linked, so the engine is slower than in a venue: ${reason}`),
);
const isShort = process.argv.includes('--short');
const where = lookAround();
const startedAt = performance.now();
const figures = await measureAll(isShort, (name) => console.error(`${((performance.now() - startedAt) / 1000).toFixed(0)} s: ${name}`));
console.log(formatFigures(figures));
if (isShort) {
  const failures = judgeShortForm(figures);
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
} else console.log(`\nwritten to ${writeResults(fileURLToPath(new URL('../results', import.meta.url)), where, figures)}.md`);
