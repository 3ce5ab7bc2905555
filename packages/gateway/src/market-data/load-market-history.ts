/** What market data needs of the past: running candles, the windows of the tickers, the last trades. */
import type { HistoryStore } from '@mochila/ports';
import {
  CANDLE_INTERVALS,
  type Candle,
  type CandleInterval,
  candleStart,
  candlesKeptDefault,
  type MarketData,
  PriceType,
  type PublicTrade,
  RECENT_TRADES_MAX,
  TICKER_BUCKETS,
  TICKER_INTERVALS,
  type TickerInterval,
} from '@mochila/projections';
import type { TradeRow } from '@mochila/protocol';
import { MICROS_PER_DAY } from '@mochila/units';

/** The past of one market, as of a sequence of the venue. */
export interface MarketPast {
  /** All that happened up to this sequence is in it; a trade after it is not. */
  readonly seq: number;
  readonly candles: readonly PastCandles[];
  readonly windows: Readonly<Record<TickerInterval, readonly Candle[]>>;
  /** Oldest first. */
  readonly trades: readonly TradeRow[];
}

interface PastCandles {
  readonly priceType: PriceType;
  readonly interval: CandleInterval;
  readonly closed: readonly Candle[];
  readonly running: Candle | null;
}

/** The part of the history that market data begins with. */
export type StoredHistory = Pick<HistoryStore, 'checkpoint' | 'candles' | 'trades'>;

/** The history is behind the engine, or was written too fast to be read. */
export class HistoryBehind extends Error {
  override readonly name = 'HistoryBehind';
}

type LongInterval = Exclude<CandleInterval, '1s'>;

const PRICE_TYPES = [PriceType.Last, PriceType.Index, PriceType.Mark] as const;
const WINDOW_DAYS: Readonly<Record<TickerInterval, number>> = { '1d': 1, '1w': 7 };
const ATTEMPTS_MAX = 50;

/**
 * Reads the past of a market while the store goes on being written.
 *
 * @param market index of the market
 * @param wasTraded whether the market had a trade after the first sequence, up to the second
 * @returns the past up to one sequence, exactly
 * @throws HistoryUnavailable, or HistoryBehind when the store never held still long enough
 */
export async function readMarketPast(
  history: StoredHistory,
  market: number,
  wasTraded: (afterSeq: number, throughSeq: number) => boolean,
): Promise<MarketPast> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const before = await history.checkpoint();
    const past = await readOnce(history, market, before.timeMicros);
    const after = await history.checkpoint();
    // Prices read twice change nothing, volumes would: only a trade in between asks for another attempt.
    if (!wasTraded(before.seq, after.seq)) return { ...past, seq: after.seq };
  }
  throw new HistoryBehind(`the history of market ${market} changed during ${ATTEMPTS_MAX} attempts to read it`);
}

/** Puts the past into the empty folds of a market. */
export function loadMarketPast(market: MarketData, past: MarketPast): void {
  for (const { priceType, interval, closed, running } of past.candles) market.candles[priceType].load(interval, closed, running);
  for (const window of TICKER_INTERVALS) market.tickers.load(window, past.windows[window]);
  for (const row of past.trades) market.trades.add(publicTrade(row));
}

async function readOnce(history: StoredHistory, market: number, nowMicros: number): Promise<Omit<MarketPast, 'seq'>> {
  const candles: PastCandles[] = [];
  for (const priceType of PRICE_TYPES) {
    for (const interval of CANDLE_INTERVALS) {
      if (interval !== '1s') candles.push(await readCandles(history, { market, priceType, interval, nowMicros }));
    }
  }
  const windows = { '1d': await readWindow(history, market, '1d', nowMicros), '1w': await readWindow(history, market, '1w', nowMicros) };
  const { rows } = await history.trades(market, { limit: RECENT_TRADES_MAX, offset: 0, direction: 'desc' });
  return { candles, windows, trades: rows.toReversed() };
}

interface CandlesWanted {
  readonly market: number;
  readonly priceType: PriceType;
  readonly interval: LongInterval;
  readonly nowMicros: number;
}

async function readCandles(history: StoredHistory, { market, priceType, interval, nowMicros }: CandlesWanted): Promise<PastCandles> {
  const kept = priceType === PriceType.Last ? candlesKeptDefault(interval) : 0;
  const startMicros = candleStart(interval, nowMicros);
  let fromMicros = startMicros;
  for (let back = 0; back < kept && fromMicros > 0; back += 1) fromMicros = candleStart(interval, fromMicros - 1);
  const query = { market, priceType, interval, fromMicros: Math.max(0, fromMicros), toMicros: nowMicros + 1, limit: kept + 1 };
  const found = await history.candles(query);
  const running = found.at(-1)?.startMicros === startMicros ? (found.at(-1) ?? null) : null;
  return { priceType, interval, closed: running === null ? found : found.slice(0, -1), running };
}

async function readWindow(history: StoredHistory, market: number, window: TickerInterval, nowMicros: number): Promise<Candle[]> {
  const interval = TICKER_BUCKETS[window];
  if (interval === '1s') return [];
  const toMicros = candleStart(interval, nowMicros);
  const fromMicros = Math.max(0, toMicros - WINDOW_DAYS[window] * MICROS_PER_DAY);
  return history.candles({ market, priceType: PriceType.Last, interval, fromMicros, toMicros, limit: WINDOW_DAYS[window] * 1_440 });
}

function publicTrade(row: TradeRow): PublicTrade {
  const { market, tradeId, timeMicros, priceTicks, quantityLots, quoteAtoms, buyerOrderId, sellerOrderId, isBuyerMaker } = row;
  // Who made an order is not kept with a trade, and nothing asks it of an old one.
  const origin = 0;
  return {
    market,
    tradeId,
    timeMicros,
    priceTicks,
    quantityLots,
    quoteAtoms,
    buyerOrderId,
    sellerOrderId,
    isBuyerMaker: isBuyerMaker === 1,
    origin,
  };
}
