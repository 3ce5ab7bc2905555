/** A book kept up to date from a snapshot and the changes after it. */
import type { Depth, LevelText } from '../types/market-data.ts';
import type { DepthEvent } from '../types/stream-public.ts';
import type { Decimal } from '../types/words.ts';

/** One level. */
export type BookLevel = { readonly price: Decimal; readonly quantity: Decimal };

/** What became of a change that was applied. `gap` means changes before it were lost. */
export type ApplyResult = 'applied' | 'old' | 'gap';

type KeyedLevel = BookLevel & { readonly key: number };

/** Levels of both sides, the best first. */
export class LocalBook {
  readonly symbol: string;
  readonly #bids: KeyedLevel[] = [];
  readonly #asks: KeyedLevel[] = [];
  #updateId = 0;

  constructor(symbol: string) {
    this.symbol = symbol;
  }

  /** Id of the last change that the book contains. */
  get updateId(): number {
    return this.#updateId;
  }

  /** Best first, so descending in price. */
  get bids(): readonly BookLevel[] {
    return this.#bids;
  }

  /** Best first, so ascending in price. */
  get asks(): readonly BookLevel[] {
    return this.#asks;
  }

  /** Starts anew from what the depth route answers. */
  reset(depth: Pick<Depth, 'bids' | 'asks' | 'lastUpdateId'>): void {
    this.#bids.length = 0;
    this.#asks.length = 0;
    this.#updateId = Number(depth.lastUpdateId);
    this.#setLevels(depth.bids, depth.asks);
  }

  /** Applies a change, unless it is older than the book or one before it is missing. */
  apply({ U, u, b, a }: Pick<DepthEvent, 'U' | 'u' | 'b' | 'a'>): ApplyResult {
    if (u <= this.#updateId) return 'old';
    if (U > this.#updateId + 1) return 'gap';
    this.#setLevels(b, a);
    this.#updateId = u;
    return 'applied';
  }

  #setLevels(bids: readonly LevelText[], asks: readonly LevelText[]): void {
    for (const level of bids) setLevel(this.#bids, level, -1);
    for (const level of asks) setLevel(this.#asks, level, 1);
  }
}

/** Puts a level in its place; the price is a number only to find it, so that "86700" and "86700.0" are one level. */
function setLevel(side: KeyedLevel[], [price, quantity]: LevelText, direction: 1 | -1): void {
  const key = Number(price) * direction;
  const at = findPlace(side, key);
  const isThere = side[at]?.key === key;
  if (Number(quantity) === 0) side.splice(at, isThere ? 1 : 0);
  else side.splice(at, isThere ? 1 : 0, { price, quantity, key });
}

function findPlace(side: readonly KeyedLevel[], key: number): number {
  let low = 0;
  let high = side.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((side[middle]?.key ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
