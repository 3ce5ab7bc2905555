// `npm run new-command -- <command> <event>`: makes the files of a new command and enters it in the contract.
// Example: npm run new-command -- freezeAccount accountFrozen

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNames, NameTaken, planCommand } from './new-command/plan-command.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const [command = '', event = ''] = process.argv.slice(2);
const refusal = checkNames(command, event);

try {
  if (refusal === undefined) make();
  else refuse(`${refusal}\nUsage: npm run new-command -- <command> <event>, for example: freezeAccount accountFrozen`);
} catch (error) {
  if (!(error instanceof NameTaken)) throw error;
  refuse(error.message);
}

function refuse(words: string): void {
  console.error(words);
  process.exitCode = 2;
}

function make(): void {
  const files = planCommand({ command, event, read });
  const taken = files.find(({ path, isNew }) => isNew && existsSync(join(ROOT, path)));
  if (taken !== undefined) throw new NameTaken(taken.path);
  for (const { path, text, isNew } of files) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`${isNew ? 'made   ' : 'changed'} ${path}`);
  }
  console.log('Next: fields of the record and the event, the case in the engine switch, its rejects and their rows in the test,');
  console.log('the document, a vector of its codec, its weight in the simulation. Then npm run format and npm test.');
}
