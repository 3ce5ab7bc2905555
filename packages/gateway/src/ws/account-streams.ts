/** The private streams: a log for every account that somebody listened to lately. */
import type { EngineLink } from '@mochila/ports';
import { balanceUpdatesOf, type OrderUpdate, receiptRowsOf } from '@mochila/projections';
import type { EngineEvent, EventBatch, EventFields } from '@mochila/protocol';
import type { FeedListener, MarketDataFeed } from '../market-data/market-data-feed.ts';
import type { VenueDirectory } from '../venue/directory.ts';
import { AccountLog } from './account-log.ts';
import { balanceUpdatePayload } from './balance-update.ts';
import { encodeFrame } from './channel.ts';
import { orderUpdatePayload } from './order-update.ts';
import { positionChangePayload, positionStartPayload } from './position-update.ts';
import { receiptSymbol, receiptUpdatePayload } from './receipt-update.ts';
import type { AccountLogRules } from './ws-rules.ts';

const SETTLEMENT_ASSET = 'USDC';

/** What the private streams are made of. */
export type AccountStreamsParts = {
  readonly engine: EngineLink;
  readonly directory: VenueDirectory;
  readonly feed: MarketDataFeed;
  readonly nowMicros: () => number;
  readonly rules: AccountLogRules;
};

/** Turns batches into the updates of accounts. Accounts that nobody listens to cost nothing. */
export class AccountStreams {
  readonly listener: FeedListener;
  readonly #parts: AccountStreamsParts;
  readonly #logs = new Map<number, AccountLog>();
  readonly #usdc: number;

  constructor(parts: AccountStreamsParts) {
    this.#parts = parts;
    this.#usdc = parts.directory.assets.findIndex(({ symbol }) => symbol === SETTLEMENT_ASSET);
    this.listener = { batch: (batch, orders) => this.#take(batch, orders) };
  }

  /** Accounts that are kept. */
  get size(): number {
    return this.#logs.size;
  }

  /**
   * The log of an account, from now on complete.
   *
   * @throws LinkFault when the engine does not answer
   */
  async open(account: number): Promise<AccountLog> {
    const log = this.#logs.get(account) ?? this.#create(account);
    log.idleSinceMs = 0;
    if (log.leverageLimit === null) {
      const { leverageLimit } = await this.#parts.engine.ask('account', { account });
      log.leverageLimit ??= leverageLimit;
    }
    return log;
  }

  /**
   * Frames of the positions of an account as they are now, for one stream.
   *
   * @param name `account.positionUpdate`, or with a symbol
   * @throws LinkFault when the engine does not answer
   */
  async positionFrames(log: AccountLog, name: string): Promise<Buffer[]> {
    const { engine, directory, feed, nowMicros } = this.#parts;
    const seq = log.lastSeq;
    const positions = await engine.ask('positions', { account: log.account });
    const stamp = { E: nowMicros(), T: feed.fold.timeMicros, seq };
    return positions
      .map((position) => ({ position, market: directory.marketAt(position.market) }))
      .filter(({ market }) => name === 'account.positionUpdate' || name === `account.positionUpdate.${market.symbol}`)
      .map(({ position, market }) => encodeFrame(name, JSON.stringify(positionStartPayload(market, position, stamp))));
  }

  /** Forgets accounts that nobody listened to for long, and the oldest of those when they are too many. */
  sweep(nowMs: number): void {
    const { idleMs, idleAccountsMax } = this.#parts.rules;
    const idle: AccountLog[] = [];
    for (const log of this.#logs.values()) {
      if (log.isListenedTo) log.idleSinceMs = 0;
      else {
        if (log.idleSinceMs === 0) log.idleSinceMs = nowMs;
        idle.push(log);
      }
    }
    idle.sort((one, other) => other.idleSinceMs - one.idleSinceMs);
    for (const [place, log] of idle.entries()) {
      if (place >= idleAccountsMax || nowMs - log.idleSinceMs > idleMs) this.#logs.delete(log.account);
    }
  }

  #create(account: number): AccountLog {
    const log = new AccountLog(account, this.#parts.feed.fold.seq, this.#parts.rules.updatesMax);
    this.#logs.set(account, log);
    return log;
  }

  #take(batch: EventBatch, orders: readonly OrderUpdate[]): void {
    if (this.#logs.size === 0) return;
    const { directory, nowMicros } = this.#parts;
    for (const update of orders) {
      const log = this.#logs.get(update.order.account);
      if (log === undefined) continue;
      const market = directory.marketAt(update.order.market);
      const stamp = { E: nowMicros(), seq: log.nextSeq(batch.seq) };
      log.add('account.orderUpdate', market.symbol, orderUpdatePayload(market, update, stamp));
    }
    for (const event of batch.events) {
      if (event.name === 'positionChanged') this.#takePosition(batch, event.fields);
      else if (event.name === 'accountUpdated') this.#takeSettings(event.fields);
    }
    this.#takeBalances(batch);
    this.#takeReceipts(batch);
  }

  #takePosition(batch: EventBatch, position: EventFields<'positionChanged'>): void {
    const log = this.#logs.get(position.account);
    if (log === undefined) return;
    const { directory, feed, nowMicros } = this.#parts;
    const market = directory.marketAt(position.market);
    if (!market.isPerp) return;
    const live = {
      markTicks: feed.markTicks(market.ix),
      leverageLimit: log.leverageLimit ?? directory.genesis.account.leverageLimitDefault,
    };
    const stamp = { E: nowMicros(), T: batch.timeMicros, seq: log.nextSeq(batch.seq) };
    log.add('account.positionUpdate', market.symbol, positionChangePayload(market, position, live, stamp));
  }

  #takeSettings({ account, leverageLimit }: EventFields<'accountUpdated'>): void {
    const log = this.#logs.get(account);
    if (log !== undefined) log.leverageLimit = leverageLimit;
  }

  #takeBalances(batch: EventBatch): void {
    const events = batch.events.filter((event) => isBalance(event) && this.#logs.has(event.fields.account));
    if (events.length === 0) return;
    const { directory, nowMicros } = this.#parts;
    for (const update of balanceUpdatesOf({ ...batch, events }, this.#usdc)) {
      const log = this.#logs.get(update.account);
      if (log === undefined) continue;
      const asset = directory.assetAt(update.asset);
      const stamp = { E: nowMicros(), T: batch.timeMicros, seq: log.nextSeq(batch.seq) };
      log.add('account.balanceUpdate', null, balanceUpdatePayload(asset, update, stamp));
    }
  }

  #takeReceipts(batch: EventBatch): void {
    const { directory, nowMicros } = this.#parts;
    for (const row of receiptRowsOf(batch, (account) => this.#logs.has(account))) {
      const log = this.#logs.get(row.account);
      if (log === undefined) continue;
      const stamp = { E: nowMicros(), seq: log.nextSeq(batch.seq) };
      log.add('account.receiptUpdate', receiptSymbol(directory, row), receiptUpdatePayload(directory, row, stamp));
    }
  }
}

function isBalance(event: EngineEvent): event is Extract<EngineEvent, { name: 'balanceChanged' | 'accountSettled' }> {
  return event.name === 'balanceChanged' || event.name === 'accountSettled';
}
