/** `mochila receipt`. */
import { existsSync, readFileSync } from 'node:fs';
import {
  type Client,
  getReceipt,
  listReceipts,
  parseReceipt,
  type Receipt,
  type ReceiptCheck,
  type ReceiptSummary,
  verifyReceipt,
} from '@mochila/sdk';
import type { Command } from 'commander';
import { CliFault } from '../cli-fault.ts';
import { receiptText, verdictText } from '../output/receipt-text.ts';
import { type Column, writeTable } from '../output/table.ts';
import { readSymbol, wholeNumber } from '../read-words.ts';
import { checkInJournal } from '../receipt-in-journal.ts';
import { sessionOf, textFlag } from '../session.ts';
import { runVenueTool } from '../venue-tool.ts';

const MICROS_PER_MILLI = 1_000;
const ROWS = 20;

/** Adds the commands. */
export function addReceipt(program: Command): void {
  const receipt = program.command('receipt').description('what the venue did to the account by itself, and whether its numbers hold');
  addList(receipt);
  addShow(receipt);
  addVerify(receipt);
}

function addList(receipt: Command): void {
  receipt
    .command('list')
    .description('list receipts, newest first')
    .option('--market <symbol>', 'only this market', readSymbol)
    .option('--limit <rows>', 'how many', wholeNumber(1, 1_000), ROWS)
    .addHelpText('after', '\nExamples:\n  mochila receipt list\n  mochila receipt list --market SOL_USDC_PERP --limit 5')
    .action(async (flags: Record<string, unknown>, command: Command) => {
      const { sign, write, paint } = sessionOf(command);
      const symbol = textFlag(flags, 'market');
      const { rows } = await listReceipts(sign(), { limit: Number(flags['limit']), ...(symbol === undefined ? {} : { symbol }) });
      const columns: Column<ReceiptSummary>[] = [
        { title: 'id', value: ({ id }) => paint.strong(id) },
        { title: 'time', value: ({ timestampMicros }) => new Date(Math.floor(Number(timestampMicros) / MICROS_PER_MILLI)).toISOString() },
        { title: 'kind', value: ({ kind, role }) => (role === 'Owner' ? kind : `${kind} (counterparty)`) },
        { title: 'stage', value: ({ stage }) => stage ?? '-' },
        { title: 'about', value: ({ symbol: market, asset }) => market ?? asset ?? '-' },
      ];
      write(rows, () => writeTable(rows, columns, paint, 'The venue did nothing to this account by itself.'));
    });
}

function addShow(receipt: Command): void {
  receipt
    .command('show')
    .description('tell the story of a receipt, with the arithmetic')
    .argument('[receipt]', 'id of a receipt, or a file; the newest when absent')
    .addHelpText('after', '\nExamples:\n  mochila receipt show\n  mochila receipt show 91422-65536\n  mochila receipt show receipt.json')
    .action(async (which: string | undefined, _flags: object, command: Command) => {
      const { sign, write, paint } = sessionOf(command);
      const found = await findReceipt(which, sign);
      write(found, () => receiptText(found, paint));
    });
}

function addVerify(receipt: Command): void {
  receipt
    .command('verify')
    .description('compute a receipt again from its own numbers and say what matches')
    .argument('<receipt>', 'a file with the JSON of a receipt, or an id')
    .option('--data <directory>', 'look it up in the journal of a venue on this machine too')
    .addHelpText(
      'after',
      '\nExamples:\n  mochila receipt show 91422-65536 --json > receipt.json\n  mochila receipt verify receipt.json\n  mochila receipt verify receipt.json --data .mochila\n\nEnds with 0 when everything matches, 1 when not.',
    )
    .action(async (which: string, flags: Record<string, unknown>, command: Command) => {
      const { sign, write, paint } = sessionOf(command);
      const found = await findReceipt(which, sign);
      const own = verifyReceipt(found);
      const directory = textFlag(flags, 'data');
      const checks = directory === undefined ? own.checks : [...own.checks, await checkJournal(directory, found)];
      const verdict = { isGood: checks.every(({ isGood }) => isGood), checks };
      write(verdict, () => `${receiptText(found, paint)}\n\n${verdictText(verdict, paint)}`);
      if (!verdict.isGood) process.exitCode = 1;
    });
}

/** @param which - a file, an id, or nothing for the newest */
async function findReceipt(which: string | undefined, sign: () => Client): Promise<Receipt> {
  if (which !== undefined && existsSync(which)) return readReceipt(which);
  if (which !== undefined && !/^\d+-\d+$/.test(which))
    throw new CliFault(`"${which}" is neither a file nor the id of a receipt such as 91422-65536.`);
  const client = sign();
  const id = which ?? (await listReceipts(client, { limit: 1 })).rows[0]?.id;
  if (id === undefined) throw new CliFault('The venue did nothing to this account by itself: there is no receipt.', 1);
  return getReceipt(client, { id });
}

function readReceipt(file: string): Receipt {
  try {
    return parseReceipt(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliFault(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whether replaying the journal writes the same receipt. */
async function checkJournal(directory: string, receipt: Receipt): Promise<ReceiptCheck> {
  const { exitCode, output } = await runVenueTool('find-receipts', [directory, receipt.sequence], true);
  return checkInJournal(receipt, exitCode === 0 ? JSON.parse(output) : []);
}
