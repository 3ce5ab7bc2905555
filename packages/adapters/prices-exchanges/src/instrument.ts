/**
 * What one exchange says of one symbol, judged: only prices that can be true, are newer than the last and came at about
 * the time they bear are taken. An old price that is repeated, with whatever time, confirms nothing.
 */
import type { Observation } from './exchange-reader.ts';
import type { PriceRules } from './feed-rules.ts';

/** Why an observation was not taken. */
export type Refusal = 'notAPrice' | 'crossed' | 'future' | 'past' | 'late' | 'repeated' | 'jump';

/** Best bid, best ask and last price in the symbol's own unit. */
export type Price = { readonly bid: number; readonly ask: number; readonly last: number };

type Jump = { readonly middle: number; readonly sinceMs: number; readonly newest: Observation };

/** Prices of one symbol. */
export class Instrument {
  readonly #rules: PriceRules;
  #book: { readonly bid: number; readonly ask: number } | null = null;
  #last: number | null = null;
  #newestBook: Observation | null = null;
  #newestTrade: Observation | null = null;
  #takenAtMs = Number.NEGATIVE_INFINITY;
  #jump: Jump | null = null;

  constructor(rules: PriceRules) {
    this.#rules = rules;
  }

  /** What was taken last; null before the first book. Without a trade so far the middle of the book stands for it. */
  price(): Price | null {
    if (this.#book === null) return null;
    return { ...this.#book, last: this.#last ?? middleOf(this.#book) };
  }

  /**
   * Takes an observation or says why not; nothing changes then. Only a book makes a new price: trades alone would keep a
   * book alive that has ceased to move.
   */
  take(observation: Observation, nowMs: number): Refusal | null {
    const refusal = refusalOfValues(observation) ?? this.#refusalOfTime(observation, nowMs) ?? this.#refusalOfOrder(observation, nowMs);
    if (refusal !== null) return refusal;
    return observation.book === null ? this.#takeTrade(observation) : this.#takeBook(observation, observation.book, nowMs);
  }

  #refusalOfTime({ stampMs }: Observation, nowMs: number): Refusal | null {
    if (stampMs === null) return null;
    if (stampMs - nowMs > this.#rules.futureMsMax) return 'future';
    return nowMs - stampMs > this.#rules.pastMsMax ? 'past' : null;
  }

  #refusalOfOrder(observation: Observation, nowMs: number): Refusal | null {
    const newest = observation.book === null ? this.#newestTrade : this.#newestBook;
    if (newest === null) return null;
    const order = compare(observation, newest);
    if (order === 0) return 'repeated';
    if (order > 0) return null;
    const isFresh = nowMs - this.#takenAtMs < this.#rules.staleMs;
    return isFresh || !isOther(observation, newest) ? 'late' : null;
  }

  #takeTrade(observation: Observation): Refusal | null {
    const { last } = observation;
    if (last === null) return 'notAPrice';
    if (this.#book !== null && this.#isFar(last, middleOf(this.#book))) return 'jump';
    this.#last = last;
    this.#newestTrade = observation;
    return null;
  }

  #takeBook(observation: Observation, book: { readonly bid: number; readonly ask: number }, nowMs: number): Refusal | null {
    if (this.#book !== null && this.#isFar(middleOf(book), middleOf(this.#book)) && !this.#isConfirmed(observation, middleOf(book), nowMs))
      return 'jump';
    this.#jump = null;
    this.#book = book;
    if (observation.last !== null) this.#last = observation.last;
    this.#newestBook = observation;
    this.#takenAtMs = nowMs;
    return null;
  }

  /** True when newer frames have said so for a while; a jump that is heard of for the first time begins to wait. */
  #isConfirmed(observation: Observation, middle: number, nowMs: number): boolean {
    const jump = this.#jump;
    if (jump === null || this.#isFar(middle, jump.middle)) {
      this.#jump = { middle, sinceMs: nowMs, newest: observation };
      return false;
    }
    if (compare(observation, jump.newest) <= 0) return false;
    if (nowMs - jump.sinceMs >= this.#rules.jumpHoldsMs) return true;
    this.#jump = { ...jump, newest: observation };
    return false;
  }

  #isFar(price: number, from: number): boolean {
    const factor = 1 + this.#rules.jumpFractionMax;
    return price > from * factor || price * factor < from;
  }
}

function middleOf({ bid, ask }: { readonly bid: number; readonly ask: number }): number {
  return (bid + ask) / 2;
}

/** Far beyond any coin's price nothing is one: products of such numbers stay finite. */
function isPrice(value: number): boolean {
  return value > 1e-12 && value < 1e12;
}

function refusalOfValues({ book, last }: Observation): Refusal | null {
  if (book !== null && !(isPrice(book.bid) && isPrice(book.ask))) return 'notAPrice';
  if (last !== null && !isPrice(last)) return 'notAPrice';
  return book !== null && book.bid > book.ask ? 'crossed' : null;
}

/**
 * Above 0 when the first is newer. By the sequence where there is one; else by the time, where what says the same but
 * for its time is the same.
 */
function compare(observation: Observation, newest: Observation): number {
  if (observation.seq !== null && newest.seq !== null) return observation.seq - newest.seq;
  if (observation.content !== null && observation.content === newest.content) return 0;
  if (observation.stampMs === null || newest.stampMs === null) return 1;
  return observation.stampMs < newest.stampMs ? -1 : 1;
}

/** True when the prices differ: a lower sequence with the old prices is no sign of a restart. */
function isOther({ book, last }: Observation, newest: Observation): boolean {
  return book?.bid !== newest.book?.bid || book?.ask !== newest.book?.ask || last !== newest.last;
}
