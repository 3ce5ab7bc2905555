/** Answers about backstop, fund, deleveraging and debt notes. */
import type { DateTimeText, Decimal, FundMoveKind } from './words.ts';

/** What the account offers to take over in a market, and what of it is used. Amounts are in USDC. */
export type BackstopPosting = {
  readonly symbol: string;
  /** Ring-fenced for this market. */
  readonly capital: Decimal;
  /** Notional carried at once, at most. */
  readonly maxNotional: Decimal;
  /** Notional taken in 60 seconds, at most. */
  readonly maxPerMinute: Decimal;
  /** Notional taken in 3,600 seconds, at most. */
  readonly maxPerHour: Decimal;
  /** Notional taken and still carried. */
  readonly carried: Decimal;
  readonly takenInMinute: Decimal;
  readonly takenInHour: Decimal;
  /** Notional it could take now, margin left aside. */
  readonly free: Decimal;
  /** What the offer is once a notice has ended; null when none runs. */
  readonly notice: BackstopNotice | null;
};

/** What an offer is once its notice has ended. */
export type BackstopNotice = {
  readonly endsAt: DateTimeText;
  readonly capital: Decimal;
  readonly maxNotional: Decimal;
  readonly maxPerMinute: Decimal;
  readonly maxPerHour: Decimal;
};

/** What all backstop providers of a market offer together, live. Amounts are in USDC. */
export type BackstopCapacity = {
  readonly symbol: string;
  readonly providers: number;
  readonly capital: Decimal;
  readonly maxNotional: Decimal;
  readonly free: Decimal;
};

/** The liquidity and insurance fund as it stands. */
export type Fund = {
  /** USDC it has, unrealised profit included. */
  readonly balance: Decimal;
  /** In USD. */
  readonly netEquity: Decimal;
  readonly maintenanceMargin: Decimal;
  /** Notional it takes in one market at most, in USDC. */
  readonly maxNotional: Decimal;
  /** Use and room of the limit in every market. */
  readonly markets: FundMarket[];
};

/** Use and room of the fund's limit in a market, in USDC. */
export type FundMarket = {
  readonly symbol: string;
  /** What it took and has not unwound, signed. */
  readonly notional: Decimal;
  /** Notional it would still take from longs, and from shorts, its margin left aside. */
  readonly freeToBuy: Decimal;
  readonly freeToSell: Decimal;
};

/** What the fund received or paid. */
export type FundMove = {
  readonly id: string;
  readonly timestamp: DateTimeText;
  readonly kind: FundMoveKind;
  /** Asset. */
  readonly symbol: string;
  /** Negative was paid. */
  readonly quantity: Decimal;
};

/** A position that was closed against winners. */
export type Deleveraging = {
  readonly id: string;
  readonly timestamp: DateTimeText;
  readonly symbol: string;
  readonly needed: Decimal;
  readonly taken: Decimal;
  /** Taken beyond what was needed. */
  readonly overshoot: Decimal;
  readonly markPrice: Decimal;
  readonly price: Decimal;
  /** Part of a deficit the close bore, in the quote asset; of it in cash, and what the premium bound left to the fund. */
  readonly deficit: Decimal;
  readonly cash: Decimal;
  readonly left: Decimal;
  /** Positions it was closed against. */
  readonly winners: number;
};

/** The fund after a settlement. */
export type FundBalance = {
  readonly epoch: number;
  readonly timestamp: DateTimeText;
  /** USDC it had. */
  readonly balance: Decimal;
};

/** What the fund paid for the account when it had nothing left. */
export type DebtNote = {
  readonly id: number;
  readonly symbol: string;
  /** What is left to repay; 0 when it is over. */
  readonly quantity: Decimal;
  readonly createdAt: DateTimeText;
};
