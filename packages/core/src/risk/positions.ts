/**
 * Positions: an account's part in one market, one row per account and market touched (spot rows carry open orders
 * only), linked per account in ascending order of market.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | account, market | Int32 | AccountIx, MarketIx | |
 * | next | Int32 | RowIx of the account's next row; -1 none | |
 * | sizeLots | Float64 | Lots, signed | flat |
 * | openBidLots, openAskLots | Float64 | Lots resting, reduce-only left out | none |
 * | bidTicksMax, askTicksMin | Int32 | Ticks: bounds over the resting bids and asks here (2^31 - 1 no ask) | no bid |
 * | orderHead, orderTail | Int32 | OrderSlot of the oldest and newest open order here; -1 none | |
 * | orderCount, triggerCount | Int32 | open orders, pending triggers | none |
 * | reduceOnlyCount | Int32 | resting reduce-only orders | none |
 * | entryCostAtoms | Float64 | quote Atoms, signed: size * average price; for people | |
 * | realizedPnlAtoms, fundingAtoms, feesAtoms | Float64 | quote Atoms since opened; for people | |
 * | closedLots | Float64 | Lots closed since opened | |
 * | liquidatedLots | Float64 | Lots of those that liquidation closed | none |
 * | liquidationFeesAtoms | Float64 | quote Atoms of fees of slices and charges for what was taken, since opened | none |
 * | openedSeq, openedAtMicros | Float64 | public position id, and when | never opened |
 * | profitHour | Float64 | hour number of the two counters | |
 * | profitAtoms, profitBeforeAtoms | Float64 | quote Atoms of P&L booked in that hour and the one before | none |
 * | profitLeftAtoms | Float64 | quote Atoms of that P&L that left the account in that hour | none |
 * | caseLots | Float64 | Lots, without sign, when the account's liquidation began | no liquidation |
 * | stamp | Float64 | last command that listed the row as touched | |
 */
import { createTable, type Table } from '../table.ts';

/** The table of positions. */
export interface Positions extends Table {
  readonly account: Int32Array;
  readonly market: Int32Array;
  readonly next: Int32Array;
  readonly sizeLots: Float64Array;
  readonly openBidLots: Float64Array;
  readonly openAskLots: Float64Array;
  readonly bidTicksMax: Int32Array;
  readonly askTicksMin: Int32Array;
  readonly orderHead: Int32Array;
  readonly orderTail: Int32Array;
  readonly orderCount: Int32Array;
  readonly triggerCount: Int32Array;
  readonly reduceOnlyCount: Int32Array;
  readonly entryCostAtoms: Float64Array;
  readonly realizedPnlAtoms: Float64Array;
  readonly fundingAtoms: Float64Array;
  readonly feesAtoms: Float64Array;
  readonly closedLots: Float64Array;
  readonly liquidatedLots: Float64Array;
  readonly liquidationFeesAtoms: Float64Array;
  readonly openedSeq: Float64Array;
  readonly openedAtMicros: Float64Array;
  readonly profitHour: Float64Array;
  readonly profitAtoms: Float64Array;
  readonly profitBeforeAtoms: Float64Array;
  readonly profitLeftAtoms: Float64Array;
  readonly caseLots: Float64Array;
  readonly stamp: Float64Array;
}

/** Makes an empty table. @param capacity - rows. */
export function createPositions(capacity: number): Positions {
  return {
    ...createTable(capacity),
    account: new Int32Array(capacity),
    market: new Int32Array(capacity),
    next: new Int32Array(capacity),
    sizeLots: new Float64Array(capacity),
    openBidLots: new Float64Array(capacity),
    openAskLots: new Float64Array(capacity),
    bidTicksMax: new Int32Array(capacity),
    askTicksMin: new Int32Array(capacity),
    orderHead: new Int32Array(capacity),
    orderTail: new Int32Array(capacity),
    orderCount: new Int32Array(capacity),
    triggerCount: new Int32Array(capacity),
    reduceOnlyCount: new Int32Array(capacity),
    entryCostAtoms: new Float64Array(capacity),
    realizedPnlAtoms: new Float64Array(capacity),
    fundingAtoms: new Float64Array(capacity),
    feesAtoms: new Float64Array(capacity),
    closedLots: new Float64Array(capacity),
    liquidatedLots: new Float64Array(capacity),
    liquidationFeesAtoms: new Float64Array(capacity),
    openedSeq: new Float64Array(capacity),
    openedAtMicros: new Float64Array(capacity),
    profitHour: new Float64Array(capacity),
    profitAtoms: new Float64Array(capacity),
    profitBeforeAtoms: new Float64Array(capacity),
    profitLeftAtoms: new Float64Array(capacity),
    caseLots: new Float64Array(capacity),
    stamp: new Float64Array(capacity),
  };
}
