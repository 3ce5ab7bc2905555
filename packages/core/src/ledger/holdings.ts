/**
 * Holdings: what an account has of one asset (accounts rules 3), one row per account and asset touched, linked per account
 * in ascending order of asset.
 *
 * What every health and every move of money asks of a row lies side by side in 64 bytes, seen as 32-bit integers and as
 * doubles: a health reads four rows, a settlement a million, and each column apart was another miss of the cache.
 * The functions below name the parts.
 *
 * | part | type | unit | 0 means |
 * |---|---|---|---|
 * | ints 0, 1: account, asset | Int32 | AccountIx, AssetIx | |
 * | ints 2: next | Int32 | RowIx of the account's next row; -1 none | |
 * | ints 3: stamp | Int32 | 1 while the row is listed as touched in the running frame | not listed |
 * | words 2: free | Float64 | Atoms owned and not lent | none |
 * | words 3: held | Float64 | Atoms reserved by spot orders out of free + lent | none |
 * | words 4, 5: lentWhole, lentPico | Float64 | lend shares: whole + pico * 1e-12; atoms = floor(shares * lendIndex) | nothing lent |
 * | words 6, 7: debtWhole, debtPico | Float64 | debt shares: atoms = ceil(shares * borrowIndex) | no debt |
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | base | Float64 | Atoms lent or owed without the interest of the running hour | |
 * | interest | Float64 | Atoms of interest since `openedSeq`, reported hours only | |
 * | openedSeq | Float64 | Seq at which the present lend or debt began: its public position id | none |
 * | hourLent, hourOwed | Float64 | Atoms of interest of the running hour from a lend or debt that has ended | none |
 * | forced | Float64 | Atoms lent against the owner's setting, to become free cash (forced-lends.ts) | none |
 * | forcedNext | Int32 | RowIx of the next row in the queue of forced lends; -1 none | |
 * | caseAtoms | Float64 | Atoms, free + lent - debt without its sign, when the account's liquidation began | no liquidation |
 * | faucetDay, faucetAtoms | Float64 | day number, and atoms given that day | |
 */
import { createTable, type Table } from '../table.ts';

const ROW_WORDS = 8;
const ROW_INTS = 2 * ROW_WORDS;

/** The table of holdings; parts and columns above. */
export interface Holdings extends Table {
  /** The rows of 64 bytes, and the same memory as integers. */
  readonly words: Float64Array;
  readonly ints: Int32Array;
  readonly base: Float64Array;
  readonly interest: Float64Array;
  readonly openedSeq: Float64Array;
  readonly hourLent: Float64Array;
  readonly hourOwed: Float64Array;
  readonly forced: Float64Array;
  readonly forcedNext: Int32Array;
  readonly caseAtoms: Float64Array;
  readonly faucetDay: Float64Array;
  readonly faucetAtoms: Float64Array;
}

/** @param capacity - rows allocated. */
export function createHoldings(capacity: number): Holdings {
  const words = new Float64Array(capacity * ROW_WORDS);
  return {
    ...createTable(capacity),
    words,
    ints: new Int32Array(words.buffer),
    base: new Float64Array(capacity),
    interest: new Float64Array(capacity),
    openedSeq: new Float64Array(capacity),
    hourLent: new Float64Array(capacity),
    hourOwed: new Float64Array(capacity),
    forced: new Float64Array(capacity),
    forcedNext: new Int32Array(capacity).fill(-1),
    caseAtoms: new Float64Array(capacity),
    faucetDay: new Float64Array(capacity),
    faucetAtoms: new Float64Array(capacity),
  };
}

/** AccountIx of a row. */
export function holdingAccount(holdings: Holdings, row: number): number {
  return holdings.ints[row * ROW_INTS]!;
}

/** AssetIx of a row. */
export function holdingAsset(holdings: Holdings, row: number): number {
  return holdings.ints[row * ROW_INTS + 1]!;
}

/** RowIx of the row after this one of the same account; -1 none. */
export function nextHolding(holdings: Holdings, row: number): number {
  return holdings.ints[row * ROW_INTS + 2]!;
}

/** 1 while the row is listed as touched in the running frame. */
export function holdingStamp(holdings: Holdings, row: number): number {
  return holdings.ints[row * ROW_INTS + 3]!;
}

/** Atoms owned and not lent. */
export function holdingFree(holdings: Holdings, row: number): number {
  return holdings.words[row * ROW_WORDS + 2]!;
}

/** Atoms that spot orders hold. */
export function holdingHeld(holdings: Holdings, row: number): number {
  return holdings.words[row * ROW_WORDS + 3]!;
}

/** Whole lend shares. */
export function holdingLentWhole(holdings: Holdings, row: number): number {
  return holdings.words[row * ROW_WORDS + 4]!;
}

/** Lend shares beyond the whole ones, in trillionths. */
export function holdingLentPico(holdings: Holdings, row: number): number {
  return holdings.words[row * ROW_WORDS + 5]!;
}

/** Whole debt shares. */
export function holdingDebtWhole(holdings: Holdings, row: number): number {
  return holdings.words[row * ROW_WORDS + 6]!;
}

/** Debt shares beyond the whole ones, in trillionths. */
export function holdingDebtPico(holdings: Holdings, row: number): number {
  return holdings.words[row * ROW_WORDS + 7]!;
}

/** Writes it: accountIx of a row. */
export function setHoldingAccount(holdings: Holdings, row: number, value: number): void {
  holdings.ints[row * ROW_INTS] = value;
}

/** Writes it: assetIx of a row. */
export function setHoldingAsset(holdings: Holdings, row: number, value: number): void {
  holdings.ints[row * ROW_INTS + 1] = value;
}

/** Writes it: rowIx of the row after this one of the same account; -1 none. */
export function setNextHolding(holdings: Holdings, row: number, value: number): void {
  holdings.ints[row * ROW_INTS + 2] = value;
}

/** Writes it: 1 while the row is listed as touched in the running frame. */
export function setHoldingStamp(holdings: Holdings, row: number, value: number): void {
  holdings.ints[row * ROW_INTS + 3] = value;
}

/** Writes it: atoms owned and not lent. */
export function setHoldingFree(holdings: Holdings, row: number, value: number): void {
  holdings.words[row * ROW_WORDS + 2] = value;
}

/** Writes it: atoms that spot orders hold. */
export function setHoldingHeld(holdings: Holdings, row: number, value: number): void {
  holdings.words[row * ROW_WORDS + 3] = value;
}

/** Writes it: whole lend shares. */
export function setHoldingLentWhole(holdings: Holdings, row: number, value: number): void {
  holdings.words[row * ROW_WORDS + 4] = value;
}

/** Writes it: lend shares beyond the whole ones, in trillionths. */
export function setHoldingLentPico(holdings: Holdings, row: number, value: number): void {
  holdings.words[row * ROW_WORDS + 5] = value;
}

/** Writes it: whole debt shares. */
export function setHoldingDebtWhole(holdings: Holdings, row: number, value: number): void {
  holdings.words[row * ROW_WORDS + 6] = value;
}

/** Writes it: debt shares beyond the whole ones, in trillionths. */
export function setHoldingDebtPico(holdings: Holdings, row: number, value: number): void {
  holdings.words[row * ROW_WORDS + 7] = value;
}
