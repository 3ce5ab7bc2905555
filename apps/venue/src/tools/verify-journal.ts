/**
 * Replays a venue from its journal and compares it with its snapshots: `node apps/venue/src/tools/verify-journal.ts <data directory> [--json]`.
 * Progress goes to standard error. Ends with 0 when all is sound, 1 when not, 2 when there is nothing to verify.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type StateVerification, verifyJournal } from '@mochila/runtime';
import { DataDirectoryFault, findGenesis } from '../data-directory.ts';
import { journalDirectory, openStorage } from '../storage.ts';

const EXIT = { sound: 0, unsound: 1, nothing: 2 } as const;
const PROGRESS_EVERY_MS = 500;

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const directory = args.find((arg) => !arg.startsWith('--'));
process.exitCode = directory === undefined ? usage() : main(resolve(directory));

function usage(): number {
  process.stderr.write('usage: verify-journal.ts <data directory> [--json]\n');
  return EXIT.nothing;
}

function main(dataDirectory: string): number {
  try {
    const genesis = findGenesis(dataDirectory);
    if (genesis === null || !existsSync(journalDirectory(dataDirectory))) {
      process.stderr.write(`There is no venue in ${dataDirectory}: name its data directory, such as .mochila.\n`);
      return EXIT.nothing;
    }
    return report(verify(dataDirectory, genesis.venueId));
  } catch (error) {
    return reportFault(error);
  }
}

function verify(dataDirectory: string, venueId: string): StateVerification {
  const storage = openStorage({ directory: dataDirectory, venueId });
  const startedMs = performance.now();
  let shownMs = startedMs;
  const verification = verifyJournal(storage.createJournal(true), storage.createSnapshots(), ({ seq, toSeq, commandsPerSecond }) => {
    const nowMs = performance.now();
    if (nowMs - shownMs < PROGRESS_EVERY_MS && seq < toSeq) return;
    shownMs = nowMs;
    showProgress(`replayed ${seq} of ${toSeq} commands, ${Math.round(commandsPerSecond)} a second`);
  });
  showProgress(`verified in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  if (process.stderr.isTTY) process.stderr.write('\n');
  return verification;
}

function showProgress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
}

function report(verification: StateVerification): number {
  const { isSound, commands, stateHash, chainHash, snapshotsChecked } = verification;
  if (isJson) {
    process.stdout.write(`${JSON.stringify(verification)}\n`);
    return isSound ? EXIT.sound : EXIT.unsound;
  }
  const lines = [
    `${isSound ? 'ok' : 'NOT OK'}  ${commands} commands replayed from genesis`,
    `state   ${stateHash}`,
    `chain   ${chainHash}`,
    `snapshots checked: ${snapshotsChecked.length}`,
    ...snapshotsChecked.map(({ seq, isSame, reason }) => `  at ${seq}  ${isSame ? 'the same' : `DIFFERENT: ${reason}`}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return isSound ? EXIT.sound : EXIT.unsound;
}

function reportFault(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  if (isJson) process.stdout.write(`${JSON.stringify({ isSound: false, message })}\n`);
  else process.stdout.write(`NOT OK  ${message}\n`);
  return error instanceof DataDirectoryFault ? EXIT.nothing : EXIT.unsound;
}
