/** Candles and the figures of lending pools. */
import { type CandleQuery, candleSource, deriveCandles, type StoredCandle } from '@mochila/ports';
import { type Candle, candleEnd, candleStart, type PoolMinuteRow } from '@mochila/protocol';
import { type Kysely, sql } from 'kysely';

// A month has at most 31 days; no other interval has more parts.
const PARTS_MAX = 31;

/** Reads candles of any interval but seconds. */
export async function readCandles(db: Kysely<unknown>, query: CandleQuery): Promise<Candle[]> {
  const { market, priceType, interval, limit } = query;
  const floor = candleStart(interval, query.fromMicros);
  const from = floor < query.fromMicros ? candleEnd(interval, floor) : floor;
  // The last candle that begins before the end is wanted whole.
  const to = candleEnd(interval, candleStart(interval, query.toMicros - 1));
  const { rows } = await sql<StoredCandle>`
    select start_micros as "startMicros", open, high, low, close, cast(volume_lots as text) as "volumeLots",
      cast(quote_atoms as text) as "quoteAtoms", trades
    from candles
    where market = ${market} and price_type = ${priceType} and "interval" = ${candleSource(interval)}
      and start_micros >= ${from} and start_micros < ${to}
    order by start_micros limit ${limit * PARTS_MAX}
  `.execute(db);
  return deriveCandles(interval, rows).slice(0, limit);
}

/** Reads the last figures of each period. */
export async function readPoolHistory(
  db: Kysely<unknown>,
  asset: number,
  { fromMicros, toMicros, periodMicros }: { fromMicros: number; toMicros: number; periodMicros: number },
): Promise<PoolMinuteRow[]> {
  const { rows } = await sql<PoolMinuteRow>`
    select asset, minute_micros as "minuteMicros", pool_state as "poolState", lent_atoms as "lentAtoms", borrowed_atoms as "borrowedAtoms",
      lend_rate as "lendRate", borrow_rate as "borrowRate", utilization
    from pool_minutes
    where asset = ${asset} and minute_micros in (
      select max(minute_micros) from pool_minutes
      where asset = ${asset} and minute_micros >= ${fromMicros} and minute_micros < ${toMicros}
      group by minute_micros / cast(${periodMicros} as bigint)
    )
    order by minute_micros
  `.execute(db);
  return rows;
}
