/** One side of a book by price: levels in a sorted array, the best at its end. */
import { Side } from '@mochila/protocol';

/** A price level: ticks and lots. */
export type Level = readonly [priceTicks: number, lots: number];

/** Levels of one side. Changes are near the best, so an insertion moves few elements. */
export class BookSide {
  /** 1 when prices ascend to the best (bids), -1 when they descend (asks). */
  readonly #sign: number;
  readonly #prices: number[] = [];
  readonly #lots: number[] = [];

  /** @param side Side */
  constructor(side: number) {
    this.#sign = side === Side.Bid ? 1 : -1;
  }

  get size(): number {
    return this.#prices.length;
  }

  /** Sets what a level holds; 0 removes it. O(log levels) and the moves behind it. */
  set(priceTicks: number, lots: number): void {
    const at = this.#find(priceTicks);
    const isThere = this.#prices[at] === priceTicks;
    if (lots === 0) {
      if (!isThere) return;
      this.#prices.splice(at, 1);
      this.#lots.splice(at, 1);
    } else if (isThere) {
      this.#lots[at] = lots;
    } else {
      this.#prices.splice(at, 0, priceTicks);
      this.#lots.splice(at, 0, lots);
    }
  }

  /** Lots at a price, 0 where there is no level. */
  lotsAt(priceTicks: number): number {
    const at = this.#find(priceTicks);
    return this.#prices[at] === priceTicks ? (this.#lots[at] ?? 0) : 0;
  }

  /** The best level, or null when the side is empty. */
  best(): Level | null {
    const price = this.#prices.at(-1);
    return price === undefined ? null : [price, this.#lots.at(-1) ?? 0];
  }

  /** The best `count` levels, the best last. */
  levels(count: number): Level[] {
    const from = Math.max(0, this.#prices.length - count);
    const found: Level[] = [];
    for (let at = from; at < this.#prices.length; at++) found.push([this.#prices[at] ?? 0, this.#lots[at] ?? 0]);
    return found;
  }

  clear(): void {
    this.#prices.length = 0;
    this.#lots.length = 0;
  }

  // First place whose price is not worse than this one.
  #find(priceTicks: number): number {
    let low = 0;
    let high = this.#prices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.#prices[middle] ?? 0) - priceTicks) * this.#sign < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
