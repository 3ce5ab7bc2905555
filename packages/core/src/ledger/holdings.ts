/**
 * Holdings: what an account has of one asset (accounts rules 3), one row per account and asset touched, linked per account
 * in ascending order of asset.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | account, asset | Int32 | AccountIx, AssetIx | |
 * | next | Int32 | RowIx of the account's next row; -1 none | |
 * | free | Float64 | Atoms owned and not lent | none |
 * | lentWhole, lentPico | Float64 | lend shares: whole + pico * 1e-12; atoms = floor(shares * lendIndex) | nothing lent |
 * | debtWhole, debtPico | Float64 | debt shares: atoms = ceil(shares * borrowIndex) | no debt |
 * | held | Float64 | Atoms reserved by spot orders out of free + lent | none |
 * | base | Float64 | Atoms lent or owed without the interest of the running hour | |
 * | interest | Float64 | Atoms of interest since `openedSeq`, reported hours only | |
 * | openedSeq | Float64 | Seq at which the present lend or debt began: its public position id | none |
 * | hourLent, hourOwed | Float64 | Atoms of interest of the running hour from a lend or debt that has ended | none |
 * | forced | Float64 | Atoms lent against the owner's setting, to become free cash (forced-lends.ts) | none |
 * | forcedNext | Int32 | RowIx of the next row in the queue of forced lends; -1 none | |
 * | caseAtoms | Float64 | Atoms, free + lent - debt without its sign, when the account's liquidation began | no liquidation |
 * | stamp | Float64 | 1 while the row is listed as touched in the running frame | not listed |
 * | faucetDay, faucetAtoms | Float64 | day number, and atoms given that day | |
 */
import { createTable, type Table } from '../table.ts';

/** The table of holdings; columns above. */
export interface Holdings extends Table {
  readonly account: Int32Array;
  readonly asset: Int32Array;
  readonly next: Int32Array;
  readonly free: Float64Array;
  readonly lentWhole: Float64Array;
  readonly lentPico: Float64Array;
  readonly debtWhole: Float64Array;
  readonly debtPico: Float64Array;
  readonly held: Float64Array;
  readonly base: Float64Array;
  readonly interest: Float64Array;
  readonly openedSeq: Float64Array;
  readonly hourLent: Float64Array;
  readonly hourOwed: Float64Array;
  readonly forced: Float64Array;
  readonly forcedNext: Int32Array;
  readonly caseAtoms: Float64Array;
  readonly stamp: Float64Array;
  readonly faucetDay: Float64Array;
  readonly faucetAtoms: Float64Array;
}

/** @param capacity - rows allocated. */
export function createHoldings(capacity: number): Holdings {
  return {
    ...createTable(capacity),
    account: new Int32Array(capacity),
    asset: new Int32Array(capacity),
    next: new Int32Array(capacity),
    free: new Float64Array(capacity),
    lentWhole: new Float64Array(capacity),
    lentPico: new Float64Array(capacity),
    debtWhole: new Float64Array(capacity),
    debtPico: new Float64Array(capacity),
    held: new Float64Array(capacity),
    base: new Float64Array(capacity),
    interest: new Float64Array(capacity),
    openedSeq: new Float64Array(capacity),
    hourLent: new Float64Array(capacity),
    hourOwed: new Float64Array(capacity),
    forced: new Float64Array(capacity),
    forcedNext: new Int32Array(capacity).fill(-1),
    caseAtoms: new Float64Array(capacity),
    stamp: new Float64Array(capacity),
    faucetDay: new Float64Array(capacity),
    faucetAtoms: new Float64Array(capacity),
  };
}
