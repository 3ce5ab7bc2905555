/**
 * Tells a receipt what was done. Fills and cancelled orders of the account need no telling: closeReceipt reads them from
 * the events between open and close. Told are the payments beside them, signed as the account sees them, and the numbers a
 * rule was applied with.
 */
import { RECEIPT_SECTIONS } from '@mochila/protocol';
import type { State } from '../../state.ts';
import { addRow, currentDraft } from './receipt-draft.ts';

const ACT_WORDS = RECEIPT_SECTIONS.acts.columns.length;
const TERM_WORDS = RECEIPT_SECTIONS.terms.columns.length;

/** One act; market, asset, orderId and tradeId -1 or 0 where there is none. */
export interface ReceiptActFields {
  /** ReceiptAct. */
  act: number;
  counterAccount: number;
  market: number;
  asset: number;
  /** Lots bought (positive) or sold. */
  lots: number;
  priceTicks: number;
  /** Atoms of `asset` received (positive) or paid: by how much free + lent - debt changed; of a repayment or a note, which change nothing, their amount. */
  atoms: number;
  /** Fee within the act, atoms, already part of `atoms`. */
  feeAtoms: number;
  orderId: number;
  tradeId: number;
}

/**
 * Adds an act to the receipt opened last.
 *
 * @example addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.Charge, counterAccount: provider, asset: state.usdc, atoms: -1_000_000 })
 */
export function addReceiptAct(state: State, fields: ReceiptActFields): void {
  const draft = currentDraft();
  if (!state.out.isOn) return;
  const at = addRow(draft.told, ACT_WORDS);
  const { words } = draft.told;
  words[at] = fields.act;
  words[at + 1] = fields.counterAccount;
  words[at + 2] = fields.market;
  words[at + 3] = fields.asset;
  words[at + 4] = fields.lots;
  words[at + 5] = fields.priceTicks;
  words[at + 6] = fields.atoms;
  words[at + 7] = fields.feeAtoms;
  words[at + 8] = fields.orderId;
  words[at + 9] = fields.tradeId;
  words[at + 10] = 0;
}

/** An act without anything, to be spread. */
export const NO_ACT: Readonly<ReceiptActFields> = {
  act: 0,
  counterAccount: -1,
  market: -1,
  asset: -1,
  lots: 0,
  priceTicks: 0,
  atoms: 0,
  feeAtoms: 0,
  orderId: 0,
  tradeId: 0,
};

/** Tells the receipt opened last a number its rule was applied with. @param term - ReceiptTerm. */
export function addReceiptTerm(state: State, term: number, value: number): void {
  const draft = currentDraft();
  if (!state.out.isOn) return;
  const at = addRow(draft.terms, TERM_WORDS);
  draft.terms.words[at] = term;
  draft.terms.words[at + 1] = value;
}
