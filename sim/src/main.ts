// `npm run scenario -- S1 [S2 ...] [--short] [--seed N] [--out DIR]`: plays bad days on the true engine and writes their reports.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { playScenario } from './play-scenario.ts';
import { comparisonRows, reportHtml, reportJson, runLine } from './report/report.ts';
import type { Form, Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';

const USAGE = `npm run scenario -- ID [ID ...] [--short] [--seed N] [--out DIR]

  ID       one of the below, or all
  --short  the small form that the tests run
  --seed   another world of the same day (1)
  --out    where the reports go (scenario-reports)

${scenarios.map(({ id, title }) => `  ${id.padEnd(4)} ${title}`).join('\n')}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'scenario-reports' },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = values.help || positionals.length === 0 ? usage(values.help) : await runAll();

function usage(isAsked: boolean): number {
  console.log(USAGE);
  return isAsked ? 0 : 2;
}

async function runAll(): Promise<number> {
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) return refuse(`--seed is a whole number, got ${values.seed}`);
  const unknown = positionals.filter((id) => id !== 'all' && !scenarios.some((scenario) => scenario.id === id.toUpperCase()));
  if (unknown.length > 0) return refuse(`there is no scenario ${unknown.join(', ')}; npm run scenario lists them`);
  const chosen = positionals.includes('all')
    ? scenarios
    : scenarios.filter(({ id }) => positionals.some((one) => one.toUpperCase() === id));
  const failed: Scenario[] = [];
  for (const scenario of chosen) if (!(await runOne(scenario, values.short ? 'short' : 'full', seed))) failed.push(scenario);
  if (failed.length > 0) console.error(`\nsomething did not hold in ${failed.map(({ id }) => id).join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

function refuse(message: string): number {
  console.error(message);
  return 2;
}

/** Plays, writes the report, tells the outcome. @returns whether everything held. */
async function runOne(scenario: Scenario, form: Form, seed: number): Promise<boolean> {
  console.log(`\n${scenario.id} ${scenario.title}`);
  const onProgress = (words: string): void => console.error(`  ... ${words}`);
  const layered = await playScenario(scenario, { form, engine: 'layered', seed, onProgress });
  const bare = scenario.isCompared ? await playScenario(scenario, { form, engine: 'bare', seed, onProgress }) : null;
  for (const { name, holds, detail } of layered.checks) console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${name}: ${detail}`);
  for (const [name, value] of layered.figures) console.log(`       ${name}: ${value}`);
  if (bare !== null) {
    console.log(`       ${''.padEnd(44)} ${'with layers'.padStart(18)} ${'without'.padStart(18)}`);
    for (const [name, ours, theirs] of comparisonRows(layered, bare))
      console.log(`       ${name.padEnd(44)} ${ours.padStart(18)} ${theirs.padStart(18)}`);
  }
  console.log(`       ${runLine(layered, seed, form)}`);
  const directory = resolve(values.out);
  mkdirSync(directory, { recursive: true });
  const input = { scenario, seed, form, layered, bare };
  writeFileSync(join(directory, `${scenario.id}.html`), reportHtml(input));
  writeFileSync(join(directory, `${scenario.id}.json`), reportJson(input));
  console.log(`       ${join(values.out, `${scenario.id}.html`)}`);
  return layered.checks.every(({ holds }) => holds);
}
