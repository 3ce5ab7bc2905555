/** `mochila`. */
import { CommanderError } from 'commander';
import { createPaint } from './output/paint.ts';
import { EXIT, reportFault } from './output/report-fault.ts';
import { createProgram } from './program.ts';

// A pipe that closes early, as that of `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? exitCodeOf(error) : report(error);
}

function report(error: unknown): number {
  const { exitCode, code, lines } = reportFault(error);
  const paint = createPaint({ isTerminal: process.stderr.isTTY === true, environment: process.env });
  const [first = '', ...rest] = lines;
  if (first === '') return exitCode;
  const isJson = process.argv.includes('--json');
  const text = isJson ? JSON.stringify({ error: { code, message: first } }) : [`${paint.bad('error:')} ${first}`, ...rest].join('\n');
  process.stderr.write(`${text}\n`);
  return exitCode;
}

/** Commander has said what was wrong; help that was asked for is no error. */
function exitCodeOf({ exitCode, code }: CommanderError): number {
  return exitCode === 0 || code === 'commander.help' ? EXIT.done : EXIT.usage;
}
