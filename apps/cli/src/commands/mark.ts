/** `mochila mark`. */
import { explainMark } from '@mochila/sdk';
import type { Command } from 'commander';
import { markText } from '../output/mark-text.ts';
import { readSymbol } from '../read-words.ts';
import { sessionOf } from '../session.ts';

/** Adds the command. */
export function addMark(program: Command): void {
  program
    .command('mark')
    .description('explain how the mark of a market came about, source by source and layer by layer')
    .argument('<symbol>', 'market, such as SOL_USDC_PERP', readSymbol)
    .addHelpText('after', '\nExamples:\n  mochila mark BTC_USDC_PERP\n  mochila mark msol_usdc --json')
    .action(async (symbol: string, _flags: unknown, command: Command) => {
      const { open, write, paint } = sessionOf(command);
      const explained = await explainMark(open(), { symbol });
      write(explained, () => markText(explained, paint));
    });
}
