/** positionChanged events: one for a position that ends, at its last fill, and one for each touched row that is open at the end of a command. */
import { events, MarketType } from '@mochila/protocol';
import { reserveEvents } from '../event-buffer.ts';
import { FIRST_CUSTOMER_ACCOUNT } from '../ledger/accounts.ts';
import { noteRow } from '../risk/open-rows.ts';
import {
  positionAccount,
  positionClosedLots,
  positionEntryCostAtoms,
  positionFeesAtoms,
  positionFundingAtoms,
  positionLiquidatedLots,
  positionLiquidationFeesAtoms,
  positionMarket,
  positionOpenAskLots,
  positionOpenBidLots,
  positionOpenedAtMicros,
  positionOpenedSeq,
  positionRealizedPnlAtoms,
  positionSizeLots,
  setPositionStamp,
} from '../risk/positions.ts';
import { noteChanged } from '../risk/short-index.ts';
import type { State } from '../state.ts';

const HEADER = events.positionChanged.code * 65536 + 16;
const Change = { Adjusted: 0, Opened: 1, Closed: 2 } as const;

/** Appends the position of every row touched by the running command and empties the list. */
export function announcePositions(state: State): void {
  const { positions, scratch } = state;
  for (let at = 0; at < scratch.touchedPositionCount; at += 1) {
    const row = scratch.touchedPositions[at]!;
    setPositionStamp(positions, row, 0);
    noteRow(scratch.openRows, positions, row);
    if (state.markets[positionMarket(positions, row)]!.type === MarketType.SPOT) continue;
    if (positionAccount(positions, row) < FIRST_CUSTOMER_ACCOUNT) continue;
    noteChanged(scratch.shortIndex, positionAccount(positions, row));
    const before = scratch.touchedPositionSizes[at]!;
    const after = positionSizeLots(positions, row);
    if (after !== 0) emitPosition(state, row, after, before === 0 ? Change.Opened : Change.Adjusted);
  }
  scratch.touchedPositionCount = 0;
}

/** Appends the end of a touched position, its figures those of its life; what the row holds later in the command is a new one. */
export function announceClosedPosition(state: State, row: number): void {
  const { scratch } = state;
  let at = scratch.touchedPositionCount - 1;
  while (scratch.touchedPositions[at] !== row) at -= 1;
  scratch.touchedPositionSizes[at] = 0;
  if (positionAccount(state.positions, row) >= FIRST_CUSTOMER_ACCOUNT) emitPosition(state, row, 0, Change.Closed);
}

function emitPosition(state: State, row: number, sizeLots: number, change: number): void {
  const { out, positions } = state;
  if (!out.isOn) return;
  reserveEvents(out, 16);
  const words = out.words;
  const at = out.length;
  words[at] = HEADER;
  words[at + 1] = positionAccount(positions, row);
  words[at + 2] = positionMarket(positions, row);
  words[at + 3] = positionOpenedSeq(positions, row);
  words[at + 4] = sizeLots;
  words[at + 5] = positionEntryCostAtoms(positions, row);
  words[at + 6] = positionRealizedPnlAtoms(positions, row);
  words[at + 7] = positionFundingAtoms(positions, row);
  words[at + 8] = positionFeesAtoms(positions, row);
  words[at + 9] = positionClosedLots(positions, row);
  words[at + 10] = positionOpenBidLots(positions, row);
  words[at + 11] = positionOpenAskLots(positions, row);
  words[at + 12] = positionOpenedAtMicros(positions, row);
  words[at + 13] = change;
  words[at + 14] = positionLiquidatedLots(positions, row);
  words[at + 15] = positionLiquidationFeesAtoms(positions, row);
  out.length = at + 16;
  out.count += 1;
}
