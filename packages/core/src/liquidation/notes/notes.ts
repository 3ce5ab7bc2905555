/**
 * Debt notes (liquidation rules 2): what the fund paid for an account that had nothing left. A record between account and
 * fund: no balance, no interest, in no figure of equity or health. One row per account and asset.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | id | Float64 | public number, from 1 | |
 * | account, asset | Int32 | AccountIx, AssetIx; account -1 when the row is free | |
 * | next | Int32 | RowIx of the account's next note; -1 none | |
 * | leftAtoms | Float64 | Atoms not repaid | |
 * | writtenAtMicros | Float64 | UnixMicros | |
 */
import { createTable, type Table } from '../../table.ts';

/** The table of notes; columns above. */
export interface Notes extends Table {
  /** Number of the last note written. */
  written: number;
  readonly id: Float64Array;
  readonly account: Int32Array;
  readonly asset: Int32Array;
  readonly next: Int32Array;
  readonly leftAtoms: Float64Array;
  readonly writtenAtMicros: Float64Array;
}

/** Makes an empty table. @param capacity - rows. */
export function createNotes(capacity: number): Notes {
  return {
    ...createTable(capacity),
    written: 0,
    id: new Float64Array(capacity),
    account: new Int32Array(capacity).fill(-1),
    asset: new Int32Array(capacity),
    next: new Int32Array(capacity).fill(-1),
    leftAtoms: new Float64Array(capacity),
    writtenAtMicros: new Float64Array(capacity),
  };
}
