/** `mochila journal`. */
import type { Command } from 'commander';
import { sessionOf } from '../session.ts';
import { runVenueTool } from '../venue-tool.ts';

/** Adds the commands. */
export function addJournal(program: Command): void {
  program
    .command('journal')
    .description('look into the journal of a venue on this machine')
    .command('verify')
    .description('replay the journal from its beginning and compare the state with every snapshot; the venue may run meanwhile')
    .argument('[directory]', 'data directory of the venue', process.env['MOCHILA_DATA_DIR'] ?? '.mochila')
    .addHelpText(
      'after',
      '\nExample:\n  mochila journal verify .mochila\n\nEnds with 0 when all is sound, 1 when not, 2 when there is no venue.',
    )
    .action(async (directory: string, _flags: object, command: Command) => {
      const { isJson } = sessionOf(command);
      const { exitCode } = await runVenueTool('verify-journal', [directory, ...(isJson ? ['--json'] : [])], false);
      process.exitCode = exitCode;
    });
}
