/** Events of public streams. */
import type { LevelText } from './market-data.ts';
import type { DateTimeText, Decimal, FundMoveKind, Side } from './words.ts';

/** Best bid and ask. */
export type BookTickerEvent = {
  readonly e: 'bookTicker';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Symbol. */
  readonly s: string;
  /** Best ask price; null when there is none. */
  readonly a: Decimal | null;
  /** Quantity at the best ask. */
  readonly A: Decimal | null;
  /** Best bid price; null when there is none. */
  readonly b: Decimal | null;
  /** Quantity at the best bid. */
  readonly B: Decimal | null;
  /** Id of the update, in the numbering of depth. */
  readonly u: number;
};

/** Changes of a book. The first id is the last id of the event before plus one. */
export type DepthEvent = {
  readonly e: 'depth';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Symbol. */
  readonly s: string;
  /** Changed levels; quantity 0 removes one. */
  readonly a: LevelText[];
  /** Changed levels; quantity 0 removes one. */
  readonly b: LevelText[];
  /** First update id. */
  readonly U: number;
  /** Last update id. */
  readonly u: number;
  /** Present and true when the event is the whole book. */
  readonly snapshot?: boolean;
};

/** A trade. */
export type TradeEvent = {
  readonly e: 'trade';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Symbol. */
  readonly s: string;
  /** Price. */
  readonly p: Decimal;
  /** Quantity. */
  readonly q: Decimal;
  /** Order of the buyer. */
  readonly b: string;
  /** Order of the seller. */
  readonly a: string;
  /** Id of the trade, in sequence for its market. */
  readonly t: number;
  /** Whether the buyer rested on the book. */
  readonly m: boolean;
};

/** A candle. */
export type KlineEvent = {
  readonly e: 'kline';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** Symbol. */
  readonly s: string;
  /** Start in UTC. */
  readonly t: DateTimeText;
  /** End in UTC. */
  readonly T: DateTimeText;
  /** First price; null without trades. */
  readonly o: Decimal | null;
  /** Last price; null without trades. */
  readonly c: Decimal | null;
  /** Highest price; null without trades. */
  readonly h: Decimal | null;
  /** Lowest price; null without trades. */
  readonly l: Decimal | null;
  /** Volume in the base asset. */
  readonly v: Decimal;
  /** Number of trades. */
  readonly n: number;
  /** Whether the candle is closed. */
  readonly X: boolean;
};

/** Statistics of the last 24 hours. */
export type TickerEvent = {
  readonly e: 'ticker';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** Symbol. */
  readonly s: string;
  /** First price. */
  readonly o: Decimal;
  /** Last price. */
  readonly c: Decimal;
  /** Highest price. */
  readonly h: Decimal;
  /** Lowest price. */
  readonly l: Decimal;
  /** Volume in the base asset. */
  readonly v: Decimal;
  /** Volume in the quote asset. */
  readonly V: Decimal;
  /** Number of trades. */
  readonly n: number;
};

/** Mark price, index price and funding. */
export type MarkPriceEvent = {
  readonly e: 'markPrice';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Symbol. */
  readonly s: string;
  /** Mark price. */
  readonly p: Decimal;
  /** Estimated funding rate of the running interval, as a fraction. */
  readonly f?: Decimal;
  /** Index price. */
  readonly i?: Decimal;
  /** Next funding, in Unix milliseconds. */
  readonly n?: number;
};

/** Open interest. */
export type OpenInterestEvent = {
  readonly e: 'openInterest';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** Symbol. */
  readonly s: string;
  /** Open interest in contracts. */
  readonly o: Decimal;
};

/** A liquidation. */
export type LiquidationEvent = {
  readonly e: 'liquidation';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Symbol. */
  readonly s: string;
  readonly S: Side;
  /** Quantity. */
  readonly q: Decimal;
  /** Price. */
  readonly p: Decimal;
};

/** A position that was closed against winners. */
export type DeleveragingEvent = {
  readonly e: 'deleveraging';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Symbol. */
  readonly s: string;
  /** Id, as `deleveragings` lists it. */
  readonly i: string;
  /** Size that had to be closed. */
  readonly Q: Decimal;
  /** Size that was closed. */
  readonly q: Decimal;
  /** Taken beyond what was needed. */
  readonly O: Decimal;
  /** Mark price. */
  readonly M: Decimal;
  /** Price of the close. */
  readonly p: Decimal;
  /** Part of a deficit the close bore, in the quote asset. */
  readonly d: Decimal;
  /** Of it in cash beside the price. */
  readonly c: Decimal;
  /** Of it what the premium bound left to the fund. */
  readonly l: Decimal;
  /** Positions it was closed against. */
  readonly w: number;
};

/** What the fund received or paid. */
export type FundMoveEvent = {
  readonly e: 'fundMove';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Id, as `fundMoves` lists it. */
  readonly i: string;
  readonly k: FundMoveKind;
  /** Asset. */
  readonly s: string;
  /** Received, or paid when negative. */
  readonly q: Decimal;
};
