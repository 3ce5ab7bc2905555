/** Answers about positions. */
import { z } from 'zod';
import { dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as enums from './enums.ts';
import { PositionImfFunction } from './functions.ts';
import { MarketSymbol, NaiveDateTime } from './scalars.ts';

/** An open perpetual position with its margin. */
export const FuturePositionWithMargin = define(
  'FuturePositionWithMargin',
  'An open perpetual position with its margin.',
  z.strictObject({
    breakEvenPrice: dec('Price at which closing brings back all costs.'),
    entryPrice: dec('Average price of the position.'),
    estLiquidationPrice: dec('Price at which the account would be liquidated, others unchanged; 0 when there is none.'),
    imf: dec('Initial margin fraction.'),
    imfFunction: PositionImfFunction,
    markPrice: dec('Mark price.', '141.3'),
    mmf: dec('Maintenance margin fraction.'),
    mmfFunction: PositionImfFunction,
    netCost: dec('Signed cost of the position.'),
    netQuantity: dec('Size; negative when short.'),
    netExposureQuantity: dec('Size of the worst case, open orders included.'),
    netExposureNotional: dec('Notional of the worst case, open orders included.'),
    pnlRealized: dec('Profit realised since opening.'),
    pnlUnrealized: dec('Profit at the mark price not yet realised.'),
    cumulativeFundingPayment: dec('Funding since opening; negative when paid.'),
    subaccountId: orNull(int('Index of the account among those of its user.', 1)),
    symbol: MarketSymbol,
    userId: int('Id of the user.', 1),
    positionId: str('Id of the position.', '4400000000039'),
    cumulativeInterest: dec('Interest since opening.'),
  }),
);
/** An open perpetual position with its margin. */
export type FuturePositionWithMargin = z.infer<typeof FuturePositionWithMargin>;

/** A position, open or closed. */
export const PositionHistoryRow = define(
  'PositionHistoryRow',
  'A position, open or closed.',
  z.strictObject({
    id: str('Id.', '114510214144'),
    symbol: MarketSymbol,
    netQuantity: dec('Size; negative when short.'),
    netExposureQuantity: dec('Size of the worst case, open orders included.'),
    netExposureNotional: dec('Notional of the worst case, open orders included.'),
    netCost: dec('Signed cost of the position.'),
    markPrice: dec('Mark price.', '141.3'),
    entryPrice: dec('Average price of the position.'),
    cumulativePnlRealized: dec('Profit realised since opening.'),
    unrealizedPnl: dec('Profit at the mark price not yet realised.'),
    fundingQuantity: dec('Funding since opening; negative when paid.'),
    interest: dec('Interest since opening.'),
    liquidated: dec('Quantity that was liquidated.'),
    imf: dec('Initial margin fraction.'),
    fees: dec('Fees since opening.'),
    state: enums.PositionState,
    closedVolume: dec('Quantity that was closed.'),
    liquidationFees: dec('Fees of slices on the book, which `fees` has too, and charges for what others took over.'),
    closingPrice: orNull(dec('Price of the closing fill.')),
    accountLeverage: orNull(dec('Leverage of the account then.')),
    openedAt: orNull(NaiveDateTime.describe('When it was opened.')),
    closedAt: orNull(NaiveDateTime.describe('When it was closed.')),
  }),
);
/** A position, open or closed. */
export type PositionHistoryRow = z.infer<typeof PositionHistoryRow>;

/** Funding paid or received. */
export const FundingPayment = define(
  'FundingPayment',
  'Funding paid or received.',
  z.strictObject({
    userId: int('Id of the user.', 1),
    subaccountId: orNull(int('Index of the account among those of its user.', 1)),
    symbol: MarketSymbol,
    quantity: dec('Quantity.', '2.5'),
    intervalEndTimestamp: NaiveDateTime.describe('End of the interval.'),
    fundingRate: dec('Funding rate of the interval, as a fraction.', '0.0000125'),
  }),
);
/** Funding paid or received. */
export type FundingPayment = z.infer<typeof FundingPayment>;
