/** `mochila operator`: what the operator of a venue on this machine can do while it runs. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { CliFault } from '../cli-fault.ts';
import { EXIT } from '../output/report-fault.ts';
import { writeFacts } from '../output/table.ts';
import { readAmount, readSymbol, wholeNumber } from '../read-words.ts';
import { type Session, sessionOf, textFlag } from '../session.ts';
import { runVenueTool } from '../venue-tool.ts';

const INDEX_MAX = 4_294_967_295;
const HELP = `
The venue must run on this machine, started by the same user; every act stands in its journal with the operator's name.

Examples:
  mochila operator status --data .mochila
  mochila operator book-state SOL_USDC_PERP PostOnly
  mochila operator fee-tier 12 3
  mochila operator deposit 7 1000 USDC --reference wire-2231`;

/** What the venue answers to its operator. */
export type OperatorAnswer =
  | { readonly ok: true; readonly seq?: number; readonly result: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Adds the commands. */
export function addOperator(program: Command): void {
  const operator = program
    .command('operator')
    .description('run a venue on this machine: states, tiers, deposits, parameters')
    .addHelpText('after', HELP);
  const add = (name: string, description: string): Command => addOperatorFlags(operator.command(name).description(description));
  add('status', 'sequence, time, accounts and orders').option('--hash', 'also the hash of the whole state').action(showStatus);
  add('audit', 'check every invariant over the whole state').action(audit);
  add('book-state', 'set what a book accepts')
    .argument('<market>', 'such as SOL_USDC_PERP', readSymbol)
    .argument('<state>', 'Open, PostOnly, LimitOnly, CancelOnly or Closed')
    .action((market: string, bookState: string, _flags: object, command: Command) => act(command, 'setBookState', { market, bookState }));
  add('pool-state', 'set what a lending pool accepts')
    .argument('<asset>', 'such as USDC', readSymbol)
    .argument('<state>', 'Open, RepayOnly or Closed')
    .action((asset: string, poolState: string, _flags: object, command: Command) => act(command, 'setPoolState', { asset, poolState }));
  add('fee-tier', 'put a user into a fee tier')
    .argument('<user>', 'index of the user', wholeNumber(0, INDEX_MAX))
    .argument('<tier>', 'index of the tier', wholeNumber(0, INDEX_MAX))
    .action((user: number, feeTier: number, _flags: object, command: Command) => act(command, 'setFeeTier', { user, feeTier }));
  add('deposit', 'credit a deposit by hand; the reference makes it happen once')
    .argument('<account>', 'index of the account', wholeNumber(0, INDEX_MAX))
    .argument('<quantity>', 'amount', readAmount)
    .argument('<asset>', 'such as USDC', readSymbol)
    .requiredOption('--reference <text>', 'what the deposit is known by')
    .action((account: number, quantity: string, asset: string, flags: { reference: string }, command: Command) =>
      act(command, 'creditDeposit', { account, quantity, asset, reference: flags.reference }),
    );
  add('parameters', 'replace the parameters of a listed market or asset')
    .argument('<file>', 'JSON of one whole listing, as genesis.json holds it')
    .action((file: string, _flags: object, command: Command) => act(command, 'updateParameters', { listing: readListing(file) }));
}

/** Adds the flags that say which venue, and who acts. */
export function addOperatorFlags(command: Command): Command {
  return command
    .option('--data <directory>', 'data directory of the venue', process.env['MOCHILA_DATA_DIR'] ?? '.mochila')
    .option('--operator <name>', 'who does this, for the journal', userInfo().username);
}

/**
 * Asks the venue.
 *
 * @throws CliFault when it refuses or cannot be reached
 */
export async function askOperator(command: Command, name: string, fields: object): Promise<{ seq?: number; result: unknown }> {
  const flags: Record<string, unknown> = command.opts();
  const request = JSON.stringify({ operator: textFlag(flags, 'operator') ?? '', command: name, fields });
  const { exitCode, output } = await runVenueTool('operator', [textFlag(flags, 'data') ?? '', request], true);
  // The program has said why.
  if (output === '') throw new CliFault('', exitCode === 0 ? EXIT.refused : EXIT.unreachable);
  const answer: OperatorAnswer = JSON.parse(output);
  if (!answer.ok) throw new CliFault(`${answer.message} (${answer.code})`, 1);
  return answer;
}

async function act(command: Command, name: string, fields: object): Promise<void> {
  const session: Session = sessionOf(command);
  const answer = await askOperator(command, name, fields);
  session.write(answer, () => `done: command ${answer.seq ?? ''} in the journal`);
}

async function showStatus(flags: { hash?: boolean }, command: Command): Promise<void> {
  const session = sessionOf(command);
  const { result } = await askOperator(command, 'status', { withHash: flags.hash === true });
  const facts = Object.entries(typeof result === 'object' && result !== null ? result : {}).map(
    ([name, value]) => [name, String(value)] as const,
  );
  session.write(result, () => writeFacts(facts, session.paint));
}

async function audit(_flags: object, command: Command): Promise<void> {
  const session = sessionOf(command);
  const { result } = await askOperator(command, 'audit', {});
  const broken: readonly unknown[] = Array.isArray(result) ? result : [result];
  session.write(broken, () => (broken.length === 0 ? session.paint.good('every invariant holds') : broken.map(String).join('\n')));
  if (broken.length > 0) process.exitCode = 1;
}

function readListing(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliFault(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
