/** What a run looked like from outside: a fold of its events, second by second. */
import { events, OrderOrigin, Side } from '@mochila/protocol';
import type { SimVenue } from '../venue/sim-venue.ts';
import { FUND_ACCOUNT } from '../venue/venue-accounts.ts';

/** How liquidation closed what it closed. */
export const Stage = { Book: 'book', Collateral: 'collateral', Backstop: 'backstop', Fund: 'fund', Deleveraging: 'deleveraging' } as const;
/** One of the names above. */
export type Stage = (typeof Stage)[keyof typeof Stage];

/** Sums of a run. */
export interface Tally {
  /** Different accounts that were liquidated, and how often anybody was flagged: small steps may come again. */
  accountsLiquidated: number;
  accountsFlagged: number;
  accountsRecovered: number;
  forcedFills: number;
  /** USD closed, by stage. */
  readonly closedUsd: Record<Stage, number>;
  /** USD that forced fills gave away beyond the mark of their moment, and beyond the index: what the coin was worth. */
  beyondMarksUsd: number;
  beyondIndexUsd: number;
  /** USD of lenders' losses. */
  badDebtUsd: number;
  receipts: number;
  /** Positions closed against winners, and the lots of it that nobody needed. */
  deleveragings: number;
  overshootLots: number;
  /** USD at the mark: what had to be closed against winners, and what was. */
  neededUsd: number;
  takenUsd: number;
  /** Winners who gave something up, counted each time. */
  winners: number;
}

/** A moment that somebody was flagged, for the checks. */
export interface Flag {
  readonly second: number;
  readonly account: number;
  readonly equity: number;
  readonly maintenance: number;
}

const CODE_WORD = 65_536;
const DELEVERAGED = { market: 2, neededLots: 3, takenLots: 4, overshootLots: 5, markTicks: 6, winners: 11 };
const FILL = { market: 1, priceTicks: 3, lots: 4, takerSide: 5, makerAccount: 9, origin: 20 };

/** Reads the events of a venue from now on. */
export class Recorder {
  readonly tally: Tally = {
    accountsLiquidated: 0,
    accountsFlagged: 0,
    accountsRecovered: 0,
    forcedFills: 0,
    closedUsd: { book: 0, collateral: 0, backstop: 0, fund: 0, deleveraging: 0 },
    beyondMarksUsd: 0,
    beyondIndexUsd: 0,
    badDebtUsd: 0,
    receipts: 0,
    deleveragings: 0,
    overshootLots: 0,
    neededUsd: 0,
    takenUsd: 0,
    winners: 0,
  };
  /** Fills that liquidation made in the running second. */
  forcedFillsNow = 0;
  /** Markets that had one in the running second. */
  readonly forcedMarketsNow: Set<number> = new Set();
  readonly flags: Flag[] = [];
  readonly #worstTaken = new Map<number, number>();
  readonly #bookUsd = new Map<number, number>();
  readonly #liquidated = new Set<number>();
  readonly #venue: SimVenue;

  constructor(venue: SimVenue) {
    this.#venue = venue;
    venue.read((words, length, second) => this.#read(words, length, second));
  }

  /** Begins another second. */
  turn(): void {
    this.forcedFillsNow = 0;
    this.forcedMarketsNow.clear();
  }

  /** USD a unit that a provider paid beyond the index of a market, at worst; below zero when all were better, -Infinity when none took. */
  worstTakenBeyondIndex(market: number): number {
    return this.#worstTaken.get(market) ?? Number.NEGATIVE_INFINITY;
  }

  /** USD of a market that the book took from liquidations. */
  bookUsd(market: number): number {
    return this.#bookUsd.get(market) ?? 0;
  }

  #read(words: Float64Array, length: number, second: number): void {
    for (let at = 0; at < length; ) {
      const header = words[at] ?? 0;
      const code = Math.floor(header / CODE_WORD);
      if (code === events.fill.code) this.#fill(words, at);
      else if (code === events.accountFlagged.code) this.#flag(words, at, second);
      else if (code === events.lendersLost.code) this.#lendersLost(words, at);
      else if (code === events.receiptWritten.code) this.tally.receipts += 1;
      else if (code === events.deleveraged.code) this.#deleveraged(words, at);
      at += header - code * CODE_WORD;
    }
  }

  #fill(words: Float64Array, at: number): void {
    const origin = words[at + FILL.origin] ?? 0;
    if (origin === OrderOrigin.User) return;
    const market = this.#venue.state.markets[words[at + FILL.market] ?? -1];
    if (market === undefined) return;
    const lots = words[at + FILL.lots] ?? 0;
    const ticks = words[at + FILL.priceTicks] ?? 0;
    const usd = lots * market.lotSize * ticks * market.tickSize;
    const stage = stageOf(origin, words[at + FILL.makerAccount] ?? -1);
    this.tally.closedUsd[stage] += usd;
    this.tally.forcedFills += 1;
    this.forcedFillsNow += 1;
    this.forcedMarketsNow.add(market.ix);
    const sign = words[at + FILL.takerSide] === Side.Ask ? 1 : -1;
    const units = lots * market.lotSize;
    const index = this.#venue.state.assets[market.base]?.price.index ?? 0;
    const beyondIndex = sign * (index - ticks * market.tickSize);
    this.tally.beyondMarksUsd += Math.max(0, sign * (market.price.markTicks - ticks) * market.tickSize) * units;
    this.tally.beyondIndexUsd += Math.max(0, beyondIndex) * units;
    if (stage === Stage.Book) this.#bookUsd.set(market.ix, this.bookUsd(market.ix) + usd);
    if (stage === Stage.Backstop) this.#worstTaken.set(market.ix, Math.max(this.worstTakenBeyondIndex(market.ix), -beyondIndex));
  }

  #flag(words: Float64Array, at: number, second: number): void {
    if (words[at + 2] === 0) {
      this.tally.accountsRecovered += 1;
      return;
    }
    this.tally.accountsFlagged += 1;
    this.#liquidated.add(words[at + 1] ?? -1);
    this.tally.accountsLiquidated = this.#liquidated.size;
    this.flags.push({ second, account: words[at + 1] ?? -1, equity: words[at + 3] ?? 0, maintenance: words[at + 4] ?? 0 });
  }

  #deleveraged(words: Float64Array, at: number): void {
    const word = (offset: number): number => words[at + offset] ?? 0;
    const market = this.#venue.state.markets[word(DELEVERAGED.market)];
    if (market === undefined) return;
    const lotUsd = market.lotSize * word(DELEVERAGED.markTicks) * market.tickSize;
    this.tally.deleveragings += 1;
    this.tally.overshootLots += word(DELEVERAGED.overshootLots);
    this.tally.neededUsd += word(DELEVERAGED.neededLots) * lotUsd;
    this.tally.takenUsd += word(DELEVERAGED.takenLots) * lotUsd;
    this.tally.winners += word(DELEVERAGED.winners);
  }

  #lendersLost(words: Float64Array, at: number): void {
    const asset = this.#venue.state.assets[words[at + 1] ?? -1];
    if (asset !== undefined) this.tally.badDebtUsd += ((words[at + 2] ?? 0) / asset.unitAtoms) * asset.price.mark;
  }
}

function stageOf(origin: number, maker: number): Stage {
  if (origin === OrderOrigin.AdlAutoclose) return Stage.Deleveraging;
  if (origin === OrderOrigin.BackstopLiquidityProvider) return maker === FUND_ACCOUNT ? Stage.Fund : Stage.Backstop;
  return origin === OrderOrigin.CollateralConversion ? Stage.Collateral : Stage.Book;
}
