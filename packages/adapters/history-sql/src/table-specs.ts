/** How rows become columns: for each table its columns in order, its key, and what a row that is there already becomes. */
import type { HistoryTables } from '@mochila/protocol';

/** What a column becomes when its row is there: the new value, or an expression of the old (`stored.`) and the new (`new.`). */
export type Joining = 'new' | { readonly sql: string };

/** One table. `joins` is empty where rows never change. */
export interface TableSpec<Row> {
  /** Name in SQL. */
  readonly table: string;
  readonly columns: readonly (keyof Row & string)[];
  readonly key: readonly (keyof Row & string)[];
  readonly joins: { readonly [Column in keyof Row]?: Joining };
}

/** All tables by name. */
export type TableSpecs = { readonly [Name in keyof HistoryTables]: TableSpec<HistoryTables[Name]> };

const ORDER_COLUMNS = [
  'clientId',
  'side',
  'orderKind',
  'timeInForce',
  'isPostOnly',
  'isReduceOnly',
  'selfTradePrevention',
  'priceTicks',
  'quantityLots',
  'quoteAtoms',
  'executedLots',
  'executedQuoteAtoms',
  'status',
  'expiryReason',
  'createdAtMicros',
  'triggeredAtMicros',
  'triggerBy',
  'triggerPriceTicks',
  'triggerQuantity',
  'triggerIsPercent',
  'takeProfitTriggerTicks',
  'takeProfitTriggerBy',
  'takeProfitLimitTicks',
  'stopLossTriggerTicks',
  'stopLossTriggerBy',
  'stopLossLimitTicks',
  'slippageKind',
  'slippageTolerance',
  'relatedOrderId',
  'origin',
] as const;

const POSITION_COLUMNS = [
  'sizeLots',
  'realizedPnlAtoms',
  'fundingAtoms',
  'feesAtoms',
  'closedLots',
  'liquidatedLots',
  'liquidationFeesAtoms',
  'openBidLots',
  'openAskLots',
  'openedAtMicros',
  'closedAtMicros',
  'closingTicks',
  'updatedSeq',
] as const;

const WITHDRAWAL_COLUMNS = [
  'account',
  'asset',
  'quantityAtoms',
  'feeAtoms',
  'status',
  'releaseAtMicros',
  'requestedAtMicros',
  'address',
  'blockchain',
  'clientReference',
  'transactionHash',
  'updatedSeq',
] as const;

const POOL_COLUMNS = ['poolState', 'lentAtoms', 'borrowedAtoms', 'lendRate', 'borrowRate', 'utilization'] as const;

/** The tables. */
export const TABLE_SPECS: TableSpecs = {
  orders: {
    table: 'orders',
    // As their fields stand in the rows, which is the fast way to read them.
    columns: ['account', 'market', 'orderId', ...ORDER_COLUMNS, 'seq', 'ix', 'updatedSeq', 'updatedAtMicros'],
    key: ['orderId'],
    joins: allNew(['account', 'market', ...ORDER_COLUMNS, 'updatedSeq', 'updatedAtMicros']),
  },
  fills: appended('fills', [
    'seq',
    'ix',
    'account',
    'market',
    'tradeId',
    'orderId',
    'clientId',
    'side',
    'priceTicks',
    'quantityLots',
    'feeAtoms',
    'isMaker',
    'origin',
    'timeMicros',
  ]),
  positions: {
    table: 'positions',
    columns: ['account', 'market', 'positionId', 'seq', 'ix', 'entryCostAtoms', 'entryLots', ...POSITION_COLUMNS],
    key: ['account', 'market', 'positionId'],
    joins: {
      ...allNew(POSITION_COLUMNS),
      entryCostAtoms: { sql: 'case when new.entry_lots = 0 then stored.entry_cost_atoms else new.entry_cost_atoms end' },
      entryLots: { sql: 'case when new.entry_lots = 0 then stored.entry_lots else new.entry_lots end' },
    },
  },
  fundingPayments: appended('funding_payments', ['seq', 'ix', 'account', 'market', 'amountAtoms', 'ratePpb', 'sizeLots', 'hourEndMicros']),
  fundingRates: appended('funding_rates', ['seq', 'ix', 'market', 'ratePpb', 'isPaid', 'hourEndMicros']),
  interestPayments: appended('interest_payments', ['seq', 'ix', 'account', 'asset', 'side', 'amountAtoms', 'rate', 'hourEndMicros']),
  borrowLendMoves: appended('borrow_lend_moves', [
    'seq',
    'ix',
    'account',
    'asset',
    'eventType',
    'quantityAtoms',
    'source',
    'positionAtoms',
    'positionId',
    'orderId',
    'timeMicros',
  ]),
  borrowLendPositions: {
    table: 'borrow_lend_positions',
    columns: [
      'account',
      'asset',
      'positionId',
      'seq',
      'ix',
      'side',
      'quantityAtoms',
      'source',
      'openedAtMicros',
      'closedAtMicros',
      'updatedSeq',
    ],
    key: ['account', 'asset', 'positionId'],
    joins: allNew(['quantityAtoms', 'closedAtMicros', 'updatedSeq']),
  },
  settlements: appended('settlements', ['seq', 'ix', 'account', 'source', 'amountAtoms', 'timeMicros']),
  epochs: appended('epochs', ['seq', 'ix', 'epoch', 'accounts', 'borrowsAtoms', 'feesAtoms', 'fundAtoms', 'closedAtMicros']),
  epochMarkets: appended('epoch_markets', ['seq', 'ix', 'epoch', 'market', 'markTicks', 'gainsAtoms', 'lossesAtoms']),
  deposits: appended('deposits', [
    'seq',
    'ix',
    'deposit',
    'account',
    'asset',
    'amountAtoms',
    'isFaucet',
    'reference',
    'fromAddress',
    'timeMicros',
  ]),
  withdrawals: {
    table: 'withdrawals',
    columns: ['withdrawal', 'seq', 'ix', ...WITHDRAWAL_COLUMNS],
    key: ['withdrawal'],
    joins: allNew(WITHDRAWAL_COLUMNS),
  },
  dustConversions: appended('dust_conversions', [
    'seq',
    'ix',
    'conversion',
    'account',
    'asset',
    'quantityAtoms',
    'usdcAtoms',
    'timeMicros',
  ]),
  transfers: appended('transfers', ['seq', 'ix', 'fromAccount', 'toAccount', 'asset', 'quantityAtoms', 'timeMicros']),
  accounts: appended('accounts', ['seq', 'ix', 'account', 'user', 'subIndex', 'isSandbox', 'createdAtMicros']),
  receipts: appended('receipts', [
    'seq',
    'ix',
    'account',
    'receipt',
    'role',
    'kind',
    'market',
    'asset',
    'stage',
    'ruleVersion',
    'actsOmitted',
    'lines',
    'timeMicros',
  ]),
  deleveragings: appended('deleveragings', [
    'seq',
    'ix',
    'market',
    'neededLots',
    'takenLots',
    'overshootLots',
    'markTicks',
    'priceTicks',
    'deficitAtoms',
    'cashAtoms',
    'leftAtoms',
    'winners',
    'timeMicros',
  ]),
  fundMoves: appended('fund_moves', ['seq', 'ix', 'move', 'asset', 'amountAtoms', 'timeMicros']),
  trades: appended('trades', [
    'seq',
    'ix',
    'market',
    'tradeId',
    'priceTicks',
    'quantityLots',
    'quoteAtoms',
    'buyerOrderId',
    'sellerOrderId',
    'isBuyerMaker',
    'timeMicros',
  ]),
  candles: {
    table: 'candles',
    columns: ['market', 'priceType', 'interval', 'startMicros', 'open', 'high', 'low', 'close', 'volumeLots', 'quoteAtoms', 'trades'],
    key: ['market', 'priceType', 'interval', 'startMicros'],
    joins: {
      high: { sql: 'case when new.high > stored.high then new.high else stored.high end' },
      low: { sql: 'case when new.low < stored.low then new.low else stored.low end' },
      close: 'new',
      volumeLots: { sql: 'stored.volume_lots + new.volume_lots' },
      quoteAtoms: { sql: 'stored.quote_atoms + new.quote_atoms' },
      trades: { sql: 'stored.trades + new.trades' },
    },
  },
  poolMinutes: {
    table: 'pool_minutes',
    columns: ['asset', 'minuteMicros', ...POOL_COLUMNS],
    key: ['asset', 'minuteMicros'],
    joins: allNew(POOL_COLUMNS),
  },
};

/** Names of all tables. */
export const TABLE_NAMES: readonly (keyof HistoryTables)[] = [
  'orders',
  'fills',
  'positions',
  'fundingPayments',
  'fundingRates',
  'interestPayments',
  'borrowLendMoves',
  'borrowLendPositions',
  'settlements',
  'epochs',
  'epochMarkets',
  'deposits',
  'withdrawals',
  'dustConversions',
  'transfers',
  'accounts',
  'receipts',
  'deleveragings',
  'fundMoves',
  'trades',
  'candles',
  'poolMinutes',
];

/** Name of a column in SQL. @example columnName('closedAtMicros') // 'closed_at_micros' */
export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function appended<Row extends { seq: number; ix: number }>(table: string, columns: readonly (keyof Row & string)[]): TableSpec<Row> {
  return { table, columns, key: ['seq', 'ix'], joins: {} };
}

function allNew<Column extends string>(columns: readonly Column[]): { [C in Column]: 'new' } {
  const joins: { [column: string]: 'new' } = {};
  for (const column of columns) joins[column] = 'new';
  return isAllNew(joins, columns) ? joins : fail();
}

function isAllNew<Column extends string>(joins: object, columns: readonly Column[]): joins is { [C in Column]: 'new' } {
  return columns.every((column) => Object.hasOwn(joins, column));
}

function fail(): never {
  throw new TypeError('a column is missing');
}
