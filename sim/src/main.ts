// `npm run scenario -- S1 [S2 ...] [--short] [--seed N] [--out DIR]`.
import { importLinked } from '@mochila/runtime';

const { runScenarios } = await importLinked<typeof import('./run-scenarios.ts')>(new URL('./run-scenarios.ts', import.meta.url), (reason) =>
  console.error(`the engine runs from its modules, the same and slower: ${reason}`),
);
process.exitCode = await runScenarios(process.argv.slice(2));
