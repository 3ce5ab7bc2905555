/** Everything the public sees of the markets, folded from the feed: depth, trades, candles, tickers, marks, pools. */
import type { EngineEvent, EventBatch, EventFields, MarketAnswer } from '@mochila/protocol';
import { PriceType } from '@mochila/protocol';
import { Candles, type CandlesKept, type ClosedCandle } from './candles.ts';
import { Depth } from './depth.ts';
import type { MarketFacts } from './market-facts.ts';
import { isOffBook } from './off-book.ts';
import { type PublicTrade, RecentTrades, tradeOfFill } from './recent-trades.ts';
import { Tickers } from './tickers.ts';

/** The folds of one market. */
export interface MarketData {
  readonly facts: MarketFacts;
  readonly depth: Depth;
  readonly trades: RecentTrades;
  /** By PriceType. */
  readonly candles: readonly [Candles, Candles, Candles];
  readonly tickers: Tickers;
  /** Last mark, null before the first. Its `fundingPpb` is the estimate for the running hour. */
  mark: EventFields<'markUpdated'> | null;
  /** Time of that mark, in microseconds. */
  markedAtMicros: number;
  /** Sum of the long positions, in lots, as the engine last answered; null before. No event carries it. */
  openInterestLots: number | null;
  /** Last hour's rate, null before the first. */
  lastFunding: EventFields<'fundingRateSet'> | null;
  /** State of the book, null while it is as in the genesis. */
  bookState: EventFields<'bookStateChanged'> | null;
}

/** Whoever wants to know of changes as they are folded. All are optional; they must not throw. */
export interface MarketDataListener {
  level?(market: MarketData, change: EventFields<'levelChanged'>, timeMicros: number): void;
  /** The levels of a market were changed by a batch: one call after the last. */
  book?(market: MarketData, timeMicros: number): void;
  trade?(market: MarketData, trade: PublicTrade): void;
  candleClosed?(market: MarketData, priceType: PriceType, closed: ClosedCandle): void;
  mark?(market: MarketData, mark: EventFields<'markUpdated'>, timeMicros: number): void;
}

/** Folds batches in the order of the venue. */
export class MarketDataFold {
  /** By market index. */
  readonly markets: readonly MarketData[];
  /** Last figures of each asset's index, by asset. */
  readonly indexes = new Map<number, EventFields<'indexUpdated'>>();
  /** Last figures of each lending pool, by asset. */
  readonly pools = new Map<number, EventFields<'poolUpdated'>>();
  readonly #listener: MarketDataListener;
  readonly #touched = new Set<MarketData>();
  #seq = 0;
  #timeMicros = 0;

  constructor(facts: readonly MarketFacts[], listener: MarketDataListener = {}, kept?: CandlesKept) {
    this.markets = facts.map((one) => createMarket(one, kept));
    this.#listener = listener;
  }

  /** Sequence of the last batch. */
  get seq(): number {
    return this.#seq;
  }

  /** Time of the last batch, in microseconds since 1970. */
  get timeMicros(): number {
    return this.#timeMicros;
  }

  /** Takes a batch; one that was taken before changes nothing. */
  apply(batch: EventBatch): void {
    if (batch.seq <= this.#seq) return;
    this.#seq = batch.seq;
    this.#advance(batch.timeMicros);
    for (const event of batch.events) this.#take(event, batch.timeMicros);
    for (const market of this.#touched) this.#listener.book?.(market, batch.timeMicros);
    this.#touched.clear();
  }

  /** Takes the engine's present figures: open interest always, the state of a book when no event told it. */
  load(answers: readonly MarketAnswer[]): void {
    for (const { market: ix, openInterestLots, bookState, isReduceOnly } of answers) {
      this.#with(ix, (market) => {
        market.openInterestLots = openInterestLots;
        market.bookState ??= { market: ix, bookState, isReduceOnly: isReduceOnly ? 1 : 0 };
      });
    }
  }

  // Candles end when time passes, whether or not anything happened in them.
  #advance(timeMicros: number): void {
    const isNewSecond = Math.floor(timeMicros / 1e6) > Math.floor(this.#timeMicros / 1e6);
    this.#timeMicros = timeMicros;
    if (!isNewSecond) return;
    for (const market of this.markets) {
      for (const priceType of PRICE_TYPES) this.#close(market, priceType, market.candles[priceType].advance(timeMicros));
    }
  }

  #close(market: MarketData, priceType: PriceType, closed: readonly ClosedCandle[]): void {
    if (closed.length === 0) return;
    if (priceType === PriceType.Last) market.tickers.add(closed);
    for (const one of closed) this.#listener.candleClosed?.(market, priceType, one);
  }

  #take(event: EngineEvent, timeMicros: number): void {
    switch (event.name) {
      case 'levelChanged':
        this.#takeLevel(event.fields, timeMicros);
        break;
      case 'fill':
        this.#takeFill(event.fields, timeMicros);
        break;
      case 'markUpdated':
        this.#takeMark(event.fields, timeMicros);
        break;
      case 'indexUpdated':
        this.indexes.set(event.fields.asset, event.fields);
        break;
      case 'poolUpdated':
        this.pools.set(event.fields.asset, event.fields);
        break;
      case 'fundingRateSet':
        this.#with(event.fields.market, (market) => {
          market.lastFunding = event.fields;
        });
        break;
      case 'bookStateChanged':
        this.#with(event.fields.market, (market) => {
          market.bookState = event.fields;
        });
        break;
    }
  }

  #takeLevel(change: EventFields<'levelChanged'>, timeMicros: number): void {
    this.#with(change.market, (market) => {
      market.depth.apply(change);
      this.#touched.add(market);
      this.#listener.level?.(market, change, timeMicros);
    });
  }

  #takeFill(fill: EventFields<'fill'>, timeMicros: number): void {
    this.#with(fill.market, (market) => {
      const trade = tradeOfFill(fill, timeMicros, market.facts.k);
      if (!isOffBook(fill)) {
        market.trades.add(trade);
        market.candles[PriceType.Last].addTrade(timeMicros, trade.priceTicks, trade.quantityLots, trade.quoteAtoms);
      }
      this.#listener.trade?.(market, trade);
    });
  }

  #takeMark(mark: EventFields<'markUpdated'>, timeMicros: number): void {
    this.#with(mark.market, (market) => {
      market.mark = mark;
      market.markedAtMicros = timeMicros;
      market.candles[PriceType.Mark].addPrice(timeMicros, mark.markTicks);
      if (mark.indexPrice > 0) market.candles[PriceType.Index].addPrice(timeMicros, mark.indexPrice);
      this.#listener.mark?.(market, mark, timeMicros);
    });
  }

  #with(ix: number, act: (market: MarketData) => void): void {
    const market = this.markets[ix];
    if (market !== undefined) act(market);
  }
}

const PRICE_TYPES = [PriceType.Last, PriceType.Index, PriceType.Mark] as const;

function createMarket(facts: MarketFacts, kept: CandlesKept | undefined): MarketData {
  const last = new Candles(kept);
  return {
    facts,
    depth: new Depth(),
    trades: new RecentTrades(),
    candles: [last, new Candles(kept), new Candles(kept)],
    tickers: new Tickers(last),
    mark: null,
    markedAtMicros: 0,
    openInterestLots: null,
    lastFunding: null,
    bookState: null,
  };
}

/** Last price of a market, in ticks: of its last trade; null before the first in memory. */
export function lastPriceTicks(market: MarketData): number | null {
  const trade = market.trades.latest(1)[0];
  if (trade !== undefined) return trade.priceTicks;
  const candle = market.candles[PriceType.Last].running('1month');
  return candle === null ? null : candle.close;
}
