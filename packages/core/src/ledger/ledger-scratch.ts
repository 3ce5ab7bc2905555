/** Working memory of one frame: lending acts to be told as events, and credits that became free cash. */

export interface LedgerScratch {
  /** Acts of the frame, merged by holding, type, source and order; linked per holding, newest first. */
  moveCount: number;
  moveRow: Int32Array;
  moveType: Uint8Array;
  moveSource: Uint8Array;
  moveOrder: Float64Array;
  movePosition: Float64Array;
  moveAtoms: Float64Array;
  moveNext: Int32Array;
  /** By row of holdings: its newest act; meaningful for touched rows only. */
  readonly moveHead: Int32Array;
  /**
   * By row of holdings: what its shares were worth when last asked, four words: version of the index (a debt's negative),
   * whole shares, pico-shares, atoms. It depends on these alone, so it holds beyond the command.
   */
  readonly worths: Float64Array;
  /** Credits of the frame that became free cash of an asset with a pool, in order. */
  creditCount: number;
  creditRow: Int32Array;
  creditAtoms: Float64Array;
}

const FIRST_CAPACITY = 1024;

/** Words of `worths` for a row. */
export const WORTH_WORDS = 4;

/** @param holdings - rows of the holdings table. */
export function createLedgerScratch(holdings: number): LedgerScratch {
  return {
    moveCount: 0,
    moveRow: new Int32Array(FIRST_CAPACITY),
    moveType: new Uint8Array(FIRST_CAPACITY),
    moveSource: new Uint8Array(FIRST_CAPACITY),
    moveOrder: new Float64Array(FIRST_CAPACITY),
    movePosition: new Float64Array(FIRST_CAPACITY),
    moveAtoms: new Float64Array(FIRST_CAPACITY),
    moveNext: new Int32Array(FIRST_CAPACITY),
    moveHead: new Int32Array(holdings),
    worths: new Float64Array(holdings * WORTH_WORDS),
    creditCount: 0,
    creditRow: new Int32Array(FIRST_CAPACITY),
    creditAtoms: new Float64Array(FIRST_CAPACITY),
  };
}

/** Makes room for one act more; a command with more acts than ever before doubles the arrays. */
export function reserveMove(ledger: LedgerScratch): void {
  if (ledger.moveCount < ledger.moveRow.length) return;
  const size = ledger.moveRow.length * 2;
  ledger.moveRow = grownInt32(ledger.moveRow, size);
  ledger.moveNext = grownInt32(ledger.moveNext, size);
  ledger.moveType = grownUint8(ledger.moveType, size);
  ledger.moveSource = grownUint8(ledger.moveSource, size);
  ledger.moveOrder = grownFloat64(ledger.moveOrder, size);
  ledger.movePosition = grownFloat64(ledger.movePosition, size);
  ledger.moveAtoms = grownFloat64(ledger.moveAtoms, size);
}

/** Makes room for one credit more. */
export function reserveCredit(ledger: LedgerScratch): void {
  if (ledger.creditCount < ledger.creditRow.length) return;
  const size = ledger.creditRow.length * 2;
  ledger.creditRow = grownInt32(ledger.creditRow, size);
  ledger.creditAtoms = grownFloat64(ledger.creditAtoms, size);
}

function grownInt32(from: Int32Array, size: number): Int32Array {
  const larger = new Int32Array(size);
  larger.set(from);
  return larger;
}

function grownUint8(from: Uint8Array, size: number): Uint8Array {
  const larger = new Uint8Array(size);
  larger.set(from);
  return larger;
}

function grownFloat64(from: Float64Array, size: number): Float64Array {
  const larger = new Float64Array(size);
  larger.set(from);
  return larger;
}
