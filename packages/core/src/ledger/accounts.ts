/**
 * Accounts: one cross-margin pool and risk unit each (accounts rules 1).
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | user | Int32 | UserIx | the venue itself |
 * | subIndex | Int32 | 0 main account, 1.. subaccounts | main |
 * | autoLend, autoRepayBorrows, autoBorrowSettlements | Uint8 | flag | off |
 * | isLiquidating | Uint8 | flag | no |
 * | liquidationCase | Int32 | RowIx in the cases of liquidation; -1 none | |
 * | postingHead | Int32 | RowIx of the newest backstop posting; -1 none | |
 * | noteHead | Int32 | RowIx of the newest debt note; -1 none | |
 * | saleRow | Int32 | row of the settlement sales; -1 none | |
 * | leverageLimit | Float64 | times | never |
 * | holdingHead, positionHead | Int32 | RowIx of the first row, by asset or market ascending; -1 none | row 0 |
 * | settledEpoch | Float64 | Epoch this account is settled to | before the first |
 * | limitOrders, triggerOrders | Int32 | open orders | none |
 * | delayHours, pendingDelayHours | Float64 | h; pending -1 none | no delay |
 * | pendingDelayAtMicros | Float64 | UnixMicros | |
 * | faucetDay | Float64 | day number of the faucet counters in holdings | |
 * | idempotencyKeys | Int32 | live keys | none |
 */
import { createTable, type Table } from '../table.ts';

/** The table of accounts; columns above. */
export interface Accounts extends Table {
  readonly user: Int32Array;
  readonly subIndex: Int32Array;
  readonly autoLend: Uint8Array;
  readonly autoRepayBorrows: Uint8Array;
  readonly autoBorrowSettlements: Uint8Array;
  readonly isLiquidating: Uint8Array;
  readonly liquidationCase: Int32Array;
  readonly postingHead: Int32Array;
  readonly noteHead: Int32Array;
  readonly saleRow: Int32Array;
  readonly leverageLimit: Float64Array;
  readonly holdingHead: Int32Array;
  readonly positionHead: Int32Array;
  readonly settledEpoch: Float64Array;
  readonly limitOrders: Int32Array;
  readonly triggerOrders: Int32Array;
  readonly delayHours: Float64Array;
  readonly pendingDelayHours: Float64Array;
  readonly pendingDelayAtMicros: Float64Array;
  readonly idempotencyKeys: Int32Array;
}

/** The venue's earnings: fees and its share of interest. It lends and never owes. The genesis makes the venue's accounts in this order, for user 0. */
export const FEES_ACCOUNT = 0;
/** Takes what rounding leaves. It lends and never owes; it begins with one unit of each asset. */
export const DUST_ACCOUNT = 1;
/** Liquidity and insurance: a margin account of the venue. */
export const FUND_ACCOUNT = 2;
/** First account of a person. */
export const FIRST_CUSTOMER_ACCOUNT = 3;

/** @param capacity - rows allocated. */
export function createAccounts(capacity: number): Accounts {
  return {
    ...createTable(capacity),
    user: new Int32Array(capacity),
    subIndex: new Int32Array(capacity),
    autoLend: new Uint8Array(capacity),
    autoRepayBorrows: new Uint8Array(capacity),
    autoBorrowSettlements: new Uint8Array(capacity),
    isLiquidating: new Uint8Array(capacity),
    liquidationCase: new Int32Array(capacity).fill(-1),
    postingHead: new Int32Array(capacity).fill(-1),
    noteHead: new Int32Array(capacity).fill(-1),
    saleRow: new Int32Array(capacity).fill(-1),
    leverageLimit: new Float64Array(capacity),
    holdingHead: new Int32Array(capacity).fill(-1),
    positionHead: new Int32Array(capacity).fill(-1),
    settledEpoch: new Float64Array(capacity),
    limitOrders: new Int32Array(capacity),
    triggerOrders: new Int32Array(capacity),
    delayHours: new Float64Array(capacity),
    pendingDelayHours: new Float64Array(capacity).fill(-1),
    pendingDelayAtMicros: new Float64Array(capacity),
    idempotencyKeys: new Int32Array(capacity),
  };
}
