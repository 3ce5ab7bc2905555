/** Events of the streams of an account. */
import type {
  Decimal,
  OrderExpiryReason,
  OrderStatus,
  ReceiptKindWord,
  ReceiptRoleWord,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TriggerBy,
} from './words.ts';

/** A change of an order. */
export type OrderUpdateEvent = {
  /** What happened. */
  readonly e: 'orderAccepted' | 'orderCancelled' | 'orderExpired' | 'orderFill' | 'orderModified' | 'triggerPlaced' | 'triggerFailed';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  readonly s: string;
  /** Order id. */
  readonly i: string;
  /** Your own id of the order. */
  readonly c?: number;
  readonly S: Side;
  /** Kind of the order. */
  readonly o: 'LIMIT' | 'MARKET';
  readonly f: TimeInForce;
  /** Quantity. */
  readonly q?: Decimal;
  /** Amount of the quote asset. */
  readonly Q?: Decimal;
  /** Price. */
  readonly p?: Decimal;
  /** Trigger price. */
  readonly P?: Decimal;
  readonly B?: TriggerBy;
  /** Trigger quantity. */
  readonly Y?: string;
  /** Trigger price of the take profit. */
  readonly a?: Decimal;
  /** Trigger price of the stop loss. */
  readonly b?: Decimal;
  /** Limit price of the take profit. */
  readonly j?: Decimal;
  /** Limit price of the stop loss. */
  readonly k?: Decimal;
  readonly d?: TriggerBy;
  readonly g?: TriggerBy;
  readonly X: OrderStatus;
  readonly R?: OrderExpiryReason;
  /** Id of the trade. */
  readonly t?: number;
  /** Quantity of the fill. */
  readonly l?: Decimal;
  /** Price of the fill. */
  readonly L?: Decimal;
  /** Whether the order rested on the book. */
  readonly m?: boolean;
  /** Fee of the fill; negative for a rebate. */
  readonly n?: Decimal;
  /** Asset of the fee. */
  readonly N?: string;
  /** Quantity filled so far. */
  readonly z: Decimal;
  /** Quote amount of the fills so far. */
  readonly Z: Decimal;
  readonly V: SelfTradePrevention;
  /** Whether it is reduce-only. */
  readonly r: boolean;
  /** Whether it is post-only. */
  readonly y?: boolean;
  readonly O: OrderOrigin;
  /** Order that this one belongs to. */
  readonly I?: string;
  /** Strategy that made the order. */
  readonly H?: number;
  /** Sequence number of the account, for resuming. */
  readonly seq: number;
};

/** A change of a position; without `e` it is a position at the start of a subscription. */
export type PositionUpdateEvent = {
  /** What happened. */
  readonly e?: 'positionOpened' | 'positionAdjusted' | 'positionClosed';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  readonly s: string;
  /** Position id. */
  readonly i: string;
  /** Size; negative when short. */
  readonly q: Decimal;
  /** Size of the worst case, open orders included. */
  readonly Q: Decimal;
  /** Notional of the worst case. */
  readonly n: Decimal;
  /** Average price of the position. */
  readonly B: Decimal;
  /** Price at which closing brings back all costs. */
  readonly b: Decimal;
  /** Mark price. */
  readonly M: Decimal;
  /** Initial margin fraction. */
  readonly f: Decimal;
  /** Maintenance margin fraction. */
  readonly m: Decimal;
  /** Always 0; ask the position route for the liquidation price. */
  readonly l: Decimal;
  /** Profit realised since opening. */
  readonly p: Decimal;
  /** Profit not yet realised. */
  readonly P: Decimal;
  /** Sequence number of the account, for resuming. */
  readonly seq: number;
};

/** A balance after a change. */
export type BalanceUpdateEvent = {
  readonly e: 'balanceUpdate';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  readonly s: string;
  /** What can be used at once. */
  readonly available: Decimal;
  /** What open orders hold. */
  readonly locked: Decimal;
  /** Always 0. */
  readonly staked: Decimal;
  /** Sequence number of the account, for resuming. */
  readonly seq: number;
};

/** The venue did something to the account by itself; `getReceipt` shows every line. */
export type ReceiptUpdateEvent = {
  readonly e: 'receiptWritten';
  /** When it was sent, in microseconds. */
  readonly E: number;
  /** When the engine did it, in microseconds. */
  readonly T: number;
  /** Id of the receipt, as `getReceipt` takes it. */
  readonly i: string;
  /** Number in the venue; 0 for one made of a settlement. */
  readonly n: number;
  /** What was done. */
  readonly k: ReceiptKindWord;
  /** Whether it was done to this account, or with a position of it to carry it out. */
  readonly r: ReceiptRoleWord;
  /** Stage of the waterfall, 0 to 4. */
  readonly g?: number;
  /** Symbol of the market. */
  readonly s?: string;
  /** Asset. */
  readonly a?: string;
  /** Sequence number of the account, for resuming. */
  readonly seq: number;
};

/** Who made an order: its owner or a part of the venue. */
export type OrderOrigin =
  | 'USER'
  | 'LIQUIDATION_AUTOCLOSE'
  | 'ADL_AUTOCLOSE'
  | 'COLLATERAL_CONVERSION'
  | 'SETTLEMENT_AUTOCLOSE'
  | 'BACKSTOP_LIQUIDITY_PROVIDER';
