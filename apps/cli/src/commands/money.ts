/** `mochila positions`, `balances` and `account`. */
import {
  type FuturePositionWithMargin,
  getAccount,
  getBalances,
  getCollateral,
  listBorrowLendPositions,
  listPositions,
} from '@mochila/sdk';
import type { Command } from 'commander';
import type { Paint } from '../output/paint.ts';
import { type Column, writeFacts, writeTable } from '../output/table.ts';
import { sessionOf } from '../session.ts';

/** Adds the commands. */
export function addMoney(program: Command): void {
  program.command('positions').description('list open perpetual positions').action(showPositions);
  program.command('balances').description('list balances, lends and debts').action(showBalances);
  program.command('account').description('show equity, margin, fees and settings').action(showAccount);
}

async function showPositions(_flags: object, command: Command): Promise<void> {
  const { sign, write, paint } = sessionOf(command);
  const positions = await listPositions(sign());
  const columns: Column<FuturePositionWithMargin>[] = [
    { title: 'market', value: ({ symbol }) => paint.strong(symbol) },
    { title: 'size', value: ({ netQuantity }) => signed(netQuantity, paint), isNumber: true },
    { title: 'entry', value: ({ entryPrice }) => entryPrice, isNumber: true },
    { title: 'mark', value: ({ markPrice }) => markPrice, isNumber: true },
    { title: 'unrealised', value: ({ pnlUnrealized }) => signed(pnlUnrealized, paint), isNumber: true },
    { title: 'realised', value: ({ pnlRealized }) => signed(pnlRealized, paint), isNumber: true },
    { title: 'funding', value: ({ cumulativeFundingPayment }) => signed(cumulativeFundingPayment, paint), isNumber: true },
    {
      title: 'liquidation',
      value: ({ estLiquidationPrice }) => (Number(estLiquidationPrice) === 0 ? 'none' : estLiquidationPrice),
      isNumber: true,
    },
  ];
  write(positions, () => writeTable(positions, columns, paint, 'No open positions.'));
}

async function showBalances(_flags: object, command: Command): Promise<void> {
  const { sign, write, paint } = sessionOf(command);
  const client = sign();
  // One after the other: the first signed request of a new key makes its account.
  const balances = await getBalances(client);
  const lendings = await listBorrowLendPositions(client);
  const lent = new Map(lendings.map(({ symbol, netQuantity }) => [symbol, netQuantity]));
  const symbols = [...new Set([...Object.keys(balances), ...lent.keys()])];
  const rows = symbols.map((symbol) => ({ symbol, ...balances[symbol], lent: lent.get(symbol) ?? '0' }));
  const columns: Column<(typeof rows)[number]>[] = [
    { title: 'asset', value: ({ symbol }) => paint.strong(symbol) },
    { title: 'available', value: ({ available = '0' }) => available, isNumber: true },
    { title: 'in orders', value: ({ locked = '0' }) => locked, isNumber: true },
    { title: 'lent (+) or owed (-)', value: (row) => signed(row.lent, paint), isNumber: true },
  ];
  write({ balances, borrowLend: lendings }, () => writeTable(rows, columns, paint, 'No balances.'));
}

async function showAccount(_flags: object, command: Command): Promise<void> {
  const { sign, write, paint } = sessionOf(command);
  const client = sign();
  const account = await getAccount(client);
  const collateral = await getCollateral(client);
  const yes = (isOn: boolean): string => (isOn ? 'on' : 'off');
  write({ account, collateral }, () =>
    writeFacts(
      [
        ['equity', `${usd(collateral.netEquity)}, ${usd(collateral.netEquityAvailable)} free for new risk`],
        ['assets, debts', `${usd(collateral.assetsValue)}, ${usd(collateral.liabilitiesValue)}`],
        ['exposure', `${usd(collateral.netExposureFutures)} in perpetuals`],
        [
          'margin',
          collateral.marginFraction === null
            ? 'no exposure'
            : `fraction ${percent(collateral.marginFraction)}, liquidation below ${percent(collateral.mmf)}`,
        ],
        ['unrealised', signed(collateral.pnlUnrealized, paint)],
        [
          'fees (bp)',
          `spot ${account.spotMakerFee} maker, ${account.spotTakerFee} taker; perpetuals ${account.futuresMakerFee} maker, ${account.futuresTakerFee} taker`,
        ],
        ['leverage', `at most ${account.leverageLimit}`],
        [
          'settings',
          `auto-lend ${yes(account.autoLend)}, auto-repay ${yes(account.autoRepayBorrows)}, borrow to settle ${yes(account.autoBorrowSettlements)}`,
        ],
        ['open orders', `${account.limitOrders} on books, ${account.triggerOrders} waiting for a trigger`],
        ...(account.liquidating ? [['liquidation', paint.bad('this account is being liquidated')] as const] : []),
      ],
      paint,
    ),
  );
}

function usd(figure: string): string {
  return `${Number(figure).toFixed(2)} USD`;
}

function percent(fraction: string): string {
  return `${(Number(fraction) * 100).toFixed(2)} %`;
}

function signed(decimal: string, paint: Paint): string {
  const value = Number(decimal);
  return value === 0 ? decimal : value < 0 ? paint.bad(decimal) : paint.good(decimal);
}
