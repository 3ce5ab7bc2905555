/** `kline.<interval>.<symbol>`: candles, at most once a second while they run, and once when they are over. */
import { CANDLE_INTERVALS, type Candle, type CandleInterval, PriceType } from '@mochila/projections';
import { writeTotalQuantity } from '../market-data/write-totals.ts';
import type { KlineEvent } from '../schemas/stream-public.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writeIso, writePrice } from '../venue/write-decimals.ts';
import { findMarket, MarketChannels, refuse, type StreamContext, type StreamKind } from './stream-kind.ts';

/** Makes the streams. */
export function createKlineStream(context: StreamContext): StreamKind {
  const { directory, feed, nowMicros, periods } = context;
  const byInterval = new Map<CandleInterval, MarketChannels>(
    CANDLE_INTERVALS.map((interval) => [interval, new MarketChannels(`kline.${interval}.`, directory)]),
  );
  /** Markets that were traded since the last second. */
  const touched = new Set<number>();
  const publishRunning = (): void => {
    for (const [interval, channels] of byInterval) {
      for (const [market, channel] of channels.allLive()) {
        const running = touched.has(market.ix) ? feed.market(market.ix).candles[PriceType.Last].running(interval) : null;
        if (running !== null) channel.publish(payload(market, running, { E: nowMicros(), X: false }));
      }
    }
    touched.clear();
  };
  return {
    prefix: 'kline',
    resolve: ([word, symbol], name) => {
      const interval = CANDLE_INTERVALS.find((one) => one === word);
      const channels = interval === undefined ? undefined : byInterval.get(interval);
      if (channels === undefined) return refuse(name, `the intervals are ${CANDLE_INTERVALS.join(', ')}`);
      const market = findMarket(context, symbol, name);
      return 'code' in market ? market : channels.open(market);
    },
    listener: {
      trade: (_market, trade) => touched.add(trade.market),
      candleClosed: ({ facts: { market: ix } }, priceType, { interval, candle }) => {
        if (priceType !== PriceType.Last) return;
        byInterval
          .get(interval)
          ?.live(ix)
          ?.publish(payload(directory.marketAt(ix), candle, { E: nowMicros(), X: true }));
      },
    },
    timers: [{ everyMs: periods.secondMs, run: publishRunning }],
  };
}

function payload(market: MarketEntry, candle: Candle, { E, X }: { E: number; X: boolean }): KlineEvent {
  return {
    e: 'kline',
    E,
    s: market.symbol,
    t: secondsIso(candle.startMicros),
    T: secondsIso(candle.endMicros),
    o: writePrice(market, candle.open),
    c: writePrice(market, candle.close),
    h: writePrice(market, candle.high),
    l: writePrice(market, candle.low),
    v: writeTotalQuantity(market, candle.volumeLots),
    n: candle.trades,
    X,
  };
}

const SECONDS_LENGTH = '2026-07-19T13:09:00'.length;

function secondsIso(micros: number): string {
  return writeIso(micros).slice(0, SECONDS_LENGTH);
}
