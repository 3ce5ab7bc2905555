/** Lending pools. */
import { z } from 'zod';
import { dec } from './answer-scalars.ts';
import { define } from './define.ts';
import * as moneyEnums from './money-enums.ts';
import { AssetSymbol, ZonedDateTime } from './scalars.ts';

/** A lending pool. */
export const BorrowLendMarket = define(
  'BorrowLendMarket',
  'A lending pool.',
  z.strictObject({
    state: moneyEnums.BorrowLendBookState,
    assetMarkPrice: dec('Mark price of the asset.'),
    borrowInterestRate: dec('Yearly rate of borrowers, as a fraction.'),
    borrowedQuantity: dec('Quantity borrowed.'),
    fee: dec('Share of the interest that the venue keeps, as a fraction.', '0.14'),
    lendInterestRate: dec('Yearly rate of lenders, as a fraction.'),
    lentQuantity: dec('Quantity lent.'),
    maxUtilization: dec('Utilisation beyond which nothing can be borrowed or redeemed.'),
    openBorrowLendLimit: dec('Size of the pool above which manual borrows and lends are refused.'),
    optimalUtilization: dec('Utilisation at which the rate bends.'),
    symbol: AssetSymbol,
    timestamp: ZonedDateTime.describe('When it happened.'),
    throttleUtilizationThreshold: dec('Utilisation from which growth is slowed.'),
    throttleUtilizationBound: dec('Utilisation that this minute allows.'),
    throttleUpdateFraction: dec('How much of the way to the bound a minute allows.'),
    utilization: dec('Borrowed over lent, as a fraction.'),
    stepSize: dec('Smallest step of a quantity.'),
  }),
);
/** A lending pool. */
export type BorrowLendMarket = z.infer<typeof BorrowLendMarket>;

/** A lending pool at one moment of the past. */
export const BorrowLendHistory = define(
  'BorrowLendHistory',
  'A lending pool at one moment of the past.',
  z.strictObject({
    borrowInterestRate: dec('Yearly rate of borrowers, as a fraction.'),
    borrowedQuantity: dec('Quantity borrowed.'),
    lendInterestRate: dec('Yearly rate of lenders, as a fraction.'),
    lentQuantity: dec('Quantity lent.'),
    timestamp: ZonedDateTime.describe('When it happened.'),
    utilization: dec('Borrowed over lent, as a fraction.'),
  }),
);
/** A lending pool at one moment of the past. */
export type BorrowLendHistory = z.infer<typeof BorrowLendHistory>;

/** Yearly rates of a pool. */
export const BorrowLendApyRate = define(
  'BorrowLendApyRate',
  'Yearly rates of a pool.',
  z.strictObject({
    symbol: AssetSymbol,
    borrowRate: dec('Yearly rate of borrowers, as a fraction.'),
    lendRate: dec('Yearly rate of lenders, as a fraction.'),
  }),
);
/** Yearly rates of a pool. */
export type BorrowLendApyRate = z.infer<typeof BorrowLendApyRate>;

/** Yearly rate of staking an asset. */
export const StakingApyRate = define(
  'StakingApyRate',
  'Yearly rate of staking an asset.',
  z.strictObject({
    symbol: AssetSymbol,
    dilutionFactor: dec('Dilution factor.'),
    stakingRate: dec('Staking rate.'),
  }),
);
/** Yearly rate of staking an asset. */
export type StakingApyRate = z.infer<typeof StakingApyRate>;

/** Yearly rates of all assets. */
export const ApyRates = define(
  'ApyRates',
  'Yearly rates of all assets.',
  z.strictObject({
    borrowLend: z.array(BorrowLendApyRate),
    staking: z.array(StakingApyRate),
  }),
);
/** Yearly rates of all assets. */
export type ApyRates = z.infer<typeof ApyRates>;
