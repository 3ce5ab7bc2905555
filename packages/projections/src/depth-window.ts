/** Changes of a book gathered over a window of time: each level once, with what it holds at the end. */
import { type EventFields, Side } from '@mochila/protocol';
import type { Level } from './book-side.ts';

/** What changed in a window; `firstUpdateId` is the last of the window before plus 1. */
export interface DepthDelta {
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  /** Engine time of the last change, in microseconds. */
  readonly timeMicros: number;
  /** Levels with prices ascending; 0 lots removes one. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** Gathers the changes of one market; its size is bounded by the levels that exist or ceased to within a window. */
export class DepthWindow {
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #firstUpdateId = 0;
  #lastUpdateId = 0;
  #timeMicros = 0;

  add(change: EventFields<'levelChanged'>, timeMicros: number): void {
    if (this.#firstUpdateId === 0) this.#firstUpdateId = change.updateId;
    this.#lastUpdateId = change.updateId;
    this.#timeMicros = timeMicros;
    (change.side === Side.Bid ? this.#bids : this.#asks).set(change.priceTicks, change.lots);
  }

  /** Takes what was gathered and begins the next window; null when nothing changed. */
  take(): DepthDelta | null {
    if (this.#firstUpdateId === 0) return null;
    const delta: DepthDelta = {
      firstUpdateId: this.#firstUpdateId,
      lastUpdateId: this.#lastUpdateId,
      timeMicros: this.#timeMicros,
      bids: takeAscending(this.#bids),
      asks: takeAscending(this.#asks),
    };
    this.#firstUpdateId = 0;
    return delta;
  }
}

function takeAscending(levels: Map<number, number>): Level[] {
  const taken = [...levels].sort(([a], [b]) => a - b);
  levels.clear();
  return taken;
}
