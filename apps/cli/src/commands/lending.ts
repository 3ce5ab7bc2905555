/** `mochila lend`, `redeem`, `borrow` and `repay`. */
import { ApiFault, type BorrowLendMarket, borrowLend, borrowLendMarkets, listBorrowLendPositions } from '@mochila/sdk';
import type { Command } from 'commander';
import { CliFault } from '../cli-fault.ts';
import { type Column, writeTable } from '../output/table.ts';
import { readAmount, readSymbol } from '../read-words.ts';
import { sessionOf } from '../session.ts';

/** What each word means to the venue, and on which side of zero the account has to stand for it. */
const ACTS = {
  lend: { side: 'Lend', needs: 'no debt', description: 'lend an amount of an asset', done: 'lent' },
  redeem: { side: 'Borrow', needs: 'lend', description: 'take back what is lent', done: 'redeemed' },
  borrow: { side: 'Borrow', needs: 'no lend', description: 'borrow an amount of an asset', done: 'borrowed' },
  repay: { side: 'Lend', needs: 'debt', description: 'pay back what is owed', done: 'repaid' },
} as const;

type ActName = keyof typeof ACTS;

/** Adds the commands. */
export function addLending(program: Command): void {
  addAct(program, 'lend', '\nExample:\n  mochila lend 1000 USDC');
  addAct(program, 'redeem', '\nExample:\n  mochila redeem 250 USDC');
  addAct(program, 'borrow', '\nExample:\n  mochila borrow 0.5 SOL');
  addAct(program, 'repay', '\nExample:\n  mochila repay 0.5 SOL');
  program.command('pools').description('list lending pools with their yearly rates').action(showPools);
}

function addAct(program: Command, name: ActName, example: string): void {
  const { side, needs, description, done } = ACTS[name];
  program
    .command(name)
    .description(description)
    .argument('<quantity>', 'amount of the asset', readAmount)
    .argument('<asset>', 'such as USDC', readSymbol)
    .addHelpText('after', example)
    .action(async (quantity: string, symbol: string, _flags: object, command: Command) => {
      const { sign, write } = sessionOf(command);
      const client = sign();
      const positions = await listBorrowLendPositions(client);
      const before = positions.find((position) => position.symbol === symbol)?.netQuantity ?? '0';
      requireStand(name, needs, symbol, before);
      try {
        await borrowLend(client, { symbol, side, quantity });
      } catch (error) {
        throw explain(name, symbol, before, error);
      }
      const after = (await listBorrowLendPositions(client)).find((position) => position.symbol === symbol)?.netQuantity ?? '0';
      write({ symbol, quantity, netQuantity: after }, () => `${done} ${quantity} ${symbol}; now ${describe(after, symbol)}`);
    });
}

/** The venue has two sides; people have four words. Where the word and the account do not fit, the other word is meant. */
function requireStand(name: ActName, needs: string, symbol: string, netQuantity: string): void {
  const value = Number(netQuantity);
  const now = describe(netQuantity, symbol);
  if (needs === 'no debt' && value < 0) throw new CliFault(`You have ${now}: pay it back with \`mochila repay\` before you lend.`, 1);
  if (needs === 'no lend' && value > 0) throw new CliFault(`You have ${now}: take it back with \`mochila redeem\` before you borrow.`, 1);
  if (needs === 'lend' && value <= 0) throw new CliFault(`There is nothing to ${name}: you have ${now}.`, 1);
  if (needs === 'debt' && value >= 0) throw new CliFault(`There is nothing to ${name}: you have ${now}.`, 1);
}

/** Where auto-lend was first nothing is available, though the account has plenty. */
function explain(name: ActName, symbol: string, netQuantity: string, error: unknown): unknown {
  if (name !== 'lend' || Number(netQuantity) <= 0 || !(error instanceof ApiFault) || error.code !== 'INSUFFICIENT_FUNDS') return error;
  return new CliFault(
    `${error.message}. You have ${describe(netQuantity, symbol)} already; while auto-lend is on, what is free is lent by itself.`,
    1,
  );
}

function describe(netQuantity: string, symbol: string): string {
  const value = Number(netQuantity);
  if (value === 0) return `no lend and no debt in ${symbol}`;
  return value > 0 ? `${netQuantity} ${symbol} lent` : `${netQuantity.slice(1)} ${symbol} owed`;
}

async function showPools(_flags: object, command: Command): Promise<void> {
  const { open, write, paint } = sessionOf(command);
  const pools = await borrowLendMarkets(open());
  const percent = (fraction: string): string => `${(Number(fraction) * 100).toFixed(2)} %`;
  const columns: Column<BorrowLendMarket>[] = [
    { title: 'asset', value: ({ symbol }) => paint.strong(symbol) },
    { title: 'lend rate', value: ({ lendInterestRate }) => percent(lendInterestRate), isNumber: true },
    { title: 'borrow rate', value: ({ borrowInterestRate }) => percent(borrowInterestRate), isNumber: true },
    { title: 'lent', value: ({ lentQuantity }) => lentQuantity, isNumber: true },
    { title: 'borrowed', value: ({ borrowedQuantity }) => borrowedQuantity, isNumber: true },
    { title: 'used', value: ({ utilization }) => percent(utilization), isNumber: true },
    { title: 'state', value: ({ state }) => (state === 'Open' ? state : paint.bad(state)) },
  ];
  write(pools, () => writeTable(pools, columns, paint, 'There are no lending pools.'));
}
