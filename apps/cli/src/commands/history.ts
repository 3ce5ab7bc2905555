/** `mochila history`. */
import type { Command } from 'commander';
import { runVenueTool } from '../venue-tool.ts';

/** Adds the commands. */
export function addHistory(program: Command): void {
  program
    .command('history')
    .description('look after the history of a venue on this machine')
    .command('rebuild')
    .description('fill history again from the journal; the venue must not run meanwhile')
    .argument('[directory]', 'data directory of the venue', process.env['MOCHILA_DATA_DIR'] ?? '.mochila')
    .option('--history <url>', 'PostgreSQL that keeps the history; SQLite in the data directory without it')
    .addHelpText(
      'after',
      '\nExample:\n  mochila history rebuild .mochila\n\nEnds with 0 when it is done, 1 when it failed, 2 when the venue runs or there is none.',
    )
    .action(async (directory: string, { history }: { readonly history?: string }) => {
      const { exitCode } = await runVenueTool(
        'rebuild-history',
        [directory, ...(history === undefined ? [] : ['--history', history])],
        false,
      );
      process.exitCode = exitCode;
    });
}
