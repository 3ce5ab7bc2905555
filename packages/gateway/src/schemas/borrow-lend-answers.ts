/** Answers about borrows and lends of an account. */
import { z } from 'zod';
import { dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import { PositionImfFunction } from './functions.ts';
import * as moneyEnums from './money-enums.ts';
import { AssetSymbol, NaiveDateTime } from './scalars.ts';

/** A borrow or lend with its margin. */
export const BorrowLendPositionWithMargin = define(
  'BorrowLendPositionWithMargin',
  'A borrow or lend with its margin.',
  z.strictObject({
    cumulativeInterest: dec('Interest since opening.'),
    id: str('Id.', '114510214144'),
    imf: dec('Initial margin fraction.'),
    imfFunction: PositionImfFunction,
    netQuantity: dec('Positive for a lend, negative for a borrow.'),
    markPrice: dec('Mark price.', '141.3'),
    mmf: dec('Maintenance margin fraction.'),
    mmfFunction: PositionImfFunction,
    netExposureQuantity: dec('Size of the worst case, open orders included.'),
    netExposureNotional: dec('Notional of the worst case, open orders included.'),
    symbol: AssetSymbol,
    estLiquidationPrice: dec('Price at which the account would be liquidated, others unchanged; 0 when there is none.'),
  }),
);
/** A borrow or lend with its margin. */
export type BorrowLendPositionWithMargin = z.infer<typeof BorrowLendPositionWithMargin>;

/** Price of a borrowed asset at which the account would be liquidated. */
export const PositionEstimatedLiquidationPrice = define(
  'PositionEstimatedLiquidationPrice',
  'Price of a borrowed asset at which the account would be liquidated.',
  z.strictObject({
    liquidationPrice: dec('Price at which the account would be liquidated.'),
    markPrice: dec('Mark price.', '141.3'),
  }),
);
/** Price of a borrowed asset at which the account would be liquidated. */
export type PositionEstimatedLiquidationPrice = z.infer<typeof PositionEstimatedLiquidationPrice>;

/** One change of a borrow or lend. */
export const BorrowLendMovement = define(
  'BorrowLendMovement',
  'One change of a borrow or lend.',
  z.strictObject({
    eventType: moneyEnums.BorrowLendEventType,
    positionId: str('Id of the position.', '4400000000039'),
    positionQuantity: orNull(dec('Size after the change.')),
    quantity: dec('Quantity.', '2.5'),
    source: moneyEnums.BorrowLendSource,
    symbol: AssetSymbol,
    timestamp: NaiveDateTime.describe('When it happened.'),
    spotMarginOrderId: orNull(str('Order that borrowed.', '114510214144')),
  }),
);
/** One change of a borrow or lend. */
export type BorrowLendMovement = z.infer<typeof BorrowLendMovement>;

/** Interest paid or earned. */
export const InterestPayment = define(
  'InterestPayment',
  'Interest paid or earned.',
  z.strictObject({
    paymentType: moneyEnums.PaymentType,
    interestRate: dec('Yearly rate, as a fraction.'),
    interval: int('Length of the interval, in milliseconds.', 1),
    marketSymbol: str('Market that it belongs to.', 'SOL_USDC_PERP'),
    positionId: str('Id of the position.', '4400000000039'),
    quantity: dec('Quantity.', '2.5'),
    symbol: AssetSymbol,
    timestamp: NaiveDateTime.describe('When it happened.'),
  }),
);
/** Interest paid or earned. */
export type InterestPayment = z.infer<typeof InterestPayment>;

/** A borrow or lend, open or closed. */
export const BorrowLendPositionRow = define(
  'BorrowLendPositionRow',
  'A borrow or lend, open or closed.',
  z.strictObject({
    positionId: str('Id of the position.', '4400000000039'),
    quantity: dec('Quantity.', '2.5'),
    symbol: AssetSymbol,
    source: moneyEnums.BorrowLendSource,
    cumulativeInterest: dec('Interest since opening.'),
    avgInterestRate: dec('Average yearly rate, as a fraction.'),
    side: moneyEnums.BorrowLendSide,
    createdAt: NaiveDateTime.describe('When it was created.'),
  }),
);
/** A borrow or lend, open or closed. */
export type BorrowLendPositionRow = z.infer<typeof BorrowLendPositionRow>;
