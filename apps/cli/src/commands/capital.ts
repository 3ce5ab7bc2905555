/** `mochila faucet`, `withdraw`, `transfer` and `settlements`. */
import {
  type Client,
  createSubaccount,
  faucet,
  listSubaccounts,
  listWithdrawals,
  requestWithdrawal,
  type SettlementEpoch,
  settlements,
  transfer,
  type Withdrawal,
} from '@mochila/sdk';
import type { Command } from 'commander';
import { chainOf } from '../chain-of.ts';
import { CliFault } from '../cli-fault.ts';
import { type Column, writeFacts, writeTable } from '../output/table.ts';
import { readAmount, readSymbol, wholeNumber } from '../read-words.ts';
import { sessionOf } from '../session.ts';

const WAIT_MS = 120_000;
const ASK_EVERY_MS = 1_000;
const SUBACCOUNTS_MAX = 65_535;

/** Adds the commands. */
export function addCapital(program: Command): void {
  addFaucet(program);
  addWithdraw(program);
  addTransfer(program);
  addSettlements(program);
}

function addFaucet(program: Command): void {
  program
    .command('faucet')
    .description('ask a sandbox for test money')
    .argument('<quantity>', 'amount of the asset', readAmount)
    .argument('<asset>', 'such as USDC', readSymbol)
    .addHelpText('after', '\nExample:\n  mochila faucet 1000 USDC')
    .action(async (quantity: string, symbol: string, _flags: object, command: Command) => {
      const { sign, write } = sessionOf(command);
      const grant = await faucet(sign(), { symbol, quantity });
      write(grant, () => `received ${grant.quantity} ${grant.symbol}`);
    });
}

function addWithdraw(program: Command): void {
  program
    .command('withdraw')
    .description('send an asset to an address outside')
    .argument('<quantity>', 'amount of the asset', readAmount)
    .argument('<asset>', 'such as USDC', readSymbol)
    .argument('<address>', 'where to send it')
    .option('--chain <name>', 'chain of the address, such as Solana; needed when the asset has several')
    .option('--client-id <id>', 'your own id of the withdrawal')
    .option('--wait', 'wait until it is confirmed')
    .addHelpText('after', '\nExample:\n  mochila withdraw 250 USDC 7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5 --chain Solana --wait')
    .action(
      async (
        quantity: string,
        symbol: string,
        address: string,
        flags: { chain?: string; clientId?: string; wait?: boolean },
        command: Command,
      ) => {
        const { sign, write, paint } = sessionOf(command);
        const client = sign();
        const blockchain = await chainOf(client, symbol, flags.chain);
        const own = flags.clientId === undefined ? {} : { clientId: flags.clientId };
        const asked = await requestWithdrawal(client, { symbol, quantity, address, blockchain, ...own });
        const withdrawal = flags.wait === true ? await waitFor(client, asked) : asked;
        write(withdrawal, () =>
          writeFacts(
            [
              ['withdrawal', String(withdrawal.id)],
              ['amount', `${withdrawal.quantity} ${withdrawal.symbol}, fee ${withdrawal.fee}`],
              ['to', `${withdrawal.toAddress} on ${withdrawal.blockchain}`],
              ['status', withdrawal.status],
              ...(withdrawal.transactionHash === null ? [] : [['transaction', withdrawal.transactionHash] as const]),
            ],
            paint,
          ),
        );
      },
    );
}

async function waitFor(client: Client, asked: Withdrawal): Promise<Withdrawal> {
  const endMs = Date.now() + WAIT_MS;
  for (let seconds = 0; Date.now() < endMs; seconds += 1) {
    const { rows } = await listWithdrawals(client, { id: asked.id });
    const [now] = rows;
    if (now !== undefined && now.status !== 'pending') return endProgress(now);
    showProgress(`withdrawal ${asked.id} is ${now?.status ?? asked.status}, ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new CliFault(`Withdrawal ${asked.id} is still on its way after ${WAIT_MS / 1_000} s. It goes on by itself.`, 1);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

function endProgress(withdrawal: Withdrawal): Withdrawal {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return withdrawal;
}

function addTransfer(program: Command): void {
  program
    .command('transfer')
    .description('move an asset to another account of yours')
    .argument('<quantity>', 'amount of the asset', readAmount)
    .argument('<asset>', 'such as USDC', readSymbol)
    .requiredOption('--to <subaccount>', 'index of the receiving account', wholeNumber(0, SUBACCOUNTS_MAX))
    .addHelpText('after', '\nExample:\n  mochila subaccounts create\n  mochila transfer 100 USDC --to 1')
    .action(async (quantity: string, symbol: string, flags: { to: number }, command: Command) => {
      const { sign, write } = sessionOf(command);
      const moved = await transfer(sign(), { symbol, quantity, toSubaccountId: flags.to });
      write(
        moved,
        () => `moved ${moved.quantity} ${moved.symbol} from account ${moved.fromSubaccountId} to account ${moved.toSubaccountId}`,
      );
    });
  const subaccounts = program.command('subaccounts').description('list your accounts, or open another');
  subaccounts
    .command('list', { isDefault: true })
    .description('list your accounts')
    .action(async (_flags: object, command: Command) => {
      const { sign, write, paint } = sessionOf(command);
      const accounts = await listSubaccounts(sign());
      const columns = [
        { title: 'index', value: (row: (typeof accounts)[number]) => String(row.subaccountId), isNumber: true },
        { title: 'account', value: (row: (typeof accounts)[number]) => String(row.accountId), isNumber: true },
      ];
      write(accounts, () => writeTable(accounts, columns, paint, 'No accounts.'));
    });
  subaccounts
    .command('create')
    .description('open another account, with money and risk of its own')
    .action(async (_flags: object, command: Command) => {
      const { sign, write } = sessionOf(command);
      const account = await createSubaccount(sign());
      write(account, () => `opened account ${account.subaccountId}; it has no money and no key yet`);
    });
}

function addSettlements(program: Command): void {
  program
    .command('settlements')
    .description('list the ten-second settlements')
    .option('--limit <n>', 'how many', wholeNumber(1, 1_000), 10)
    .action(async (flags: { limit: number }, command: Command) => {
      const { open, write, paint } = sessionOf(command);
      const epochs = await settlements(open(), { limit: flags.limit });
      const sum = ({ markets }: SettlementEpoch): string => markets.reduce((total, { gains }) => total + Number(gains), 0).toFixed(2);
      const columns: Column<SettlementEpoch>[] = [
        { title: 'epoch', value: ({ epoch }) => String(epoch), isNumber: true },
        { title: 'time (UTC)', value: ({ timestamp }) => timestamp.replace('T', ' ').slice(0, 19) },
        { title: 'accounts', value: ({ accounts }) => String(accounts), isNumber: true },
        { title: 'moved USDC', value: sum, isNumber: true },
        { title: 'borrowed', value: ({ borrows }) => borrows, isNumber: true },
        { title: 'fees', value: ({ fees }) => fees, isNumber: true },
        { title: 'fund', value: ({ fund }) => fund, isNumber: true },
      ];
      write(epochs, () => writeTable(epochs, columns, paint, 'No settlement yet: the first is ten seconds after the start.'));
    });
}
