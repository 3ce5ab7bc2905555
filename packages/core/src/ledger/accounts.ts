/**
 * Accounts: one cross-margin pool and risk unit each (accounts rules 1).
 *
 * What every command asks of an account lies side by side in 64 bytes, seen as 32-bit integers and as doubles; the functions
 * below name the parts.
 *
 * | part | type | unit | 0 means |
 * |---|---|---|---|
 * | ints 0: user | Int32 | UserIx | the venue itself |
 * | ints 1, 2: holdingHead, positionHead | Int32 | RowIx of the first row, by asset or market ascending; -1 none | row 0 |
 * | ints 3, 4: limitOrders, triggerOrders | Int32 | open orders | none |
 * | ints 5: noteHead | Int32 | RowIx of the newest debt note; -1 none | |
 * | ints 6: postingHead | Int32 | RowIx of the newest backstop posting; -1 none | |
 * | ints 7: isLiquidating | Int32 | flag | no |
 * | ints 8, 9: autoLend, autoRepayBorrows | Int32 | flag | off |
 * | ints 10: idempotencyKeys | Int32 | live keys | none |
 * | words 6: leverageLimit | Float64 | times | never |
 * | words 7: settledEpoch | Float64 | Epoch this account is settled to | before the first |
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | subIndex | Int32 | 0 main account, 1.. subaccounts | main |
 * | autoBorrowSettlements | Uint8 | flag | off |
 * | liquidationCase | Int32 | RowIx in the cases of liquidation; -1 none | |
 * | saleRow | Int32 | row of the settlement sales; -1 none | |
 * | delayHours, pendingDelayHours | Float64 | h; pending -1 none | no delay |
 * | pendingDelayAtMicros | Float64 | UnixMicros | |
 */
import { createTable, type Table } from '../table.ts';

const ROW_WORDS = 8;
const ROW_INTS = 2 * ROW_WORDS;

/** The table of accounts; parts and columns above. */
export interface Accounts extends Table {
  /** The rows of 64 bytes, and the same memory as integers. */
  readonly words: Float64Array;
  readonly ints: Int32Array;
  readonly subIndex: Int32Array;
  readonly autoBorrowSettlements: Uint8Array;
  readonly liquidationCase: Int32Array;
  readonly saleRow: Int32Array;
  readonly delayHours: Float64Array;
  readonly pendingDelayHours: Float64Array;
  readonly pendingDelayAtMicros: Float64Array;
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
  const words = new Float64Array(capacity * ROW_WORDS);
  const accounts: Accounts = {
    ...createTable(capacity),
    words,
    ints: new Int32Array(words.buffer),
    subIndex: new Int32Array(capacity),
    autoBorrowSettlements: new Uint8Array(capacity),
    liquidationCase: new Int32Array(capacity).fill(-1),
    saleRow: new Int32Array(capacity).fill(-1),
    delayHours: new Float64Array(capacity),
    pendingDelayHours: new Float64Array(capacity).fill(-1),
    pendingDelayAtMicros: new Float64Array(capacity),
  };
  for (let row = 0; row < capacity; row += 1) {
    setAccountHoldingHead(accounts, row, -1);
    setAccountPositionHead(accounts, row, -1);
    setAccountNoteHead(accounts, row, -1);
    setAccountPostingHead(accounts, row, -1);
  }
  return accounts;
}

/** UserIx of the owner; 0 the venue itself. */
export function accountUser(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS]!;
}

/** RowIx of the first holding, by asset ascending; -1 none. */
export function accountHoldingHead(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 1]!;
}

/** RowIx of the first position, by market ascending; -1 none. */
export function accountPositionHead(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 2]!;
}

/** Open orders that wait for no trigger. */
export function accountLimitOrders(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 3]!;
}

/** Open orders that wait for their trigger. */
export function accountTriggerOrders(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 4]!;
}

/** RowIx of the newest debt note; -1 none. */
export function accountNoteHead(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 5]!;
}

/** RowIx of the newest backstop posting; -1 none. */
export function accountPostingHead(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 6]!;
}

/** 1 while the account is being liquidated. */
export function accountIsLiquidating(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 7]!;
}

/** 1 when credits are lent. */
export function accountAutoLend(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 8]!;
}

/** 1 when credits repay debts first. */
export function accountAutoRepayBorrows(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 9]!;
}

/** Idempotency keys alive. */
export function accountIdempotencyKeys(accounts: Accounts, row: number): number {
  return accounts.ints[row * ROW_INTS + 10]!;
}

/** Times the equity that may be at risk. */
export function accountLeverageLimit(accounts: Accounts, row: number): number {
  return accounts.words[row * ROW_WORDS + 6]!;
}

/** Epoch the account is settled to. */
export function accountSettledEpoch(accounts: Accounts, row: number): number {
  return accounts.words[row * ROW_WORDS + 7]!;
}

/** Writes it: userIx of the owner; 0 the venue itself. */
export function setAccountUser(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS] = value;
}

/** Writes it: rowIx of the first holding, by asset ascending; -1 none. */
export function setAccountHoldingHead(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 1] = value;
}

/** Writes it: rowIx of the first position, by market ascending; -1 none. */
export function setAccountPositionHead(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 2] = value;
}

/** Writes it: open orders that wait for no trigger. */
export function setAccountLimitOrders(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 3] = value;
}

/** Writes it: open orders that wait for their trigger. */
export function setAccountTriggerOrders(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 4] = value;
}

/** Writes it: rowIx of the newest debt note; -1 none. */
export function setAccountNoteHead(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 5] = value;
}

/** Writes it: rowIx of the newest backstop posting; -1 none. */
export function setAccountPostingHead(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 6] = value;
}

/** Writes it: 1 while the account is being liquidated. */
export function setAccountIsLiquidating(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 7] = value;
}

/** Writes it: 1 when credits are lent. */
export function setAccountAutoLend(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 8] = value;
}

/** Writes it: 1 when credits repay debts first. */
export function setAccountAutoRepayBorrows(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 9] = value;
}

/** Writes it: idempotency keys alive. */
export function setAccountIdempotencyKeys(accounts: Accounts, row: number, value: number): void {
  accounts.ints[row * ROW_INTS + 10] = value;
}

/** Writes it: times the equity that may be at risk. */
export function setAccountLeverageLimit(accounts: Accounts, row: number, value: number): void {
  accounts.words[row * ROW_WORDS + 6] = value;
}

/** Writes it: epoch the account is settled to. */
export function setAccountSettledEpoch(accounts: Accounts, row: number, value: number): void {
  accounts.words[row * ROW_WORDS + 7] = value;
}
