/** The library everything is measured against: `nodejs-order-book` from npm, fed through its public calls. */
import { OrderBook, Side } from 'nodejs-order-book';
import type { Contender, Tally } from './matching-contender.ts';
import { type Stream, StreamKind } from './stream.ts';

/**
 * Puts a new order book of the library in front of a stream. Ids are made beforehand; journaling is off.
 *
 * @throws Error when the library refuses an operation of the stream
 */
export function createBaseline(stream: Stream): Contender {
  const book = new OrderBook();
  const ids = nameOrders(stream);
  const tally: Tally = { trades: 0, lots: 0, notional: 0 };
  return {
    name: 'nodejs-order-book',
    tally,
    run(from, to) {
      for (let at = from; at < to; at += 1) {
        const id = ids[at]!;
        if (stream.kind[at] === StreamKind.Cancel) cancel(book, id);
        else place(book, stream, at, id, tally);
      }
    },
  };
}

/** The id each operation speaks of: its own order, or the one it cancels. */
function nameOrders({ count, kind, target }: Stream): string[] {
  const ids = Array.from({ length: count }, (_, at) => `order-${at}`);
  return ids.map((id, at) => (kind[at] === StreamKind.Cancel ? ids[target[at]!]! : id));
}

function cancel(book: OrderBook, id: string): void {
  if (book.cancel(id) === undefined) throw new Error(`the library does not know order ${id}`);
}

function place(book: OrderBook, stream: Stream, at: number, id: string, tally: Tally): void {
  const side = stream.side[at] === 0 ? Side.BUY : Side.SELL;
  const { done, partial, partialQuantityProcessed, err } = book.limit({ id, side, size: stream.lots[at]!, price: stream.priceTicks[at]! });
  if (err !== null) throw err;
  if (stream.kind[at] !== StreamKind.Marketable) return;
  // The filled taker closes the list of what is done; before it stand the makers filled whole.
  for (let maker = 0; maker < done.length - 1; maker += 1) {
    const order = done[maker]!;
    if (!('price' in order)) throw new Error('only limit orders trade here');
    count(tally, order.price, order.size);
  }
  if (partial !== null) count(tally, partial.price, partialQuantityProcessed);
}

function count(tally: Tally, priceTicks: number, lots: number): void {
  tally.trades += 1;
  tally.lots += lots;
  tally.notional += priceTicks * lots;
}
