/** `GET /api/v1/klines`. */
import { PriceType } from '@mochila/projections';
import { MICROS_PER_SECOND } from '@mochila/units';
import { z } from 'zod';
import { ApiError } from '../../errors/api-error.ts';
import { countKlines, KLINES_MAX, type KlineSlot, readKlines } from '../../market-data/read-klines.ts';
import { writeTotalQuantity, writeTotalQuote } from '../../market-data/write-totals.ts';
import { Kline } from '../../schemas/market-data-answers.ts';
import { KlinesQuery } from '../../schemas/market-requests.ts';
import type { MarketEntry } from '../../venue/directory.ts';
import { writeIso, writePrice, writeUsdPrice } from '../../venue/write-decimals.ts';
import { definePublicRoute, NO_BODY } from '../route.ts';

/** Shows candles. */
export const klines = definePublicRoute({
  route: 'GET /api/v1/klines',
  area: 'Markets',
  summary: 'Candles of a market.',
  description: 'Ascending, one for every interval; prices are null where there was none. Seconds are kept for ten minutes.',
  lane: 'history',
  query: KlinesQuery,
  body: NO_BODY,
  answer: z.array(Kline),
  handle: async ({ services, query, setHeader }) => {
    const { directory, marketData, history } = services;
    const market = directory.market(query.symbol);
    const nowMicros = marketData.timeMicros;
    const priceType = PriceType[query.priceType ?? 'Last'];
    const asked = { interval: query.interval, priceType, ...spanOf(query, nowMicros) };
    const count = countKlines(asked);
    if (count > KLINES_MAX) throw tooMany(count);
    // Before the venue was, there is nothing to show.
    const span = { ...asked, fromMicros: Math.max(asked.fromMicros, directory.genesis.createdAtMicros) };
    setHeader('Cache-Control', 'public, max-age=1');
    const slots = await readKlines(marketData.market(market.ix), history, span, nowMicros);
    return slots.map((slot) => klineAnswer(market, priceType, slot));
  },
});

function spanOf({ startTime, endTime }: KlinesQuery, nowMicros: number): { fromMicros: number; toMicros: number } {
  if (endTime !== undefined && endTime < startTime) {
    throw new ApiError('INVALID_RANGE', `\`endTime\` must not be before \`startTime\`, got ${endTime} and ${startTime}.`);
  }
  const fromMicros = startTime * MICROS_PER_SECOND;
  // The candle of this very moment has begun already.
  const untilMicros = nowMicros + 1;
  return { fromMicros, toMicros: endTime === undefined ? untilMicros : Math.min(endTime * MICROS_PER_SECOND, untilMicros) };
}

function tooMany(count: number): ApiError {
  return new ApiError(
    'INVALID_RANGE',
    `This span has ${count} candles, more than ${KLINES_MAX}: ask for a longer \`interval\` or a later \`startTime\`.`,
  );
}

function klineAnswer(market: MarketEntry, priceType: PriceType, { startMicros, endMicros, candle }: KlineSlot): Kline {
  const price = (value: number): string => (priceType === PriceType.Index ? writeUsdPrice(market, value) : writePrice(market, value));
  const span = { start: spacedTime(startMicros), end: spacedTime(endMicros) };
  if (candle === null) return { ...span, open: null, high: null, low: null, close: null, volume: '0', quoteVolume: '0', trades: '0' };
  return {
    ...span,
    open: price(candle.open),
    high: price(candle.high),
    low: price(candle.low),
    close: price(candle.close),
    volume: writeTotalQuantity(market, candle.volumeLots),
    quoteVolume: writeTotalQuote(market, candle.quoteAtoms),
    trades: String(candle.trades),
  };
}

const SECONDS_LENGTH = '2026-07-19T13:09:00'.length;

/** Clients split this at the space. */
function spacedTime(micros: number): string {
  return writeIso(micros).slice(0, SECONDS_LENGTH).replace('T', ' ');
}
