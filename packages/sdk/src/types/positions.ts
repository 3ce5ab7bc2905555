/** Answers about positions. */
import type { MarginFunction } from './markets.ts';
import type { DateTimeText, Decimal, PositionState } from './words.ts';

/** An open perpetual position with its margin. */
export type FuturePositionWithMargin = {
  /** Price at which closing brings back all costs. */
  readonly breakEvenPrice: Decimal;
  /** Average price of the position. */
  readonly entryPrice: Decimal;
  /** Price at which the account would be liquidated, others unchanged; 0 when there is none. */
  readonly estLiquidationPrice: Decimal;
  /** Initial margin fraction. */
  readonly imf: Decimal;
  readonly imfFunction: MarginFunction;
  /** Mark price. */
  readonly markPrice: Decimal;
  /** Maintenance margin fraction. */
  readonly mmf: Decimal;
  readonly mmfFunction: MarginFunction;
  /** Signed cost of the position. */
  readonly netCost: Decimal;
  /** Size; negative when short. */
  readonly netQuantity: Decimal;
  /** Size of the worst case, open orders included. */
  readonly netExposureQuantity: Decimal;
  /** Notional of the worst case, open orders included. */
  readonly netExposureNotional: Decimal;
  /** Profit realised since opening. */
  readonly pnlRealized: Decimal;
  /** Profit at the mark price not yet realised. */
  readonly pnlUnrealized: Decimal;
  /** Funding since opening; negative when paid. */
  readonly cumulativeFundingPayment: Decimal;
  /** Index of the account among those of its user. */
  readonly subaccountId: number | null;
  readonly symbol: string;
  /** Id of the user. */
  readonly userId: number;
  /** Id of the position. */
  readonly positionId: string;
  /** Interest since opening. */
  readonly cumulativeInterest: Decimal;
};

/** A position, open or closed. */
export type PositionHistoryRow = {
  /** Id. */
  readonly id: string;
  readonly symbol: string;
  /** Size; negative when short. */
  readonly netQuantity: Decimal;
  /** Size of the worst case, open orders included. */
  readonly netExposureQuantity: Decimal;
  /** Notional of the worst case, open orders included. */
  readonly netExposureNotional: Decimal;
  /** Signed cost of the position. */
  readonly netCost: Decimal;
  /** Mark price. */
  readonly markPrice: Decimal;
  /** Average price of the position. */
  readonly entryPrice: Decimal;
  /** Profit realised since opening. */
  readonly cumulativePnlRealized: Decimal;
  /** Profit at the mark price not yet realised. */
  readonly unrealizedPnl: Decimal;
  /** Funding since opening; negative when paid. */
  readonly fundingQuantity: Decimal;
  /** Interest since opening. */
  readonly interest: Decimal;
  /** Quantity that was liquidated. */
  readonly liquidated: Decimal;
  /** Initial margin fraction. */
  readonly imf: Decimal;
  /** Fees since opening. */
  readonly fees: Decimal;
  readonly state: PositionState;
  /** Notional that was closed. */
  readonly closedVolume: Decimal;
  /** Fees of liquidations. */
  readonly liquidationFees: Decimal;
  /** Price of the closing fill. */
  readonly closingPrice: Decimal | null;
  /** Leverage of the account then. */
  readonly accountLeverage: Decimal | null;
  /** When it was opened. */
  readonly openedAt: DateTimeText | null;
  /** When it was closed. */
  readonly closedAt: DateTimeText | null;
};

/** Funding paid or received. */
export type FundingPayment = {
  /** Id of the user. */
  readonly userId: number;
  /** Index of the account among those of its user. */
  readonly subaccountId: number | null;
  readonly symbol: string;
  /** Quantity. */
  readonly quantity: Decimal;
  /** End of the interval. */
  readonly intervalEndTimestamp: DateTimeText;
  /** Funding rate of the interval, as a fraction. */
  readonly fundingRate: Decimal;
};
