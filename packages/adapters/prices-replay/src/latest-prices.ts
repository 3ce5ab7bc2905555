/** What each source last said, and how long that is worth repeating. */
import type { Quote } from '@mochila/ports';
import type { PriceRow } from './price-row.ts';

interface Latest {
  readonly source: string;
  readonly asset: string;
  bid: number;
  ask: number;
  last: number;
  /** Recorded time until which the price is repeated. */
  untilMicros: number;
  /** Recorded time until which a book that was told counts; then bid and ask follow the last price. */
  bookUntilMicros: number;
}

/** The latest row of every source and asset. */
export class LatestPrices {
  readonly #latest = new Map<string, Latest>();
  readonly #holdMicros: number;

  /** @param holdMicros - how long a price is repeated when nothing new was recorded, above 0. */
  constructor(holdMicros: number) {
    this.#holdMicros = holdMicros;
  }

  /** Takes a row; rows of one source and asset come in the order of time. */
  take(row: PriceRow): void {
    const { source, asset, atMicros } = row;
    const key = `${source} ${asset}`;
    const found = this.#latest.get(key) ?? { source, asset, bid: 0, ask: 0, last: 0, untilMicros: 0, bookUntilMicros: 0 };
    this.#latest.set(key, found);
    found.untilMicros = atMicros + Math.max(this.#holdMicros, row.holdsMicros);
    if (row.bid > 0) {
      found.bid = row.bid;
      found.ask = row.ask;
      found.bookUntilMicros = found.untilMicros;
      if (row.last === 0 && (found.last < row.bid || found.last > row.ask)) found.last = (row.bid + row.ask) / 2;
    }
    if (row.last > 0) found.last = row.last;
    if (atMicros > found.bookUntilMicros) {
      found.bid = found.last;
      found.ask = found.last;
    }
  }

  /** What is worth saying at a recorded moment, under the names of each source. */
  quotesAt(atMicros: number, seq: number, names: ReadonlyMap<string, readonly string[]>): Quote[] {
    const quotes: Quote[] = [];
    for (const { source, asset, bid, ask, last, untilMicros } of this.#latest.values()) {
      if (atMicros > untilMicros) continue;
      for (const name of names.get(source) ?? [source]) quotes.push({ source: name, asset, bid, ask, last, seq });
    }
    return quotes;
  }
}
