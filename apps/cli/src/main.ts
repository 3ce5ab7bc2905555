/** `mochila`. */
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
  process.exitCode = report(error);
}

function report(error: unknown): number {
  const { exitCode, code, message, lines } = reportFault(error);
  const paint = createPaint({ isTerminal: process.stderr.isTTY === true, environment: process.env });
  const [first = '', ...rest] = lines;
  if (first === '') return exitCode;
  const isJson = process.argv.includes('--json');
  const text = isJson ? JSON.stringify({ error: { code, message } }) : [`${paint.bad('error:')} ${first}`, ...rest].join('\n');
  process.stderr.write(`${text}\n`);
  return exitCode;
}
