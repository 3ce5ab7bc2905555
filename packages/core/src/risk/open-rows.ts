/**
 * Rows of open positions by market and side, so that deleveraging ranks those of a market without a walk over all. Working
 * memory, not state: gathered when first asked for, kept up at the end of each command after that; what is listed depends on
 * the positions alone.
 */

import { type Positions, positionMarket, positionSizeLots } from './positions.ts';

/** The rows, as they stood before the running command. */
export interface OpenRows {
  isGathered: boolean;
  /** RowIx by place: long positions of a market at 2 * market, short ones after them. In no order. */
  readonly rows: number[][];
  /** Of each row its place, -1 when nothing is open there, and where in the place it stands. */
  readonly place: Int32Array;
  readonly slot: Int32Array;
}

/** The lists, and what the running command touched since (`scratch`). */
export interface Touched {
  readonly openRows: OpenRows;
  readonly touchedPositions: Int32Array;
  readonly touchedPositionCount: number;
}

/** Makes empty lists. @param markets - of the venue. @param positions - rows of their table. */
export function createOpenRows(markets: number, positions: number): OpenRows {
  return {
    isGathered: false,
    rows: Array.from({ length: markets * 2 }, () => []),
    place: new Int32Array(positions).fill(-1),
    slot: new Int32Array(positions),
  };
}

/** Rows of one side of a market as they stand now, in no order. Linear in them and in what the running command touched. */
export function openRowsOf(scratch: Touched, positions: Positions, market: number, isLong: boolean): number[] {
  const { openRows } = scratch;
  if (!openRows.isGathered) gather(openRows, positions);
  const place = placeOf(market, isLong);
  const found = openRows.rows[place]!.filter((row) => placeOfRow(positions, row) === place);
  for (let at = 0; at < scratch.touchedPositionCount; at += 1) {
    const row = scratch.touchedPositions[at]!;
    if (openRows.place[row] !== place && placeOfRow(positions, row) === place) found.push(row);
  }
  return found;
}

/** Files a row whose size may have changed, at the end of the command that touched it. */
export function noteRow(openRows: OpenRows, positions: Positions, row: number): void {
  if (!openRows.isGathered) return;
  const before = openRows.place[row]!;
  const now = placeOfRow(positions, row);
  if (now === before) return;
  if (before >= 0) take(openRows, before, row);
  if (now >= 0) put(openRows, now, row);
  openRows.place[row] = now;
}

function gather(openRows: OpenRows, positions: Positions): void {
  openRows.isGathered = true;
  for (let row = 0; row < positions.used; row += 1) noteRow(openRows, positions, row);
}

function put({ rows, slot }: OpenRows, place: number, row: number): void {
  slot[row] = rows[place]!.length;
  rows[place]!.push(row);
}

/** The last of the place moves to where the row was. */
function take({ rows, slot }: OpenRows, place: number, row: number): void {
  const list = rows[place]!;
  const last = list.pop()!;
  if (last === row) return;
  list[slot[row]!] = last;
  slot[last] = slot[row]!;
}

function placeOf(market: number, isLong: boolean): number {
  return 2 * market + (isLong ? 0 : 1);
}

function placeOfRow(positions: Positions, row: number): number {
  const size = positionSizeLots(positions, row);
  return size === 0 ? -1 : placeOf(positionMarket(positions, row), size > 0);
}
