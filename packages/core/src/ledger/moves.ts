/** Lending acts of the running frame, gathered and told once each as borrowLendMoved when the frame closes. */
import { BorrowLendEventType } from '@mochila/protocol';
import { reserveEvents } from '../event-buffer.ts';
import type { State } from '../state.ts';
import { debtAtomsOf, lentAtomsOf } from './holding-rows.ts';
import { holdingAccount, holdingAsset } from './holdings.ts';
import { reserveMove } from './ledger-scratch.ts';

const MOVED_WORDS = 9;
const MOVED_HEADER = 18 * 65536 + MOVED_WORDS;

/** Adds an act of a touched holding; acts of one type, source and order become one. */
export function recordMove(state: State, row: number, type: number, atoms: number, source: number, orderId: number): void {
  const { ledger } = state.scratch;
  for (let at = ledger.moveHead[row]!; at >= 0; at = ledger.moveNext[at]!) {
    if (ledger.moveType[at] !== type || ledger.moveSource[at] !== source || ledger.moveOrder[at] !== orderId) continue;
    ledger.moveAtoms[at] = ledger.moveAtoms[at]! + atoms;
    ledger.movePosition[at] = state.holdings.openedSeq[row]!;
    return;
  }
  reserveMove(ledger);
  const at = ledger.moveCount;
  ledger.moveCount += 1;
  ledger.moveRow[at] = row;
  ledger.moveType[at] = type;
  ledger.moveSource[at] = source;
  ledger.moveOrder[at] = orderId;
  ledger.movePosition[at] = state.holdings.openedSeq[row]!;
  ledger.moveAtoms[at] = atoms;
  ledger.moveNext[at] = ledger.moveHead[row]!;
  ledger.moveHead[row] = at;
}

/** Tells the acts of the frame in the order they began, with the position as it stands now, and forgets them. */
export function emitMoves(state: State): void {
  const { ledger } = state.scratch;
  for (let at = 0; at < ledger.moveCount; at += 1) emitMove(state, at);
  ledger.moveCount = 0;
}

function emitMove(state: State, at: number): void {
  if (!state.out.isOn) return;
  const { ledger } = state.scratch;
  const row = ledger.moveRow[at]!;
  const type = ledger.moveType[at]!;
  const isDebt = type === BorrowLendEventType.Borrow || type === BorrowLendEventType.BorrowRepay;
  const positionAtoms = isDebt ? debtAtomsOf(state, row) : lentAtomsOf(state, row);
  const { moveAtoms, moveSource, movePosition, moveOrder } = ledger;
  appendMove(state, row, type, moveAtoms[at]!, moveSource[at]!, positionAtoms, movePosition[at]!, moveOrder[at]!);
}

/** Tells an act of no order at once, the only one of its holding in the frame. @param positionAtoms - what the lend or debt is worth after it. */
export function announceMove(state: State, row: number, type: number, atoms: number, source: number, positionAtoms: number): void {
  if (state.out.isOn) appendMove(state, row, type, atoms, source, positionAtoms, state.holdings.openedSeq[row]!, 0);
}

/** Appends borrowLendMoved without allocation. */
function appendMove(
  state: State,
  row: number,
  type: number,
  atoms: number,
  source: number,
  positionAtoms: number,
  positionId: number,
  orderId: number,
): void {
  const { out } = state;
  reserveEvents(out, MOVED_WORDS);
  const words = out.words;
  const start = out.length;
  words[start] = MOVED_HEADER;
  words[start + 1] = holdingAccount(state.holdings, row);
  words[start + 2] = holdingAsset(state.holdings, row);
  words[start + 3] = type;
  words[start + 4] = atoms;
  words[start + 5] = source;
  words[start + 6] = positionAtoms;
  words[start + 7] = positionId;
  words[start + 8] = orderId;
  out.length = start + MOVED_WORDS;
  out.count += 1;
}
