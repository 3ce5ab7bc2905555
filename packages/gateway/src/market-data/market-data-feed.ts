/**
 * The one fold of the engine's feed that a gateway keeps: books, trades, candles and marks of all markets, and open orders
 * by id. Routes read it, streams listen to it; the core thread is asked at the start only.
 */
import { type EngineLink, HistoryUnavailable } from '@mochila/ports';
import {
  type MarketData,
  MarketDataFold,
  type MarketDataListener,
  marketFactsOf,
  type OrderUpdate,
  OrderUpdates,
} from '@mochila/projections';
import type { EventBatch, Genesis } from '@mochila/protocol';
import { EngineFigures } from './engine-figures.ts';
import { HistoryBehind, loadMarketPast, type MarketPast, readMarketPast, type StoredHistory } from './load-market-history.ts';

/** What a feed is made of. */
export type MarketDataParts = {
  readonly engine: EngineLink;
  readonly genesis: Genesis;
  /** Where candles and trades of the past come from; null for a venue that keeps none. */
  readonly history: StoredHistory | null;
  /** Told when the past cannot be read: the venue goes on with what happens from now on. */
  readonly onHistoryFault: (fault: Error) => void;
  /** How long to wait for the history to catch up with the engine, in milliseconds. */
  readonly catchUpMs?: number;
  /** How long an answer of the engine is good for, in milliseconds. */
  readonly figuresKeptMs?: number;
};

/** Whoever follows folded market data, and the batches behind it. */
export type FeedListener = MarketDataListener & {
  /** A batch was folded, after the callbacks for its parts; `orders` are the orders that it changed. */
  batch?(batch: EventBatch, orders: readonly OrderUpdate[]): void;
};

const LEVELS_MAX = 1_000_000;
const ORDERS_PER_ASK = 4_096;
const CATCH_UP_MS = 30_000;
const CATCH_UP_POLL_MS = 20;

/** Market data of the venue, live. */
export class MarketDataFeed {
  readonly fold: MarketDataFold;
  readonly orders = new OrderUpdates();
  readonly figures: EngineFigures;
  readonly #listeners = new Set<FeedListener>();
  /** Batches that came while the folds were being loaded. */
  #waiting: EventBatch[] | null = [];
  #startMicros = 0;
  #marksAtStart: readonly number[] = [];
  readonly #stopFollowing: () => void;

  private constructor({ engine, genesis, figuresKeptMs }: MarketDataParts) {
    this.fold = new MarketDataFold(marketFactsOf(genesis), this.#relay());
    this.figures = new EngineFigures(engine, figuresKeptMs);
    this.#stopFollowing = engine.follow((batch) => {
      if (this.#waiting === null) this.#take(batch);
      else this.#waiting.push(batch);
    });
  }

  /**
   * Opens a feed: follows first, then asks for what there is, so that nothing falls in between.
   *
   * @throws LinkFault when the engine does not answer
   */
  static async open(parts: MarketDataParts): Promise<MarketDataFeed> {
    const feed = new MarketDataFeed(parts);
    try {
      await feed.#load(parts);
    } catch (fault) {
      feed.close();
      throw fault;
    }
    return feed;
  }

  /** Time of the venue: of its last command, also of one before this feed was opened, in microseconds. */
  get timeMicros(): number {
    return Math.max(this.fold.timeMicros, this.#startMicros);
  }

  /** Market data of a market by its index. @throws RangeError when there is none. */
  market(ix: number): MarketData {
    const market = this.fold.markets[ix];
    if (market === undefined) throw new RangeError(`there is no market ${ix}`);
    return market;
  }

  /** Last mark of a market, in ticks; 0 before the first. */
  markTicks(ix: number): number {
    return this.market(ix).mark?.markTicks ?? this.#marksAtStart[ix] ?? 0;
  }

  /** Adds a listener, which must not throw. @returns how to take it off */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops following the engine. */
  close(): void {
    this.#stopFollowing();
    this.#listeners.clear();
  }

  async #load({ engine, history, onHistoryFault, catchUpMs = CATCH_UP_MS }: MarketDataParts): Promise<void> {
    const { seq, timeMicros } = await engine.ask('status', { withHash: false });
    this.#startMicros = timeMicros;
    const pasts = history === null ? [] : await this.#readPast(history, seq, catchUpMs, onHistoryFault);
    for (const [ix, past] of pasts.entries()) loadMarketPast(this.market(ix), past);
    for (const [ix, market] of this.fold.markets.entries()) {
      market.depth.load(await engine.ask('depth', { market: ix, levels: LEVELS_MAX }));
    }
    const figures = await engine.ask('markets', {});
    this.fold.load(figures);
    this.#marksAtStart = figures.map(({ markTicks }) => markTicks);
    await this.#loadOrders(engine);
    this.#begin(pasts);
  }

  async #loadOrders(engine: EngineLink): Promise<void> {
    for (let afterSlot = -1; ; ) {
      const { orders, nextSlot } = await engine.ask('allOpenOrders', { afterSlot, limit: ORDERS_PER_ASK });
      this.orders.load(orders);
      if (nextSlot < 0) return;
      afterSlot = nextSlot;
    }
  }

  async #readPast(history: StoredHistory, seq: number, catchUpMs: number, onFault: (fault: Error) => void): Promise<readonly MarketPast[]> {
    try {
      await waitForHistory(history, seq, catchUpMs);
      const pasts: MarketPast[] = [];
      for (const ix of this.fold.markets.keys()) {
        pasts.push(await readMarketPast(history, ix, (after, through) => this.#wasTraded(ix, after, through)));
      }
      return pasts;
    } catch (fault) {
      // Trading never waits for history: charts begin now instead.
      if (!(fault instanceof HistoryUnavailable) && !(fault instanceof HistoryBehind)) throw fault;
      onFault(fault);
      return [];
    }
  }

  /** Whether a waiting batch holds a trade of a market. */
  #wasTraded(market: number, afterSeq: number, throughSeq: number): boolean {
    const batches = this.#waiting ?? [];
    return batches.some(
      ({ seq, events }) =>
        seq > afterSeq && seq <= throughSeq && events.some(({ name, fields }) => name === 'fill' && fields.market === market),
    );
  }

  /** Folds what came meanwhile, without the trades that history knew already, and goes live. */
  #begin(pasts: readonly MarketPast[]): void {
    const waiting = this.#waiting ?? [];
    // Orders need every batch in its order, and were loaded with those of the latest moment.
    for (const batch of waiting) this.orders.apply(batch);
    this.orders.finishLoading();
    for (const batch of waiting) this.fold.apply(withoutKnownTrades(batch, pasts));
    this.#waiting = null;
  }

  #take(batch: EventBatch): void {
    this.fold.apply(batch);
    const orders = this.orders.apply(batch);
    for (const listener of this.#listeners) listener.batch?.(batch, orders);
  }

  #relay(): Required<MarketDataListener> {
    const all = this.#listeners;
    return {
      level: (market, change, timeMicros) => {
        for (const listener of all) listener.level?.(market, change, timeMicros);
      },
      book: (market, timeMicros) => {
        for (const listener of all) listener.book?.(market, timeMicros);
      },
      trade: (market, trade) => {
        for (const listener of all) listener.trade?.(market, trade);
      },
      candleClosed: (market, priceType, closed) => {
        for (const listener of all) listener.candleClosed?.(market, priceType, closed);
      },
      mark: (market, mark, timeMicros) => {
        for (const listener of all) listener.mark?.(market, mark, timeMicros);
      },
    };
  }
}

async function waitForHistory(history: StoredHistory, seq: number, catchUpMs: number): Promise<void> {
  const untilMs = performance.now() + catchUpMs;
  for (;;) {
    const { seq: reached } = await history.checkpoint();
    if (reached >= seq) return;
    if (performance.now() > untilMs) throw new HistoryBehind(`history is at ${reached}, the engine at ${seq}: charts begin now`);
    await new Promise((resolve) => setTimeout(resolve, CATCH_UP_POLL_MS));
  }
}

function withoutKnownTrades(batch: EventBatch, pasts: readonly MarketPast[]): EventBatch {
  const isKnown = (market: number): boolean => batch.seq <= (pasts[market]?.seq ?? 0);
  return { ...batch, events: batch.events.filter(({ name, fields }) => name !== 'fill' || !isKnown(fields.market)) };
}
