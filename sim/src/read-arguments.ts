/** The words after `npm run scenario --`. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Form, Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';

/** What is asked for. */
export interface Asked {
  readonly chosen: readonly Scenario[];
  readonly form: Form;
  readonly seed: number;
  /** An existing directory. */
  readonly out: string;
}

/** What to print instead, and the exit code. */
export interface Told {
  readonly words: string;
  readonly exitCode: number;
}

const SEED_MAX = 2 ** 32 - 1;

/** How the command is used. */
export const USAGE = `npm run scenario -- ID [ID ...] [--short] [--seed N] [--out DIR]

  ID       one of the below, or all
  --short  the small form that the tests run
  --seed   another world of the same day, 0 to ${SEED_MAX} (1)
  --out    where the reports go (scenario-reports)

${scenarios.map(({ id, title }) => `  ${id.padEnd(4)} ${title}`).join('\n')}
`;

/** Reads the words and makes the directory of the reports: a play that takes minutes should not end without a place for its report. */
export function readArguments(words: readonly string[]): Asked | Told {
  try {
    return readParsed(parseWords(words));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // What parseArgs throws says which option it does not know, or which value is missing.
    return refuse(error.message);
  }
}

function parseWords(words: readonly string[]): Parsed {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'scenario-reports' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...values, ids: positionals.map((id) => id.toUpperCase()) };
}

interface Parsed {
  readonly short: boolean;
  readonly seed: string;
  readonly out: string;
  readonly help: boolean;
  readonly ids: readonly string[];
}

function readParsed({ short, seed, out, help, ids }: Parsed): Asked | Told {
  if (help) return { words: USAGE, exitCode: 0 };
  if (ids.length === 0) return { words: USAGE, exitCode: 2 };
  const known = scenarios.map(({ id }) => id);
  const unknown = ids.filter((id) => id !== 'ALL' && !known.includes(id));
  if (unknown.length > 0)
    return refuse(`There is no scenario ${unknown.join(', ')}. There are ${known.join(', ')}, and all of them by: all`);
  if (!/^\d{1,10}$/.test(seed) || Number(seed) > SEED_MAX)
    return refuse(`--seed takes a whole number from 0 to ${SEED_MAX}, not "${seed}"`);
  const directory = resolve(out);
  const fault = makeDirectory(directory);
  if (fault !== null) return refuse(`The reports cannot go to ${directory}: ${fault}. Name another directory with --out`);
  const chosen = scenarios.filter(({ id }) => ids.includes('ALL') || ids.includes(id));
  return { chosen, form: short ? 'short' : 'full', seed: Number(seed), out: directory };
}

/** @returns why it cannot be, in words; null when it is there. */
function makeDirectory(directory: string): string | null {
  try {
    makeEach(directory);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

/** One at a time: where a file system lets nobody make any, the recursive call of Node 24 never returns. */
function makeEach(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(directory);
  if (parent !== directory) makeEach(parent);
  mkdirSync(directory);
}

function refuse(fault: string): Told {
  return { words: `${fault}\nnpm run scenario -- --help tells how it is used.`, exitCode: 2 };
}
