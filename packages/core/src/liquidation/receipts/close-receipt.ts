/** Ends a receipt after a forced act: the account as it stands now, what was done, what the engine saw; told as one event. */
import {
  events,
  RECEIPT_PARAMETERS,
  RECEIPT_RULE_VERSION,
  RECEIPT_SECTIONS,
  ReceiptMoment,
  type ReceiptSection,
  receiptParameter,
  receiptParametersOf,
  recordHeader,
} from '@mochila/protocol';
import { reserveEvents } from '../../event-buffer.ts';
import type { State } from '../../state.ts';
import { addAccountLines } from './account-lines.ts';
import { addPriceLines, clearWanted, useLines, wantAsset, wantMarket } from './price-lines.ts';
import { readActs } from './read-acts.ts';
import { addRow, clearRows, createRows, type DraftRows, popDraft, type ReceiptDraft } from './receipt-draft.ts';

const RECORD_WORDS_MAX = 65_535;
const SECTION_HEADER = 3;
const HEADER_WORDS = 2 + events.receiptWritten.numberFields.length;
const ACT_WORDS = RECEIPT_SECTIONS.acts.columns.length;

/** Rows gathered at the close; used by one receipt at a time. */
const gathered = { parameters: createRows(), assets: createRows(), sources: createRows(), markets: createRows(), acts: createRows() };

/**
 * Ends the receipt opened last and appends `receiptWritten`. O(lines of the account + events since it was opened).
 *
 * @returns its number in the venue, from 1; it counts while recovery replays too.
 */
export function closeReceipt(state: State): number {
  const draft = popDraft();
  state.liquidation.receipts += 1;
  if (state.out.isOn) writeReceipt(state, draft);
  return state.liquidation.receipts;
}

function writeReceipt(state: State, draft: ReceiptDraft): void {
  addAccountLines(state, draft, ReceiptMoment.After);
  clearRows(gathered.acts);
  readActs(state, draft, gathered.acts);
  copyRows(draft.told, gathered.acts, ACT_WORDS);
  gatherPrices(state, draft);
  const fixed = HEADER_WORDS + wordsOf(gathered.parameters, gathered.assets, gathered.sources, gathered.markets, draft.positions);
  const room = RECORD_WORDS_MAX - fixed - wordsOf(draft.holdings, draft.totals, draft.terms) - SECTION_HEADER;
  const omitted = Math.max(0, gathered.acts.rows - Math.floor(room / ACT_WORDS));
  gathered.acts.rows -= omitted;
  gathered.acts.length -= omitted * ACT_WORDS;
  appendEvent(state, draft, omitted);
}

/** Wants every asset and market of the lines and acts, and gathers what the engine saw of them. */
function gatherPrices(state: State, draft: ReceiptDraft): void {
  const { parameters, assets, sources, markets } = gathered;
  clearRows(parameters);
  clearRows(assets);
  clearRows(sources);
  clearRows(markets);
  clearWanted();
  if (draft.subject.market >= 0) wantMarket(state, draft.subject.market);
  if (draft.subject.asset >= 0) wantAsset(state, draft.subject.asset);
  wantAsset(state, state.usdc);
  wantColumn(draft.positions, RECEIPT_SECTIONS.positions.columns.length, 1, (ix) => wantMarket(state, ix));
  wantColumn(draft.holdings, RECEIPT_SECTIONS.holdings.columns.length, 1, (ix) => wantAsset(state, ix));
  wantColumn(gathered.acts, ACT_WORDS, 2, (ix) => wantMarket(state, ix));
  wantColumn(gathered.acts, ACT_WORDS, 3, (ix) => wantAsset(state, ix));
  useLines(draft.positions, draft.holdings);
  addParameters(state, draft.subject.kind, parameters);
  addPriceLines(state, assets, sources, markets);
}

function wantColumn(rows: DraftRows, width: number, column: number, want: (ix: number) => void): void {
  for (let at = column; at < rows.length; at += width) {
    const ix = rows.words[at]!;
    if (ix >= 0) want(ix);
  }
}

function addParameters(state: State, kind: number, rows: DraftRows): void {
  for (const parameter of receiptParametersOf(kind, RECEIPT_RULE_VERSION)) {
    const at = addRow(rows, 2);
    rows.words[at] = RECEIPT_PARAMETERS.indexOf(parameter);
    rows.words[at + 1] = receiptParameter(state.genesis, parameter);
  }
}

function copyRows(from: DraftRows, to: DraftRows, width: number): void {
  for (let row = 0; row < from.rows; row += 1) {
    const at = addRow(to, width);
    for (let word = 0; word < width; word += 1) to.words[at + word] = from.words[row * width + word]!;
  }
}

function wordsOf(...sections: DraftRows[]): number {
  let words = 0;
  for (const { length } of sections) words += SECTION_HEADER + length;
  return words;
}

function appendEvent(state: State, draft: ReceiptDraft, omitted: number): void {
  const { out } = state;
  const { parameters, assets, sources, markets, acts } = gathered;
  const { positions, holdings, totals, terms, subject } = draft;
  const lines = wordsOf(parameters, assets, sources, markets, positions, holdings, totals, acts, terms);
  reserveEvents(out, HEADER_WORDS + lines);
  const { words } = out;
  const at = out.length;
  words[at] = recordHeader(events.receiptWritten.code, HEADER_WORDS + lines);
  words[at + 1] = state.liquidation.receipts;
  words[at + 2] = subject.kind;
  words[at + 3] = subject.account;
  words[at + 4] = subject.market;
  words[at + 5] = subject.asset;
  words[at + 6] = subject.stage;
  words[at + 7] = RECEIPT_RULE_VERSION;
  words[at + 8] = omitted;
  words[at + 9] = lines * 8;
  let to = at + HEADER_WORDS;
  to = appendSection(words, to, 'parameters', parameters);
  to = appendSection(words, to, 'assets', assets);
  to = appendSection(words, to, 'sources', sources);
  to = appendSection(words, to, 'markets', markets);
  to = appendSection(words, to, 'positions', positions);
  to = appendSection(words, to, 'holdings', holdings);
  to = appendSection(words, to, 'totals', totals);
  to = appendSection(words, to, 'acts', acts);
  out.length = appendSection(words, to, 'terms', terms);
  out.count += 1;
}

function appendSection(words: Float64Array, at: number, name: ReceiptSection, rows: DraftRows): number {
  const { code, columns } = RECEIPT_SECTIONS[name];
  words[at] = code;
  words[at + 1] = rows.rows;
  words[at + 2] = columns.length;
  for (let word = 0; word < rows.length; word += 1) words[at + SECTION_HEADER + word] = rows.words[word]!;
  return at + SECTION_HEADER + rows.length;
}
