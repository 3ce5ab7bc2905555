/** `mochila backstop` and `notes`: what accounts offer to take over in liquidation, and what the fund paid for one. */
import {
  type BackstopCapacity,
  type BackstopPosting,
  backstopCapacity,
  type DebtNote,
  getBackstop,
  listDebtNotes,
  repayDebtNote,
  updateBackstop,
} from '@mochila/sdk';
import type { Command } from 'commander';
import { type Column, writeTable } from '../output/table.ts';
import { readAmount, readSymbol, wholeNumber } from '../read-words.ts';
import { type Session, sessionOf } from '../session.ts';

const NOTHING = { capital: '0', maxNotional: '0', maxPerMinute: '0', maxPerHour: '0' };

type OfferFlags = { readonly capital: string; readonly notional: string; readonly minute: string; readonly hour: string };

/** Adds the commands. */
export function addBackstop(program: Command): void {
  const backstop = program
    .command('backstop')
    .description('offer to take over positions and debts in liquidation; docs/guides/backstop.md says what that promises');
  backstop.command('list').description('what all providers offer together, in every market').action(showCapacity);
  backstop.command('own').description('what you offer, and what of it is used').action(showOwn);
  addOffer(backstop);
  backstop
    .command('end')
    .description('end the offer in a market; it stands until the notice of an hour is over')
    .argument('<market>', 'such as SOL_USDC_PERP', readSymbol)
    .action(async (symbol: string, _flags: object, command: Command) => {
      const session = sessionOf(command);
      writePostings(session, await updateBackstop(session.sign(), { symbol, ...NOTHING }));
    });
  addNotes(program);
}

function addOffer(backstop: Command): void {
  backstop
    .command('offer')
    .description('offer in a market; more counts at once, less after the notice of an hour')
    .argument('<market>', 'such as SOL_USDC_PERP; a spot market for debts of its base', readSymbol)
    .requiredOption('--capital <usdc>', 'USDC that is ring-fenced for it', readAmount)
    .requiredOption('--notional <usdc>', 'carried at once, at most', readAmount)
    .requiredOption('--minute <usdc>', 'taken in 60 seconds, at most', readAmount)
    .requiredOption('--hour <usdc>', 'taken in 3,600 seconds, at most', readAmount)
    .addHelpText('after', '\nExample:\n  mochila backstop offer SOL_USDC_PERP --capital 5000 --notional 15000 --minute 5000 --hour 15000')
    .action(async (symbol: string, { capital, notional, minute, hour }: OfferFlags, command: Command) => {
      const session = sessionOf(command);
      const offer = { symbol, capital, maxNotional: notional, maxPerMinute: minute, maxPerHour: hour };
      writePostings(session, await updateBackstop(session.sign(), offer));
    });
}

function addNotes(program: Command): void {
  const notes = program.command('notes').description('debt notes: what the fund paid for the account when it had nothing left');
  notes
    .command('list')
    .description('list what is left to repay; nothing else ever does')
    .action(async (_flags: object, command: Command) => {
      const session = sessionOf(command);
      writeNotes(session, await listDebtNotes(session.sign()));
    });
  notes
    .command('repay')
    .description('repay a note, whole or in part')
    .argument('<id>', 'number of the note', wholeNumber(0, 1e15 - 1))
    .argument('<quantity>', 'amount of its asset', readAmount)
    .addHelpText('after', '\nExample:\n  mochila notes repay 3 12.5')
    .action(async (id: number, quantity: string, _flags: object, command: Command) => {
      const session = sessionOf(command);
      writeNotes(session, [await repayDebtNote(session.sign(), { id, quantity })]);
    });
}

async function showCapacity(_flags: object, command: Command): Promise<void> {
  const { open, write, paint } = sessionOf(command);
  const markets = await backstopCapacity(open());
  const columns: Column<BackstopCapacity>[] = [
    { title: 'market', value: ({ symbol }) => paint.strong(symbol) },
    { title: 'providers', value: ({ providers }) => String(providers), isNumber: true },
    { title: 'capital', value: ({ capital }) => capital, isNumber: true },
    { title: 'carries at most', value: ({ maxNotional }) => maxNotional, isNumber: true },
    { title: 'takes now', value: ({ free }) => free, isNumber: true },
  ];
  write(markets, () => writeTable(markets, columns, paint, 'There are no markets.'));
}

async function showOwn(_flags: object, command: Command): Promise<void> {
  const session = sessionOf(command);
  writePostings(session, await getBackstop(session.sign()));
}

function writePostings({ write, paint }: Session, postings: readonly BackstopPosting[]): void {
  const columns: Column<BackstopPosting>[] = [
    { title: 'market', value: ({ symbol }) => paint.strong(symbol) },
    { title: 'capital', value: ({ capital }) => capital, isNumber: true },
    { title: 'carried', value: ({ carried, maxNotional }) => `${carried} of ${maxNotional}`, isNumber: true },
    { title: 'in a minute', value: ({ takenInMinute, maxPerMinute }) => `${takenInMinute} of ${maxPerMinute}`, isNumber: true },
    { title: 'in an hour', value: ({ takenInHour, maxPerHour }) => `${takenInHour} of ${maxPerHour}`, isNumber: true },
    { title: 'takes now', value: ({ free }) => free, isNumber: true },
    { title: 'notice', value: noticeText },
  ];
  write(postings, () => writeTable(postings, columns, paint, 'You offer nothing.'));
}

function noticeText({ notice }: BackstopPosting): string {
  if (notice === null) return '-';
  const { capital, maxNotional, maxPerMinute, maxPerHour, endsAt } = notice;
  const words = capital === '0' ? 'ends' : `capital ${capital}, carries ${maxNotional}, ${maxPerMinute} a minute, ${maxPerHour} an hour`;
  return `${words} at ${endsAt.slice(11, 19)} UTC`;
}

function writeNotes({ write, paint }: Session, notes: readonly DebtNote[]): void {
  const columns: Column<DebtNote>[] = [
    { title: 'note', value: ({ id }) => paint.strong(String(id)), isNumber: true },
    { title: 'left to repay', value: ({ quantity, symbol }) => `${quantity} ${symbol}`, isNumber: true },
    { title: 'since (UTC)', value: ({ createdAt }) => createdAt.slice(0, 19).replace('T', ' ') },
  ];
  write(notes, () => writeTable(notes, columns, paint, 'No debt notes.'));
}
