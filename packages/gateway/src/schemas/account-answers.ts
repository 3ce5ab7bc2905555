/** Answers about an account. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import { AssetSymbol, MarketSymbol } from './scalars.ts';

/** Settings, fees and limits of an account. */
export const AccountSummary = define(
  'AccountSummary',
  'Settings, fees and limits of an account.',
  z.strictObject({
    autoBorrowSettlements: bool('Whether settlements may borrow instead of selling collateral.'),
    autoLend: bool('Whether free balances are lent.'),
    autoRealizePnl: bool('Whether profit is realised continuously; always so here.'),
    autoRepayBorrows: bool('Whether credits repay debts first.'),
    borrowLimit: dec('Most that can be borrowed, in USD.'),
    futuresMakerFee: dec('Maker fee of perpetuals in basis points; negative for a rebate.'),
    futuresTakerFee: dec('Taker fee of perpetuals in basis points.'),
    leverageLimit: dec('Highest leverage.'),
    limitOrders: int('Open limit orders.', 1),
    liquidating: bool('Whether the account is being liquidated.'),
    positionLimit: dec('Largest notional of all positions, in USD.'),
    spotMakerFee: dec('Maker fee of spot in basis points; negative for a rebate.'),
    spotTakerFee: dec('Taker fee of spot in basis points.'),
    triggerOrders: int('Waiting trigger orders.', 1),
  }),
);
/** Settings, fees and limits of an account. */
export type AccountSummary = z.infer<typeof AccountSummary>;

/** How much of an asset the account can borrow now. */
export const MaxBorrowQuantity = define(
  'MaxBorrowQuantity',
  'How much of an asset the account can borrow now.',
  z.strictObject({
    maxBorrowQuantity: dec('The most that can be borrowed.'),
    symbol: AssetSymbol,
  }),
);
/** How much of an asset the account can borrow now. */
export type MaxBorrowQuantity = z.infer<typeof MaxBorrowQuantity>;

/** How large an order the account can place now. */
export const MaxOrderQuantity = define(
  'MaxOrderQuantity',
  'How large an order the account can place now.',
  z.strictObject({
    autoBorrow: orNull(bool('Whether borrowing was allowed for.')),
    autoBorrowRepay: orNull(bool('Whether repaying was allowed for.')),
    autoLendRedeem: orNull(bool('Whether redeeming was allowed for.')),
    maxOrderQuantity: dec('The most that can be ordered.'),
    price: orNull(dec('Price.', '141.25')),
    side: str('Side.', 'Bid'),
    symbol: MarketSymbol,
    reduceOnly: orNull(bool('Whether it may only make a position smaller.')),
  }),
);
/** How large an order the account can place now. */
export type MaxOrderQuantity = z.infer<typeof MaxOrderQuantity>;

/** How much of an asset the account can withdraw now. */
export const MaxWithdrawalQuantity = define(
  'MaxWithdrawalQuantity',
  'How much of an asset the account can withdraw now.',
  z.strictObject({
    autoBorrow: orNull(bool('Whether borrowing was allowed for.')),
    autoLendRedeem: orNull(bool('Whether redeeming was allowed for.')),
    maxWithdrawalQuantity: dec('The most that can be withdrawn.'),
    symbol: AssetSymbol,
  }),
);
/** How much of an asset the account can withdraw now. */
export type MaxWithdrawalQuantity = z.infer<typeof MaxWithdrawalQuantity>;
