/** Working memory of one command: allocated once, meaningless between commands, never in a snapshot. */
import type { Reject } from '@mochila/protocol';
import { createLedgerScratch, type LedgerScratch } from './ledger/ledger-scratch.ts';
import { createIntent, type Intent } from './matching/intent.ts';
import { createHealth, type Health } from './risk/health.ts';
import { createOpenRows, type OpenRows } from './risk/open-rows.ts';
import { createOrderLossSums, type OrderLossSums } from './risk/order-loss-sums.ts';
import { createProjection, type Projection } from './risk/projection.ts';
import { createShortIndex, type ShortIndex } from './risk/short-index.ts';

/** The answer of a command beside its result numbers; rejectCode 0 when it was carried out. */
export interface CommandOutcome {
  rejectCode: number;
  value: number;
  limit: number;
  isRepeated: boolean;
}

/** All working memory of the engine. */
export interface Scratch {
  reject: Reject;
  /** Numbers of the answer (protocol/outcome.ts). */
  result: Float64Array;
  resultLength: number;
  /** Rows of holdings and positions touched by the running command, each once. */
  touchedHoldings: Int32Array;
  touchedHoldingCount: number;
  touchedPositions: Int32Array;
  /** Sizes the touched rows had before the command. */
  touchedPositionSizes: Float64Array;
  touchedPositionCount: number;
  /** Fees of the running command for the venue, by asset, credited once at its end. */
  feesAtoms: Float64Array;
  /** Two words for share conversions. */
  shares: Float64Array;
  ledger: LedgerScratch;
  orderLoss: OrderLossSums;
  health: Health;
  healthAfter: Health;
  projection: Projection;
  intent: Intent;
  /** Who may be below maintenance; lives as long as the state does. */
  shortIndex: ShortIndex;
  /** Open positions by market and side. */
  openRows: OpenRows;
  /** Healths computed for liquidation in the command of that number. */
  work: { seq: number; healths: number };
  /** What the last command answered. */
  outcome: CommandOutcome;
  /** What a look ahead read (foresee.ts): kept so that the reads happen, and without meaning. */
  foreseen: number;
  /** True while a command runs: money moves only inside a frame. */
  isFrameOpen: boolean;
  /** True when the running frame touched a holding, clearing or what lenders own: else its totals need no look. */
  isMoneyMoved: boolean;
}

/** Rows of the tables that working memory stands beside. */
export interface ScratchSizes {
  holdings: number;
  positions: number;
  accounts: number;
  markets: number;
  assets: number;
}

/** Makes the working memory. */
export function createScratch(sizes: ScratchSizes): Scratch {
  const { holdings, positions } = sizes;
  return {
    reject: { code: 0, value: 0, limit: 0 },
    result: new Float64Array(64),
    resultLength: 0,
    touchedHoldings: new Int32Array(holdings),
    touchedHoldingCount: 0,
    touchedPositions: new Int32Array(positions),
    touchedPositionSizes: new Float64Array(positions),
    touchedPositionCount: 0,
    feesAtoms: new Float64Array(256),
    shares: new Float64Array(2),
    ledger: createLedgerScratch(holdings),
    orderLoss: createOrderLossSums(positions),
    health: createHealth(),
    healthAfter: createHealth(),
    projection: createProjection(),
    intent: createIntent(),
    shortIndex: createShortIndex(sizes),
    openRows: createOpenRows(sizes.markets, positions),
    work: { seq: -1, healths: 0 },
    outcome: { rejectCode: 0, value: 0, limit: 0, isRepeated: false },
    foreseen: 0.5,
    isFrameOpen: false,
    isMoneyMoved: false,
  };
}

/** Sets the numbers of the answer. */
export function setResult(scratch: Scratch, ...numbers: number[]): void {
  scratch.resultLength = numbers.length;
  for (let at = 0; at < numbers.length; at += 1) scratch.result[at] = numbers[at]!;
}
