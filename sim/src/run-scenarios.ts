/** Plays bad days on the true engine and writes their reports. */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { playScenario } from './play-scenario.ts';
import { type Asked, readArguments } from './read-arguments.ts';
import { burstFigures } from './record/burst-times.ts';
import { comparisonRows, reportHtml, reportJson, runLine } from './report/report.ts';
import type { Scenario } from './scenario.ts';

/**
 * Runs what a command line asks for.
 *
 * @returns the exit code: 0 when everything held
 */
export async function runScenarios(words: readonly string[]): Promise<number> {
  const read = readArguments(words);
  if ('chosen' in read) return runAll(read);
  (read.exitCode === 0 ? console.log : console.error)(read.words);
  return read.exitCode;
}

async function runAll(asked: Asked): Promise<number> {
  const failed: string[] = [];
  for (const scenario of asked.chosen) if (!(await runOne(scenario, asked))) failed.push(scenario.id);
  if (failed.length > 0) console.error(`\nsomething did not hold in ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

/** Plays, writes the report, tells the outcome. @returns whether everything held. */
async function runOne(scenario: Scenario, { form, seed, out }: Asked): Promise<boolean> {
  console.log(`\n${scenario.id} ${scenario.title}`);
  const onProgress = (words: string): void => console.error(`  ... ${words}`);
  const layered = await playScenario(scenario, { form, engine: 'layered', seed, onProgress });
  const bare = scenario.notCompared === undefined ? await playScenario(scenario, { form, engine: 'bare', seed, onProgress }) : null;
  for (const { name, holds, detail } of layered.checks) console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${name}: ${detail}`);
  for (const [name, value] of [...layered.figures, ...burstFigures(layered.bursts)]) console.log(`       ${name}: ${value}`);
  if (bare !== null) {
    console.log(`       ${''.padEnd(52)} ${'with layers'.padStart(22)} ${'without'.padStart(22)}`);
    for (const [name, ours, theirs] of comparisonRows(layered, bare))
      console.log(`       ${name.padEnd(52)} ${ours.padStart(22)} ${theirs.padStart(22)}`);
  }
  console.log(`       ${runLine(layered, seed, form)}`);
  const input = { scenario, seed, form, layered, bare };
  const page = join(out, `${scenario.id}.html`);
  writeFileSync(page, reportHtml(input));
  writeFileSync(join(out, `${scenario.id}.json`), reportJson(input));
  console.log(`       ${relative('.', page)}`);
  return layered.checks.every(({ holds }) => holds);
}
