/** History in SQL: one implementation over the dialects of SQLite and PostgreSQL. */
import {
  type BorrowLendMoveFilter,
  type BorrowLendPosition,
  type BorrowLendPositionFilter,
  type CandleQuery,
  type DeleveragingFilter,
  type DepositFilter,
  type DustFilter,
  type EpochSummary,
  type FillFilter,
  type FundingPaymentFilter,
  type FundMoveFilter,
  type HistoryCheckpoint,
  HistoryGap,
  type HistoryList,
  HistoryMismatch,
  type HistoryPage,
  type HistoryStore,
  HistoryUnavailable,
  type HistoryWrite,
  type InterestFilter,
  type InterestPayment,
  type OrderFilter,
  type PositionFilter,
  type ReceiptFilter,
  type SettlementFilter,
  type WithdrawalFilter,
} from '@mochila/ports';
import type * as rows from '@mochila/protocol';
import { type Dialect, Kysely, sql, type Transaction } from 'kysely';
import { paymentPositionId, positionFunding, positionInterest, positionRate } from './lending-expressions.ts';
import { atLeast, equals, fieldsOf, isBelow, isIn, type Listing, listRows, openIs } from './list-rows.ts';
import { readCandles, readPoolHistory } from './market-rows.ts';
import { migrate, type OwnSteps } from './migrations.ts';
import { TABLE_NAMES, TABLE_SPECS } from './table-specs.ts';
import { type ManyRows, type Placeholder, writeRows } from './write-rows.ts';

/** What differs between databases. */
export interface SqlFlavour {
  readonly dialect: Dialect;
  readonly placeholder: Placeholder;
  /** How one statement is carried out for many rows. */
  readonly manyRows: ManyRows;
  /** Ends a select so that the row is locked for this transaction; empty where the transaction locks everything. */
  readonly lockRow: string;
  /** Steps of the tables that only this database has. */
  readonly ownSteps: OwnSteps;
  /** Does not make or change tables: for readers beside a writer. */
  readonly isReadOnly: boolean;
}

/** Implements the port over any flavour. */
export class SqlHistoryStore implements HistoryStore {
  readonly #db: Kysely<unknown>;
  readonly #flavour: SqlFlavour;

  constructor(flavour: SqlFlavour) {
    this.#flavour = flavour;
    this.#db = new Kysely<unknown>({ dialect: flavour.dialect });
  }

  open(venueId: string): Promise<void> {
    return this.#try('opening', async (db) => {
      if (!this.#flavour.isReadOnly) {
        await migrate(db, this.#flavour.ownSteps);
        await sql`insert into history_checkpoint values (1, ${venueId}, 0, 0) on conflict do nothing`.execute(db);
      }
      const { rows: found } = await sql<{ venueId: string }>`select venue_id as "venueId" from history_checkpoint`.execute(db);
      const foundId = found[0]?.venueId ?? '';
      if (foundId !== venueId) throw new HistoryMismatch(foundId, venueId);
    });
  }

  close(): Promise<void> {
    return this.#db.destroy();
  }

  checkpoint(): Promise<HistoryCheckpoint> {
    return this.#try('reading the checkpoint', (db) => this.#readCheckpoint(db, ''));
  }

  write(piece: HistoryWrite): Promise<void> {
    return this.#try('writing', (db) =>
      db.transaction().execute(async (transaction) => {
        const { seq } = await this.#readCheckpoint(transaction, this.#flavour.lockRow);
        if (piece.toSeq <= seq) return;
        if (piece.fromSeq !== seq + 1) throw new HistoryGap(seq, piece.fromSeq);
        await writeRows(transaction, this.#flavour, piece.rows);
        await sql`update history_checkpoint set seq = ${piece.toSeq}, time_micros = ${piece.toMicros}`.execute(transaction);
      }),
    );
  }

  clear(): Promise<void> {
    return this.#try('clearing', (db) =>
      db.transaction().execute(async (transaction) => {
        await this.#readCheckpoint(transaction, this.#flavour.lockRow);
        for (const name of TABLE_NAMES) await sql`delete from ${sql.table(TABLE_SPECS[name].table)}`.execute(transaction);
        await sql`update history_checkpoint set seq = 0, time_micros = 0`.execute(transaction);
      }),
    );
  }

  orders({ account, markets, orderId }: OrderFilter, page: HistoryPage): Promise<HistoryList<rows.OrderRow>> {
    return this.#list({
      table: 'orders',
      page,
      conditions: [equals('account', account), isIn('market', markets), equals('orderId', orderId)],
    });
  }

  fills({ account, markets, orderId, origins, fromMicros, toMicros }: FillFilter, page: HistoryPage): Promise<HistoryList<rows.FillRow>> {
    const times = [atLeast('timeMicros', fromMicros), isBelow('timeMicros', toMicros)];
    const conditions = [equals('account', account), isIn('market', markets), equals('orderId', orderId), isIn('origin', origins), ...times];
    return this.#list({ table: 'fills', page, conditions });
  }

  positions({ account, markets, isOpen }: PositionFilter, page: HistoryPage): Promise<HistoryList<rows.PositionRow>> {
    const conditions = [equals('account', account), isIn('market', markets), openIs(isOpen)];
    return this.#list<rows.PositionRow>({ table: 'positions', page, conditions, extra: { fundingAtoms: positionFunding } });
  }

  fundingPayments({ account, markets }: FundingPaymentFilter, page: HistoryPage): Promise<HistoryList<rows.FundingPaymentRow>> {
    return this.#list({ table: 'fundingPayments', page, conditions: [equals('account', account), isIn('market', markets)] });
  }

  fundingRates(market: number, page: HistoryPage): Promise<HistoryList<rows.FundingRateRow>> {
    return this.#list({ table: 'fundingRates', page, conditions: [equals('market', market)] });
  }

  interestPayments({ account, assets, positionId }: InterestFilter, page: HistoryPage): Promise<HistoryList<InterestPayment>> {
    const ofPosition = positionId === undefined ? undefined : sql`${paymentPositionId} = ${positionId}`;
    const conditions = [equals('account', account), isIn('asset', assets), ofPosition];
    return this.#list<InterestPayment>({ table: 'interestPayments', page, conditions, extra: { positionId: paymentPositionId } });
  }

  borrowLendMoves(filter: BorrowLendMoveFilter, page: HistoryPage): Promise<HistoryList<rows.BorrowLendMoveRow>> {
    const { account, assets, positionId, eventType, sources } = filter;
    const kinds = [equals('eventType', eventType), isIn('source', sources)];
    const conditions = [equals('account', account), isIn('asset', assets), equals('positionId', positionId), ...kinds];
    return this.#list({ table: 'borrowLendMoves', page, conditions });
  }

  borrowLendPositions(filter: BorrowLendPositionFilter, page: HistoryPage): Promise<HistoryList<BorrowLendPosition>> {
    const { account, assets, side, isOpen } = filter;
    const conditions = [equals('account', account), isIn('asset', assets), equals('side', side), openIs(isOpen)];
    const extra = { interestAtoms: positionInterest, averageRate: positionRate };
    return this.#list<BorrowLendPosition>({ table: 'borrowLendPositions', page, conditions, extra });
  }

  settlements({ account, sources }: SettlementFilter, page: HistoryPage): Promise<HistoryList<rows.SettlementRow>> {
    return this.#list({ table: 'settlements', page, conditions: [equals('account', account), isIn('source', sources)] });
  }

  epochs(page: HistoryPage): Promise<HistoryList<EpochSummary>> {
    return this.#try('reading epochs', async (db) => {
      const list = await listRows<rows.EpochRow>(db, { table: 'epochs', page, conditions: [] });
      const markets = list.rows.length === 0 ? [] : await readEpochMarkets(db, list.rows);
      return { ...list, rows: list.rows.map((row) => ({ ...row, markets: markets.filter(({ epoch }) => epoch === row.epoch) })) };
    });
  }

  deposits({ account, fromMicros, toMicros }: DepositFilter, page: HistoryPage): Promise<HistoryList<rows.DepositRow>> {
    const conditions = [equals('account', account), atLeast('timeMicros', fromMicros), isBelow('timeMicros', toMicros)];
    return this.#list({ table: 'deposits', page, conditions });
  }

  withdrawals(filter: WithdrawalFilter, page: HistoryPage): Promise<HistoryList<rows.WithdrawalRow>> {
    const { account, withdrawal, clientReference, fromMicros, toMicros } = filter;
    const times = [atLeast('requestedAtMicros', fromMicros), isBelow('requestedAtMicros', toMicros)];
    const conditions = [equals('account', account), equals('withdrawal', withdrawal), equals('clientReference', clientReference), ...times];
    return this.#list({ table: 'withdrawals', page, conditions });
  }

  dustConversions({ account, assets, conversion }: DustFilter, page: HistoryPage): Promise<HistoryList<rows.DustConversionRow>> {
    const conditions = [equals('account', account), isIn('asset', assets), equals('conversion', conversion)];
    return this.#list({ table: 'dustConversions', page, conditions });
  }

  transfers(account: number, page: HistoryPage): Promise<HistoryList<rows.TransferRow>> {
    return this.#list({ table: 'transfers', page, conditions: [sql`(t.from_account = ${account} or t.to_account = ${account})`] });
  }

  receipts(filter: ReceiptFilter, page: HistoryPage): Promise<HistoryList<rows.ReceiptHistoryRow>> {
    const { account, kinds, markets, place, fromMicros, toMicros } = filter;
    const times = [atLeast('timeMicros', fromMicros), isBelow('timeMicros', toMicros)];
    const one = [equals('seq', place?.seq), equals('ix', place?.ix)];
    const conditions = [equals('account', account), isIn('kind', kinds), isIn('market', markets), ...times, ...one];
    return this.#list({ table: 'receipts', page, conditions });
  }

  deleveragings({ markets, fromMicros, toMicros }: DeleveragingFilter, page: HistoryPage): Promise<HistoryList<rows.DeleveragingRow>> {
    const conditions = [isIn('market', markets), atLeast('timeMicros', fromMicros), isBelow('timeMicros', toMicros)];
    return this.#list({ table: 'deleveragings', page, conditions });
  }

  fundMoves({ assets, moves, fromMicros, toMicros }: FundMoveFilter, page: HistoryPage): Promise<HistoryList<rows.FundMoveRow>> {
    const times = [atLeast('timeMicros', fromMicros), isBelow('timeMicros', toMicros)];
    return this.#list({ table: 'fundMoves', page, conditions: [isIn('asset', assets), isIn('move', moves), ...times] });
  }

  accounts(user: number, page: HistoryPage): Promise<HistoryList<rows.AccountRow>> {
    return this.#list({ table: 'accounts', page, conditions: [equals('user', user)] });
  }

  trades(market: number, page: HistoryPage): Promise<HistoryList<rows.TradeRow>> {
    return this.#list({ table: 'trades', page, conditions: [equals('market', market)] });
  }

  candles(query: CandleQuery): Promise<rows.Candle[]> {
    return this.#try('reading candles', (db) => readCandles(db, query));
  }

  poolHistory(asset: number, times: { fromMicros: number; toMicros: number; periodMicros: number }): Promise<rows.PoolMinuteRow[]> {
    return this.#try('reading pools', (db) => readPoolHistory(db, asset, times));
  }

  #list<Row extends rows.RowPlace>(listing: Listing<Row>): Promise<HistoryList<Row>> {
    return this.#try(`reading ${listing.table}`, (db) => listRows(db, listing));
  }

  async #readCheckpoint(db: Kysely<unknown> | Transaction<unknown>, lockRow: string): Promise<HistoryCheckpoint> {
    const query = sql<HistoryCheckpoint>`select seq, time_micros as "timeMicros" from history_checkpoint ${sql.raw(lockRow)}`;
    const { rows: found } = await query.execute(db);
    return found[0] ?? { seq: 0, timeMicros: 0 };
  }

  async #try<T>(operation: string, act: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
    try {
      return await act(this.#db);
    } catch (error) {
      // A page that was asked for wrongly is the asker's, everything else the world's.
      if (error instanceof HistoryGap || error instanceof HistoryMismatch || error instanceof RangeError) throw error;
      throw new HistoryUnavailable(operation, error);
    }
  }
}

async function readEpochMarkets(db: Kysely<unknown>, epochs: readonly rows.EpochRow[]): Promise<rows.EpochMarketRow[]> {
  const ids = epochs.map(({ epoch }) => epoch);
  const { rows: found } = await sql<rows.EpochMarketRow>`
    select ${fieldsOf({ table: 'epochMarkets' })} from epoch_markets as t where t.epoch in (${sql.join(ids)}) order by t.epoch, t.market
  `.execute(db);
  return found;
}
