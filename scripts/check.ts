// `npm run check [name...]`: the checks of the repository that need no test to run.

import { checkNames, printCheckResults, runChecks } from './checks.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !checkNames.includes(name));

if (unknown.length > 0) {
  console.error(`There is no check named ${unknown.join(', ')}. The checks are: ${checkNames.join(', ')}.`);
  process.exitCode = 2;
} else {
  const results = await runChecks(names);
  printCheckResults(results);
  if (results.some((result) => !result.isPassed)) process.exitCode = 1;
}
