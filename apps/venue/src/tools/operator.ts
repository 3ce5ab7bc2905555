/**
 * Tells a running venue what its operator wants: `node apps/venue/src/tools/operator.ts <data directory> <request as JSON>`.
 * Prints the answer as JSON. Ends with 0 when it was carried out, 1 when it was refused, 2 when the venue cannot be reached.
 */
import { connect } from 'node:net';
import { operatorAddress } from '../operator/operator-address.ts';

const ANSWER_MS = 20_000;
const EXIT = { done: 0, refused: 1, unreachable: 2 } as const;

const [directory, request] = process.argv.slice(2);
process.exitCode = directory === undefined || request === undefined ? usage() : await main(directory, request);

function usage(): number {
  process.stderr.write('usage: operator.ts <data directory> <request as JSON>\n');
  return EXIT.unreachable;
}

async function main(dataDirectory: string, line: string): Promise<number> {
  try {
    const answer = await ask(operatorAddress(dataDirectory), line);
    process.stdout.write(`${answer}\n`);
    const parsed: { readonly ok?: unknown } = JSON.parse(answer);
    return parsed.ok === true ? EXIT.done : EXIT.refused;
  } catch (error) {
    process.stderr.write(`${unreachable(dataDirectory, error)}\n`);
    return EXIT.unreachable;
  }
}

function ask(address: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address, () => socket.write(`${line.replaceAll('\n', ' ')}\n`));
    let text = '';
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error(`no answer within ${ANSWER_MS / 1_000} s`)));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (!text.includes('\n')) return;
      resolve(text.slice(0, text.indexOf('\n')));
      socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the venue closed the connection without an answer')));
  });
}

function unreachable(dataDirectory: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const help =
    code === 'EACCES'
      ? 'Only the user who started the venue may do this.'
      : code === 'ENOENT' || code === 'ECONNREFUSED'
        ? 'No venue runs on this directory: start it with `npm start -- --data DIR`, or name the right one with --data.'
        : 'Is the venue running?';
  return `The venue of ${dataDirectory} cannot be reached (${reason}). ${help}`;
}
