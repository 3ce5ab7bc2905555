/**
 * Receipts being written: working memory, in no snapshot. Forced acts nest (the fund pays within a deleveraging), so there
 * is a small stack; each draft has its own words and keeps them for the next receipt.
 */
import { assert } from '@mochila/units';
import type { EventBuffer } from '../../event-buffer.ts';

/** Receipts open at once. */
const DEPTH_MAX = 4;
const FIRST_WORDS = 1 << 10;

/** What a receipt is about; fixed when it is opened. */
export interface ReceiptSubject {
  /** ReceiptKind. */
  kind: number;
  account: number;
  /** MarketIx and AssetIx, or -1. */
  market: number;
  asset: number;
  /** Stage of the waterfall, or -1. */
  stage: number;
}

/** Rows of one section, growing. */
export interface DraftRows {
  words: Float64Array;
  length: number;
  rows: number;
}

/** One receipt being written. */
export interface ReceiptDraft {
  readonly subject: ReceiptSubject;
  /** Word of the event buffer where it began. */
  outStart: number;
  readonly positions: DraftRows;
  readonly holdings: DraftRows;
  readonly totals: DraftRows;
  readonly told: DraftRows;
  readonly terms: DraftRows;
}

/** Makes an empty section. */
export function createRows(): DraftRows {
  return { words: new Float64Array(FIRST_WORDS), length: 0, rows: 0 };
}

function createDraft(): ReceiptDraft {
  return {
    subject: { kind: 0, account: 0, market: -1, asset: -1, stage: -1 },
    outStart: 0,
    positions: createRows(),
    holdings: createRows(),
    totals: createRows(),
    told: createRows(),
    terms: createRows(),
  };
}

const drafts = Array.from({ length: DEPTH_MAX }, createDraft);
let depth = 0;
/** The command that the open drafts belong to. A command that broke off leaves drafts behind, which the next one forgets. */
const command: { out: EventBuffer | null; seq: number } = { out: null, seq: 0 };

/** Takes the next draft of the stack, empty. @param out - event buffer of the engine. @param seq - of the running command. */
export function pushDraft(out: EventBuffer, seq: number): ReceiptDraft {
  if (command.out !== out || command.seq !== seq) depth = 0;
  command.out = out;
  command.seq = seq;
  assert(depth < DEPTH_MAX, 'receipts nest a few deep');
  const draft = drafts[depth]!;
  depth += 1;
  clearRows(draft.positions);
  clearRows(draft.holdings);
  clearRows(draft.totals);
  clearRows(draft.told);
  clearRows(draft.terms);
  return draft;
}

/** Empties a section. */
export function clearRows(rows: DraftRows): void {
  rows.length = 0;
  rows.rows = 0;
}

/** The draft opened last. */
export function currentDraft(): ReceiptDraft {
  assert(depth > 0, 'an act belongs to an open receipt');
  return drafts[depth - 1]!;
}

/** Ends the draft opened last. */
export function popDraft(): ReceiptDraft {
  const draft = currentDraft();
  depth -= 1;
  return draft;
}

/** Makes room for a row of `width` words and counts it. @returns where it begins. */
export function addRow(rows: DraftRows, width: number): number {
  const at = rows.length;
  if (at + width > rows.words.length) {
    const larger = new Float64Array(rows.words.length * 2);
    larger.set(rows.words);
    rows.words = larger;
  }
  rows.length = at + width;
  rows.rows += 1;
  return at;
}
