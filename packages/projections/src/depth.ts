/** The book of one market as people see it: both sides by price, and the number of its last change. */
import { type DepthAnswer, type EventFields, Side } from '@mochila/protocol';
import { BookSide, type Level } from './book-side.ts';

/** Both sides with prices ascending, as REST writes them: the best bid is the last bid, the best ask the first ask. */
export interface DepthSnapshot {
  readonly updateId: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** Best prices and what they hold; null where a side is empty. `updateId` counts with the depth of the market. */
export interface BookTicker {
  readonly updateId: number;
  readonly bid: Level | null;
  readonly ask: Level | null;
}

/** Folds levelChanged events of one market. */
export class Depth {
  readonly #bids = new BookSide(Side.Bid);
  readonly #asks = new BookSide(Side.Ask);
  #updateId = 0;

  /** Number of the last change; changes count per market without gaps. */
  get updateId(): number {
    return this.#updateId;
  }

  /**
   * Takes one change. One that is known already, as after a snapshot taken in the middle of a batch, changes nothing.
   *
   * @returns false when changes before it are missing: load a snapshot again
   */
  apply(change: EventFields<'levelChanged'>): boolean {
    if (change.updateId <= this.#updateId) return true;
    if (change.updateId !== this.#updateId + 1) return false;
    this.#updateId = change.updateId;
    (change.side === Side.Bid ? this.#bids : this.#asks).set(change.priceTicks, change.lots);
    return true;
  }

  /** Starts from the engine's answer, whose levels come best first. */
  load(answer: Pick<DepthAnswer, 'updateId' | 'bids' | 'asks'>): void {
    this.#bids.clear();
    this.#asks.clear();
    for (const [priceTicks, lots] of answer.bids.toReversed()) this.#bids.set(priceTicks, lots);
    for (const [priceTicks, lots] of answer.asks.toReversed()) this.#asks.set(priceTicks, lots);
    this.#updateId = answer.updateId;
  }

  /** @param levels most levels a side */
  snapshot(levels: number): DepthSnapshot {
    return { updateId: this.#updateId, bids: this.#bids.levels(levels), asks: this.#asks.levels(levels).reverse() };
  }

  ticker(): BookTicker {
    return { updateId: this.#updateId, bid: this.#bids.best(), ask: this.#asks.best() };
  }
}
