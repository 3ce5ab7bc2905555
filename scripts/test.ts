// `npm test [-- filter...]`: the checks of the repository, then every test; ends with one line that counts both.
// With filters only the matching test files run, without the checks.

import { startVitest } from 'vitest/node';
import { printCheckResults, runChecks } from './checks.ts';
import { closingLine, countChecks, countTests, leftOutLines, type Tally } from './tally.ts';

const filters = process.argv.slice(2);
const tally: Tally = { passed: 0, failed: 0 };

if (filters.length === 0) {
  const results = await runChecks();
  printCheckResults(results);
  countChecks(results, tally);
}

const vitest = await startVitest('test', filters, { watch: false, run: true });
countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length, tally);
for (const line of leftOutLines(vitest.state.getTestModules())) console.log(line);
await vitest.close();

console.log(closingLine(tally));
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
