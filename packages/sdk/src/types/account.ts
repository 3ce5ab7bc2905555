/** Answers about an account. */
import type { Decimal } from './words.ts';

/** Settings, fees and limits of an account. */
export type AccountSummary = {
  /** Whether settlements may borrow instead of selling collateral. */
  readonly autoBorrowSettlements: boolean;
  /** Whether free balances are lent. */
  readonly autoLend: boolean;
  /** Whether profit is realised continuously; always so here. */
  readonly autoRealizePnl: boolean;
  /** Whether credits repay debts first. */
  readonly autoRepayBorrows: boolean;
  /** Most that can be borrowed, in USD. */
  readonly borrowLimit: Decimal;
  /** Maker fee of perpetuals in basis points; negative for a rebate. */
  readonly futuresMakerFee: Decimal;
  /** Taker fee of perpetuals in basis points. */
  readonly futuresTakerFee: Decimal;
  /** Highest leverage. */
  readonly leverageLimit: Decimal;
  /** Open limit orders. */
  readonly limitOrders: number;
  /** Whether the account is being liquidated. */
  readonly liquidating: boolean;
  /** Largest notional of all positions, in USD. */
  readonly positionLimit: Decimal;
  /** Maker fee of spot in basis points; negative for a rebate. */
  readonly spotMakerFee: Decimal;
  /** Taker fee of spot in basis points. */
  readonly spotTakerFee: Decimal;
  /** Waiting trigger orders. */
  readonly triggerOrders: number;
};

/** How much of an asset the account can borrow now. */
export type MaxBorrowQuantity = {
  /** The most that can be borrowed. */
  readonly maxBorrowQuantity: Decimal;
  readonly symbol: string;
};

/** How large an order the account can place now. */
export type MaxOrderQuantity = {
  /** Whether borrowing was allowed for. */
  readonly autoBorrow: boolean | null;
  /** Whether repaying was allowed for. */
  readonly autoBorrowRepay: boolean | null;
  /** Whether redeeming was allowed for. */
  readonly autoLendRedeem: boolean | null;
  /** The most that can be ordered. */
  readonly maxOrderQuantity: Decimal;
  /** Price. */
  readonly price: Decimal | null;
  /** Side. */
  readonly side: string;
  readonly symbol: string;
  /** Whether it may only make a position smaller. */
  readonly reduceOnly: boolean | null;
};

/** How much of an asset the account can withdraw now. */
export type MaxWithdrawalQuantity = {
  /** Whether borrowing was allowed for. */
  readonly autoBorrow: boolean | null;
  /** Whether redeeming was allowed for. */
  readonly autoLendRedeem: boolean | null;
  /** The most that can be withdrawn. */
  readonly maxWithdrawalQuantity: Decimal;
  readonly symbol: string;
};
