/**
 * Positions: an account's part in one market, one row per account and market touched (spot rows carry open orders
 * only), linked per account in ascending order of market.
 *
 * A row is 192 bytes, seen as 32-bit integers and as doubles: the first 64 are what an order or a health asks for, the next
 * 64 what a fill writes, the rest what ends and liquidations need. The functions below name the parts.
 *
 * | part | type | unit | 0 means |
 * |---|---|---|---|
 * | ints 0, 1: account, market | Int32 | AccountIx, MarketIx | |
 * | ints 2: next | Int32 | RowIx of the account's next row; -1 none | |
 * | ints 3, 4: orderHead, orderTail | Int32 | OrderSlot of the oldest and newest open order here; -1 none | |
 * | ints 5: orderCount | Int32 | open orders | none |
 * | ints 6: stamp | Int32 | 1 while the row is listed as touched by the running command | not listed |
 * | ints 8, 9: bidTicksMax, askTicksMin | Int32 | Ticks: bounds over the resting bids and asks here (2^31 - 1 no ask) | no bid |
 * | words 5: sizeLots | Float64 | Lots, signed | flat |
 * | words 6, 7: openBidLots, openAskLots | Float64 | Lots resting, reduce-only left out | none |
 * | ints 16, 17: triggerCount, reduceOnlyCount | Int32 | pending triggers, resting reduce-only orders | none |
 * | words 9: profitHour | Float64 | hour number of the counters of profit | |
 * | words 10: profitAtoms | Float64 | quote Atoms of P&L booked in that hour | none |
 * | words 11: entryCostAtoms | Float64 | quote Atoms, signed: size * average price; for people | |
 * | words 12, 13: realizedPnlAtoms, feesAtoms | Float64 | quote Atoms since opened; for people | |
 * | words 14: closedLots | Float64 | Lots closed since opened | |
 * | words 15, 16: openedSeq, openedAtMicros | Float64 | public position id, and when | never opened |
 * | words 17: fundingAtoms | Float64 | quote Atoms since opened; for people | |
 * | words 18: liquidatedLots | Float64 | Lots of those closed that liquidation closed | none |
 * | words 19: liquidationFeesAtoms | Float64 | quote Atoms of fees of slices and charges for what was taken, since opened | none |
 * | words 20: profitBeforeAtoms | Float64 | quote Atoms of P&L booked in the hour before `profitHour` | none |
 * | words 21: profitLeftAtoms | Float64 | quote Atoms of that P&L that left the account in that hour | none |
 * | words 22: caseLots | Float64 | Lots, without sign, when the account's liquidation began | no liquidation |
 */
import { createTable, type Table } from '../table.ts';

const ROW_WORDS = 24;
const ROW_INTS = 2 * ROW_WORDS;

/** The table of positions; parts above. */
export interface Positions extends Table {
  /** The rows of 192 bytes, and the same memory as integers. */
  readonly words: Float64Array;
  readonly ints: Int32Array;
}

/** Makes an empty table. @param capacity - rows. */
export function createPositions(capacity: number): Positions {
  const words = new Float64Array(capacity * ROW_WORDS);
  return { ...createTable(capacity), words, ints: new Int32Array(words.buffer) };
}

/** AccountIx of a row. */
export function positionAccount(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS]!;
}

/** MarketIx of a row. */
export function positionMarket(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 1]!;
}

/** RowIx of the row after this one of the same account; -1 none. */
export function nextPosition(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 2]!;
}

/** OrderSlot of the oldest open order here; -1 none. */
export function positionOrderHead(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 3]!;
}

/** OrderSlot of the newest open order here; -1 none. */
export function positionOrderTail(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 4]!;
}

/** Open orders here. */
export function positionOrderCount(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 5]!;
}

/** 1 while the row is listed as touched by the running command. */
export function positionStamp(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 6]!;
}

/** Ticks no resting bid here is above. */
export function positionBidTicksMax(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 8]!;
}

/** Ticks no resting ask here is below. */
export function positionAskTicksMin(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 9]!;
}

/** Lots, signed. */
export function positionSizeLots(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 5]!;
}

/** Lots of resting bids, reduce-only left out. */
export function positionOpenBidLots(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 6]!;
}

/** Lots of resting asks, reduce-only left out. */
export function positionOpenAskLots(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 7]!;
}

/** Pending triggers here. */
export function positionTriggerCount(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 16]!;
}

/** Resting reduce-only orders here. */
export function positionReduceOnlyCount(positions: Positions, row: number): number {
  return positions.ints[row * ROW_INTS + 17]!;
}

/** Hour number of the counters of profit. */
export function positionProfitHour(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 9]!;
}

/** Quote Atoms of P&L booked in that hour. */
export function positionProfitAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 10]!;
}

/** Quote Atoms, signed: size times average price; for people. */
export function positionEntryCostAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 11]!;
}

/** Quote Atoms realised since opened; for people. */
export function positionRealizedPnlAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 12]!;
}

/** Quote Atoms of fees since opened; for people. */
export function positionFeesAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 13]!;
}

/** Lots closed since opened. */
export function positionClosedLots(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 14]!;
}

/** Seq that opened the position: its public id. */
export function positionOpenedSeq(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 15]!;
}

/** UnixMicros when it was opened. */
export function positionOpenedAtMicros(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 16]!;
}

/** Quote Atoms of funding since opened; for people. */
export function positionFundingAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 17]!;
}

/** Lots of the closed ones that liquidation closed. */
export function positionLiquidatedLots(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 18]!;
}

/** Quote Atoms of fees of slices and charges for what was taken, since opened. */
export function positionLiquidationFeesAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 19]!;
}

/** Quote Atoms of P&L booked in the hour before `profitHour`. */
export function positionProfitBeforeAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 20]!;
}

/** Quote Atoms of that P&L that left the account in that hour. */
export function positionProfitLeftAtoms(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 21]!;
}

/** Lots, without sign, when the account's liquidation began; 0 no liquidation. */
export function positionCaseLots(positions: Positions, row: number): number {
  return positions.words[row * ROW_WORDS + 22]!;
}

/** Writes it: accountIx of a row. */
export function setPositionAccount(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS] = value;
}

/** Writes it: marketIx of a row. */
export function setPositionMarket(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 1] = value;
}

/** Writes it: rowIx of the row after this one of the same account; -1 none. */
export function setNextPosition(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 2] = value;
}

/** Writes it: orderSlot of the oldest open order here; -1 none. */
export function setPositionOrderHead(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 3] = value;
}

/** Writes it: orderSlot of the newest open order here; -1 none. */
export function setPositionOrderTail(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 4] = value;
}

/** Writes it: open orders here. */
export function setPositionOrderCount(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 5] = value;
}

/** Writes it: 1 while the row is listed as touched by the running command. */
export function setPositionStamp(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 6] = value;
}

/** Writes it: ticks no resting bid here is above. */
export function setPositionBidTicksMax(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 8] = value;
}

/** Writes it: ticks no resting ask here is below. */
export function setPositionAskTicksMin(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 9] = value;
}

/** Writes it: lots, signed. */
export function setPositionSizeLots(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 5] = value;
}

/** Writes it: lots of resting bids, reduce-only left out. */
export function setPositionOpenBidLots(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 6] = value;
}

/** Writes it: lots of resting asks, reduce-only left out. */
export function setPositionOpenAskLots(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 7] = value;
}

/** Writes it: pending triggers here. */
export function setPositionTriggerCount(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 16] = value;
}

/** Writes it: resting reduce-only orders here. */
export function setPositionReduceOnlyCount(positions: Positions, row: number, value: number): void {
  positions.ints[row * ROW_INTS + 17] = value;
}

/** Writes it: hour number of the counters of profit. */
export function setPositionProfitHour(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 9] = value;
}

/** Writes it: quote Atoms of P&L booked in that hour. */
export function setPositionProfitAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 10] = value;
}

/** Writes it: quote Atoms, signed: size times average price; for people. */
export function setPositionEntryCostAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 11] = value;
}

/** Writes it: quote Atoms realised since opened; for people. */
export function setPositionRealizedPnlAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 12] = value;
}

/** Writes it: quote Atoms of fees since opened; for people. */
export function setPositionFeesAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 13] = value;
}

/** Writes it: lots closed since opened. */
export function setPositionClosedLots(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 14] = value;
}

/** Writes it: seq that opened the position: its public id. */
export function setPositionOpenedSeq(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 15] = value;
}

/** Writes it: unixMicros when it was opened. */
export function setPositionOpenedAtMicros(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 16] = value;
}

/** Writes it: quote Atoms of funding since opened; for people. */
export function setPositionFundingAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 17] = value;
}

/** Writes it: lots of the closed ones that liquidation closed. */
export function setPositionLiquidatedLots(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 18] = value;
}

/** Writes it: quote Atoms of fees of slices and charges for what was taken, since opened. */
export function setPositionLiquidationFeesAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 19] = value;
}

/** Writes it: quote Atoms of P&L booked in the hour before `profitHour`. */
export function setPositionProfitBeforeAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 20] = value;
}

/** Writes it: quote Atoms of that P&L that left the account in that hour. */
export function setPositionProfitLeftAtoms(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 21] = value;
}

/** Writes it: lots, without sign, when the account's liquidation began; 0 no liquidation. */
export function setPositionCaseLots(positions: Positions, row: number, value: number): void {
  positions.words[row * ROW_WORDS + 22] = value;
}
