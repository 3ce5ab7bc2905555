/** Programs of the venue that the CLI starts: what they need (journal, socket of the operator) is no business of a client. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CliFault } from './cli-fault.ts';

/** How a program ended, and what it wrote to its standard output when that was kept. */
export type ToolEnd = { readonly exitCode: number; readonly output: string };

/**
 * Runs a program of the venue. Its errors and its progress go to the terminal.
 *
 * @param name file in the tools of the venue, without extension
 * @param isKept whether its output is kept, rather than shown
 * @throws CliFault where the CLI was installed without the venue
 */
export function runVenueTool(
  name: 'operator' | 'verify-journal' | 'rebuild-history' | 'find-receipts',
  args: readonly string[],
  isKept: boolean,
): Promise<ToolEnd> {
  const tool = fileURLToPath(new URL(`../../venue/src/tools/${name}.ts`, import.meta.url));
  if (!existsSync(tool))
    throw new CliFault(`This needs the venue's own programs, and ${tool} is not there: run it from a clone of the repository.`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tool, ...args], { stdio: ['ignore', isKept ? 'pipe' : 'inherit', 'inherit'] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
