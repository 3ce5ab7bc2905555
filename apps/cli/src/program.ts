/** All commands of the CLI. */
import { Command } from 'commander';
import { addBackstop } from './commands/backstop.ts';
import { addBook } from './commands/book.ts';
import { addCapital } from './commands/capital.ts';
import { addHistory } from './commands/history.ts';
import { addJournal } from './commands/journal.ts';
import { addKeys } from './commands/keys.ts';
import { addLending } from './commands/lending.ts';
import { addMark } from './commands/mark.ts';
import { addMarkets } from './commands/markets.ts';
import { addMoney } from './commands/money.ts';
import { addOperator } from './commands/operator.ts';
import { addOrder } from './commands/order.ts';
import { addReceipt } from './commands/receipt.ts';
import { addStatus } from './commands/status.ts';
import { addStress } from './commands/stress.ts';

const VERSION = '0.1.0';

const HELP = `
Start with:
  mochila status                                   is a venue running?
  mochila keys new                                 a key; a sandbox gives it test money
  mochila markets
  mochila book SOL_USDC_PERP                       live, until ctrl-c
  mochila order buy 1 SOL_USDC_PERP --market
  mochila positions

Environment: MOCHILA_URL, MOCHILA_KEY (a secret), MOCHILA_KEYS (the key file), MOCHILA_DATA_DIR, NO_COLOR.
Exit codes: 0 done, 1 refused, 2 used wrongly, 3 venue not reached.`;

/** Makes the program. */
export function createProgram(): Command {
  const program = new Command('mochila')
    .description('A client of the Mochila exchange for people and scripts')
    .version(VERSION)
    .option('--url <address>', 'where the venue is (default http://127.0.0.1:7400)')
    .option('--key <name>', 'name of a key of this machine')
    .option('--json', 'answer JSON, for scripts')
    .addHelpText('after', HELP)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined }) // `main.ts` words errors, as JSON too
    .exitOverride();
  for (const add of [
    addStatus,
    addMarkets,
    addMark,
    addBook,
    addOrder,
    addMoney,
    addLending,
    addCapital,
    addBackstop,
    addReceipt,
    addStress,
    addKeys,
    addJournal,
    addHistory,
    addOperator,
  ])
    add(program);
  for (const command of allOf(program)) command.exitOverride().configureHelp({ showGlobalOptions: true });
  return program;
}

function allOf(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allOf(child)]);
}
