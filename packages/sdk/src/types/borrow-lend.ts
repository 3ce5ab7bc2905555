/** Answers about lending pools, borrows and lends. */
import type { MarginFunction } from './markets.ts';
import type {
  BorrowLendBookState,
  BorrowLendEventType,
  BorrowLendSide,
  BorrowLendSource,
  DateTimeText,
  Decimal,
  PaymentType,
} from './words.ts';

/** A borrow or lend with its margin. */
export type BorrowLendPositionWithMargin = {
  /** Interest since opening. */
  readonly cumulativeInterest: Decimal;
  /** Id. */
  readonly id: string;
  /** Initial margin fraction. */
  readonly imf: Decimal;
  readonly imfFunction: MarginFunction;
  /** Positive for a lend, negative for a borrow. */
  readonly netQuantity: Decimal;
  /** Mark price. */
  readonly markPrice: Decimal;
  /** Maintenance margin fraction. */
  readonly mmf: Decimal;
  readonly mmfFunction: MarginFunction;
  /** Size of the worst case, open orders included. */
  readonly netExposureQuantity: Decimal;
  /** Notional of the worst case, open orders included. */
  readonly netExposureNotional: Decimal;
  readonly symbol: string;
  /** Price at which the account would be liquidated, others unchanged; 0 when there is none. */
  readonly estLiquidationPrice: Decimal;
};

/** Price of a borrowed asset at which the account would be liquidated. */
export type PositionEstimatedLiquidationPrice = {
  /** Price at which the account would be liquidated. */
  readonly liquidationPrice: Decimal;
  /** Mark price. */
  readonly markPrice: Decimal;
};

/** One change of a borrow or lend. */
export type BorrowLendMovement = {
  readonly eventType: BorrowLendEventType;
  /** Id of the position. */
  readonly positionId: string;
  /** Size after the change. */
  readonly positionQuantity: Decimal | null;
  /** Quantity. */
  readonly quantity: Decimal;
  readonly source: BorrowLendSource;
  readonly symbol: string;
  /** When it happened. */
  readonly timestamp: DateTimeText;
  /** Order that borrowed. */
  readonly spotMarginOrderId: string | null;
};

/** Interest paid or earned. */
export type InterestPayment = {
  readonly paymentType: PaymentType;
  /** Yearly rate, as a fraction. */
  readonly interestRate: Decimal;
  /** Length of the interval, in milliseconds. */
  readonly interval: number;
  /** Market that it belongs to. */
  readonly marketSymbol: string;
  /** Id of the position. */
  readonly positionId: string;
  /** Quantity. */
  readonly quantity: Decimal;
  readonly symbol: string;
  /** When it happened. */
  readonly timestamp: DateTimeText;
};

/** A borrow or lend, open or closed. */
export type BorrowLendPositionRow = {
  /** Id of the position. */
  readonly positionId: string;
  /** Quantity. */
  readonly quantity: Decimal;
  readonly symbol: string;
  readonly source: BorrowLendSource;
  /** Interest since opening. */
  readonly cumulativeInterest: Decimal;
  /** Average yearly rate, as a fraction. */
  readonly avgInterestRate: Decimal;
  readonly side: BorrowLendSide;
  /** When it was created. */
  readonly createdAt: DateTimeText;
};

/** A lending pool. */
export type BorrowLendMarket = {
  readonly state: BorrowLendBookState;
  /** Mark price of the asset. */
  readonly assetMarkPrice: Decimal;
  /** Yearly rate of borrowers, as a fraction. */
  readonly borrowInterestRate: Decimal;
  /** Quantity borrowed. */
  readonly borrowedQuantity: Decimal;
  /** Share of the interest that the venue keeps, as a fraction. */
  readonly fee: Decimal;
  /** Yearly rate of lenders, as a fraction. */
  readonly lendInterestRate: Decimal;
  /** Quantity lent. */
  readonly lentQuantity: Decimal;
  /** Utilisation beyond which nothing can be borrowed or redeemed. */
  readonly maxUtilization: Decimal;
  /** Size of the pool above which manual borrows and lends are refused. */
  readonly openBorrowLendLimit: Decimal;
  /** Utilisation at which the rate bends. */
  readonly optimalUtilization: Decimal;
  readonly symbol: string;
  /** When it happened. */
  readonly timestamp: DateTimeText;
  /** Utilisation from which growth is slowed. */
  readonly throttleUtilizationThreshold: Decimal;
  /** Utilisation that this minute allows. */
  readonly throttleUtilizationBound: Decimal;
  /** How much of the way to the bound a minute allows. */
  readonly throttleUpdateFraction: Decimal;
  /** Borrowed over lent, as a fraction. */
  readonly utilization: Decimal;
  /** Smallest step of a quantity. */
  readonly stepSize: Decimal;
};

/** A lending pool at one moment of the past. */
export type BorrowLendHistory = {
  /** Yearly rate of borrowers, as a fraction. */
  readonly borrowInterestRate: Decimal;
  /** Quantity borrowed. */
  readonly borrowedQuantity: Decimal;
  /** Yearly rate of lenders, as a fraction. */
  readonly lendInterestRate: Decimal;
  /** Quantity lent. */
  readonly lentQuantity: Decimal;
  /** When it happened. */
  readonly timestamp: DateTimeText;
  /** Borrowed over lent, as a fraction. */
  readonly utilization: Decimal;
};

/** Yearly rates of a pool. */
export type BorrowLendApyRate = {
  readonly symbol: string;
  /** Yearly rate of borrowers, as a fraction. */
  readonly borrowRate: Decimal;
  /** Yearly rate of lenders, as a fraction. */
  readonly lendRate: Decimal;
};

/** Yearly rate of staking an asset. */
export type StakingApyRate = {
  readonly symbol: string;
  /** Dilution factor. */
  readonly dilutionFactor: Decimal;
  /** Staking rate. */
  readonly stakingRate: Decimal;
};

/** Yearly rates of all assets. */
export type ApyRates = {
  readonly borrowLend: BorrowLendApyRate[];
  readonly staking: StakingApyRate[];
};
