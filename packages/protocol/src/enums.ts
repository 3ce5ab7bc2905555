/** The closed sets of the contract. Numbers are public: they stand in journals and are never re-used. */

/** Side of an order. */
export const Side = { Bid: 0, Ask: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];

/** Kind of an order. */
export const OrderKind = { Limit: 0, Market: 1 } as const;
export type OrderKind = (typeof OrderKind)[keyof typeof OrderKind];

/** Time in force. */
export const TimeInForce = { GTC: 0, IOC: 1, FOK: 2 } as const;
export type TimeInForce = (typeof TimeInForce)[keyof typeof TimeInForce];

/** What happens when an order would trade with its own user. `Allow` exists for the system only. */
export const SelfTradePrevention = { RejectTaker: 0, RejectMaker: 1, RejectBoth: 2 } as const;
export type SelfTradePrevention = (typeof SelfTradePrevention)[keyof typeof SelfTradePrevention];

/** Price a trigger watches. `None` means the field is absent. */
export const TriggerBy = { None: 0, MarkPrice: 1, LastPrice: 2, IndexPrice: 3 } as const;
export type TriggerBy = (typeof TriggerBy)[keyof typeof TriggerBy];

/** How `slippageTolerance` is counted. `None` means absent. */
export const SlippageKind = { None: 0, TickSize: 1, Percent: 2 } as const;
export type SlippageKind = (typeof SlippageKind)[keyof typeof SlippageKind];

/** A flag the sender may leave out: the account's setting decides then. */
export const Tristate = { Absent: 0, No: 1, Yes: 2 } as const;
export type Tristate = (typeof Tristate)[keyof typeof Tristate];

/** What a market trades. */
export const MarketType = { SPOT: 0, PERP: 1 } as const;
export type MarketType = (typeof MarketType)[keyof typeof MarketType];

/** What a book accepts (perpetuals.md 6). */
export const BookState = { Open: 0, PostOnly: 1, LimitOnly: 2, CancelOnly: 3, Closed: 4 } as const;
export type BookState = (typeof BookState)[keyof typeof BookState];

/** What a lending pool accepts (lending.md 3). */
export const PoolState = { Open: 0, RepayOnly: 1, Closed: 2 } as const;
export type PoolState = (typeof PoolState)[keyof typeof PoolState];

/** What a price may be used for (perpetuals.md 1). */
export const PriceGrade = { Good: 0, Degraded: 1, Stale: 2 } as const;
export type PriceGrade = (typeof PriceGrade)[keyof typeof PriceGrade];

/** Life of an order. */
export const OrderStatus = {
  New: 0,
  PartiallyFilled: 1,
  Filled: 2,
  Cancelled: 3,
  Expired: 4,
  TriggerPending: 5,
  TriggerFailed: 6,
} as const;
export type OrderStatus = (typeof OrderStatus)[keyof typeof OrderStatus];

/** Why the engine ended an order by itself (interface.md 2.2, OrderExpiryReason). */
export const ExpiryReason = {
  None: 0,
  AccountTradingSuspended: 1,
  BorrowRequiresLendRedeem: 2,
  FillOrKill: 3,
  InsufficientBorrowableQuantity: 4,
  InsufficientFunds: 5,
  InsufficientLiquidity: 6,
  InvalidPrice: 7,
  InvalidQuantity: 8,
  ImmediateOrCancel: 9,
  InsufficientMargin: 10,
  Liquidation: 11,
  NegativeEquity: 12,
  PostOnlyMode: 13,
  PostOnlyTaker: 14,
  PriceOutOfBounds: 15,
  ReduceOnlyNotReduced: 16,
  SelfTradePrevention: 17,
  StopWithoutPosition: 18,
  PriceImpact: 19,
  Unknown: 20,
  UserPermissions: 21,
  MaxStopOrdersPerPosition: 22,
  PositionLimit: 23,
  SlippageToleranceExceeded: 24,
} as const;
export type ExpiryReason = (typeof ExpiryReason)[keyof typeof ExpiryReason];

/** Who made an order: its owner or a part of the venue (stream field `O`). */
export const OrderOrigin = {
  User: 0,
  LiquidationAutoclose: 1,
  AdlAutoclose: 2,
  CollateralConversion: 3,
  SettlementAutoclose: 4,
  BackstopLiquidityProvider: 5,
} as const;
export type OrderOrigin = (typeof OrderOrigin)[keyof typeof OrderOrigin];

/** How far a liquidation has come (liquidation rules 2). */
export const LiquidationStage = { Begun: 0, Book: 1, Backstop: 2, Fund: 3, Deleveraging: 4 } as const;
export type LiquidationStage = (typeof LiquidationStage)[keyof typeof LiquidationStage];

/** Why the fund received or paid, beside its own fills, funding and interest. */
export const FundMove = {
  /** Its part of a charge. */
  Charge: 0,
  /** The fee of a slice of stage 1, less the rebates of its makers. */
  Fee: 1,
  /** It paid a debt; what it received for it is a collateral. */
  DebtPaid: 2,
  Collateral: 3,
  /** A debt note was repaid. */
  NoteRepaid: 4,
  /** What the constitution gave it at the beginning. */
  Grant: 5,
  /** Dust it bought, and the USDC it gave for it. */
  Dust: 6,
  /** Cash beside the price of a deleveraging in which it took part. */
  DeficitCash: 7,
  /** Lenders bore a debt of the fund itself. */
  LendersPaid: 8,
} as const;
export type FundMove = (typeof FundMove)[keyof typeof FundMove];

/** Which open orders a cancel-all takes. */
export const CancelScope = { All: 0, RestingLimitOrder: 1, ConditionalOrder: 2 } as const;
export type CancelScope = (typeof CancelScope)[keyof typeof CancelScope];

/** Side of a lending act. */
export const BorrowLendSide = { Borrow: 0, Lend: 1 } as const;
export type BorrowLendSide = (typeof BorrowLendSide)[keyof typeof BorrowLendSide];

/** What a lending act did. */
export const BorrowLendEventType = { Borrow: 0, BorrowRepay: 1, Lend: 2, LendRedeem: 3 } as const;
export type BorrowLendEventType = (typeof BorrowLendEventType)[keyof typeof BorrowLendEventType];

/** Why a lending act happened (lending.md 6). */
export const BorrowLendSource = {
  AutoLend: 0,
  AutoBorrowRepay: 1,
  Manual: 2,
  SpotMargin: 3,
  Withdrawal: 4,
  Interest: 5,
  Liquidation: 6,
  LiquidationBackstop: 7,
  LiquidationAdl: 8,
  Reconciliation: 9,
  DustConversion: 10,
} as const;
export type BorrowLendSource = (typeof BorrowLendSource)[keyof typeof BorrowLendSource];

/** Why cash moved into or out of USDC (history/settlement). */
export const SettlementSource = { RealizePnl: 0, TradingFees: 1, FundingPayment: 2 } as const;
export type SettlementSource = (typeof SettlementSource)[keyof typeof SettlementSource];

/** What a key may do; bits. */
export const Permission = { Read: 1, Trade: 2, Withdraw: 4 } as const;
/** Every permission bit. */
export const PERMISSION_ALL = 7;

/** Life of a withdrawal. */
export const WithdrawalStatus = { Delayed: 0, Pending: 1, Confirmed: 2, Failed: 3 } as const;
export type WithdrawalStatus = (typeof WithdrawalStatus)[keyof typeof WithdrawalStatus];

/** What the venue did to an account against or without its will; each has a receipt (liquidation.md 4). */
export const ReceiptKind = {
  /** Stage 0: every open order of the account was cancelled. */
  OrderCancel: 0,
  /** Stage 1: a slice of a position on the book. */
  BookSlice: 1,
  /** Stage 1: an asset was sold, or bought, on the book to repay a debt. */
  CollateralSale: 2,
  /** Stage 2: backstop providers took a part of a position. */
  BackstopTransfer: 3,
  /** Stage 2: a backstop provider paid a debt and received collateral. */
  BackstopDebt: 4,
  /** Stage 3: the fund took a position or a debt. */
  FundTransfer: 5,
  /** The fund paid what nobody else could. */
  FundPayment: 6,
  /** Stage 4: a position was closed against winners. */
  Deleveraging: 7,
  /** A settlement was paid with a borrow. */
  SettlementBorrow: 8,
  /** A debt note was written. */
  DebtNote: 9,
  /** Bad debt reached the lenders of an asset. 10 was never written: when the fund unwinds, nobody is forced (ADR 0023). */
  LendersLoss: 11,
} as const;
export type ReceiptKind = (typeof ReceiptKind)[keyof typeof ReceiptKind];

/** One thing done within a receipt. Amounts are signed as the account sees them: positive was received or bought. */
export const ReceiptAct = {
  /** An open order ended; its lots are those that were left, bids positive. */
  OrderCancelled: 0,
  /** A perpetual was traded: on the book, or with a named counter account. */
  PerpFill: 1,
  /** A spot market was traded. */
  SpotFill: 2,
  /** Fee of a liquidation, to the fund. */
  Fee: 3,
  /** Charge of a backstop provider or the fund for what it took. */
  Charge: 4,
  /** Somebody paid a debt of the account. */
  DebtPaid: 5,
  /** Collateral went to who paid the debt. */
  CollateralGiven: 6,
  /** The fund paid for the account. */
  FundPaid: 7,
  /** Own lends or free cash repaid a debt of the same asset: the net of the asset stays. */
  Repaid: 8,
  /** A debt note of this amount was written; no cash moved. */
  NoteWritten: 9,
  /** Lenders lost this amount and the account's debt fell by it. */
  LendersPaid: 10,
  /** A settlement's delta. */
  Settled: 11,
  /** What the settlement borrowed; part of the delta, no cash of its own. */
  Borrowed: 12,
  /** What the settlement redeemed of lends; part of the delta, no cash of its own. */
  Redeemed: 13,
  /** Interest or rounding that is none of the above. */
  Other: 14,
} as const;
export type ReceiptAct = (typeof ReceiptAct)[keyof typeof ReceiptAct];

/** A number a rule was applied with, told beside the acts so that the rule can be computed again. */
export const ReceiptTerm = {
  /** Size of the position (lots) or amount of the asset (atoms) when the liquidation began. */
  SizeAtTrigger: 0,
  /** What was offered at this turn: lots, or atoms. */
  Offered: 1,
  /** USD per unit that the guard let nothing pass beyond. */
  GuardPrice: 2,
  /** Notional the fee or charge is of, USD. */
  Notional: 3,
  /** Margin fraction the fee or charge is of. */
  MarginFraction: 4,
  /** Real equity of the account when the part was taken, USD. */
  RealEquity: 5,
  /** Share of the part in the whole, a fraction. */
  Share: 6,
  /** Charge of the part, USDC atoms. */
  ChargeAtoms: 7,
  /** Deficit D shared over the positions, USDC atoms. */
  DeficitAtoms: 8,
  /** D_i, this position's share of it, USDC atoms. */
  DeficitShareAtoms: 9,
  /** Price the part was taken at before its clamp, ticks. */
  PriceBeforeClamp: 10,
  /** Needed, taken, overshoot: lots. */
  NeededLots: 11,
  TakenLots: 12,
  /** Capacity that was left, lots or USD. */
  Capacity: 13,
  /** Fractions of the worse of mark and index between which a slice may trade. */
  ImpactMin: 14,
  ImpactMax: 15,
  /** Debt that a charge is of: atoms of the receipt's asset. */
  WholeAtoms: 16,
  /** Figures of the account at the beginning of the turn, USD; told where an earlier act of the turn has changed them. */
  DueNetEquity: 17,
  DueMaintenance: 18,
  DueExposure: 19,
  /** USD that the book was offered over the last seconds, and took; told where that is why the backstop was due. */
  BookOffered: 20,
  BookTaken: 21,
} as const;
export type ReceiptTerm = (typeof ReceiptTerm)[keyof typeof ReceiptTerm];

/** Name of a number in one of the sets above, for people and the wire. @example nameOf(Side, 0) // 'Bid' */
export function nameOf<T extends { readonly [name: string]: number }>(set: T, value: number): string & keyof T {
  const name = namesOf(set).get(value);
  if (name !== undefined && isKeyOf(set, name)) return name;
  throw new RangeError(`${value} is not one of ${Object.keys(set).join(', ')}`);
}

/** Names by number of the sets that were asked for: an answer about an order asks for four. */
const knownNames = new WeakMap<object, ReadonlyMap<number, string>>();

function namesOf(set: { readonly [name: string]: number }): ReadonlyMap<number, string> {
  const known = knownNames.get(set);
  if (known !== undefined) return known;
  // Of two names of one number the first counts.
  const names = new Map(
    Object.entries(set)
      .map(([name, value]): [number, string] => [value, name])
      .toReversed(),
  );
  knownNames.set(set, names);
  return names;
}

function isKeyOf<T extends object>(set: T, name: string): name is string & keyof T {
  return Object.hasOwn(set, name);
}
