/** The turns of one second of liquidation, a bounded number of them a command, so that trading goes on in between. */
import { isBackstopDue, liquidationEnd } from '@mochila/math';
import { events, LiquidationStage } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { LIQUIDATIONS_PER_COMMAND, POSITIONS_PER_LIQUIDATION } from '../limits.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import type { Health } from '../risk/health.ts';
import type { State } from '../state.ts';
import { takeByBackstop } from './backstop/take-by-backstop.ts';
import { sellOnBook } from './book/sell-on-book.ts';
import type { BookTally } from './book/tally.ts';
import { deleverage } from './deleveraging/deleverage.ts';
import { unflag } from './end-case.ts';
import { takeByFund } from './fund/take-by-fund.ts';
import { unwindFund } from './fund/unwind.ts';
import { runSales } from './settlement-sales/run-sales.ts';

const counted: BookTally = { offeredUsd: 0, takenUsd: 0 };

/**
 * Takes the next turns of the second: liquidations, then sales for settlement borrows, then the fund. An account that was
 * unflagged meanwhile has none.
 */
export function runTurns(state: State): void {
  const { liquidation, accounts } = state;
  const begun = liquidation.next;
  const end = Math.min(liquidation.turns, begun + LIQUIDATIONS_PER_COMMAND);
  while (liquidation.next < end) {
    const account = liquidation.cases.queue[liquidation.next]!;
    liquidation.next += 1;
    if (accounts.liquidationCase[account]! >= 0) takeTurn(state, account);
    // A turn that closed against many winners was long: others wait for the next command, and orders go in between.
    if (state.scratch.touchedPositionCount >= POSITIONS_PER_LIQUIDATION) break;
  }
  liquidation.round += 1;
  if (liquidation.next < liquidation.turns) return;
  runSales(state, LIQUIDATIONS_PER_COMMAND - (liquidation.next - begun));
  if (state.sales.left > 0 || !liquidation.isFundDue) return;
  liquidation.isFundDue = false;
  unwindFund(state);
}

/** One account's turn: the stage that is due, and the end of the case once the account is back at liquidation-end. */
function takeTurn(state: State, account: number): void {
  if (endWhenOver(state, account)) return;
  const { health } = state.scratch;
  const row = state.accounts.liquidationCase[account]!;
  advance(state, row, stageDue(state, row, health), health);
  const stage = state.liquidation.cases.stage[row]!;
  if (stage === LiquidationStage.Book) {
    counted.offeredUsd = 0;
    counted.takenUsd = 0;
    if (!sellOnBook(state, account, counted)) noteBook(state, row);
  } else if (stage === LiquidationStage.Deleveraging) deleverage(state, account);
  else handOver(state, account, row);
  endWhenOver(state, account);
}

/** Stages 2 to 4 follow one another in one turn: each takes what the one before could not. */
function handOver(state: State, account: number, row: number): void {
  const { health } = state.scratch;
  if (takeByBackstop(state, account)) return;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  advance(state, row, LiquidationStage.Fund, health);
  if (takeByFund(state, account)) return;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  advance(state, row, LiquidationStage.Deleveraging, health);
  deleverage(state, account);
}

/** Unflags an account that is back at liquidation-end, or has nothing left at risk; leaves its health in scratch. */
function endWhenOver(state: State, account: number): boolean {
  const { health } = state.scratch;
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  if (!isOver(health)) return false;
  unflag(state, account, health);
  return true;
}

function isOver(health: Health): boolean {
  return health.netEquity >= liquidationEnd(health.maintenanceMargin);
}

/** The stage an account is in by its figures; a stage that was reached by other causes stays. */
function stageDue(state: State, row: number, health: Health): LiquidationStage {
  const { backstopMmfShare, backstopMmfLess } = state.genesis.liquidation;
  if (health.realEquity < 0) return LiquidationStage.Deleveraging;
  const { netEquity, maintenanceMargin, totalExposure } = health;
  const isDue = isBackstopDue(netEquity, maintenanceMargin, totalExposure, backstopMmfShare, backstopMmfLess);
  return isDue || state.liquidation.cases.stage[row]! >= LiquidationStage.Backstop ? LiquidationStage.Backstop : LiquidationStage.Book;
}

function advance(state: State, row: number, stage: LiquidationStage, health: Health): void {
  const { cases } = state.liquidation;
  if (stage <= cases.stage[row]!) return;
  cases.stage[row] = stage;
  emit(state.out, events.liquidationAdvanced, {
    account: cases.account[row]!,
    stage,
    openedSecond: cases.openedSecond[row]!,
    equity: health.netEquity,
    realEquity: health.realEquity,
    maintenance: health.maintenanceMargin,
    exposure: health.totalExposure,
  });
}

/**
 * Counts a second in which something was offered: seconds with nothing but stale prices do not count. A book that took too
 * little over the last `bookSeconds` of them leaves the account to the backstop.
 */
function noteBook(state: State, row: number): void {
  if (counted.offeredUsd === 0) return;
  const { cases } = state.liquidation;
  const { bookSeconds, bookTakenMin } = state.genesis.liquidation;
  const first = row * bookSeconds;
  const at = first + (cases.bookSeconds[row]! % bookSeconds);
  cases.offeredUsd[at] = counted.offeredUsd;
  cases.takenUsd[at] = counted.takenUsd;
  cases.bookSeconds[row] = cases.bookSeconds[row]! + 1;
  if (cases.bookSeconds[row]! < bookSeconds) return;
  let offeredUsd = 0;
  let takenUsd = 0;
  for (let second = first; second < first + bookSeconds; second += 1) {
    offeredUsd += cases.offeredUsd[second]!;
    takenUsd += cases.takenUsd[second]!;
  }
  if (takenUsd >= bookTakenMin * offeredUsd) return;
  const { health } = state.scratch;
  computeHealth(state, cases.account[row]!, HealthMode.Maintenance, null, health);
  advance(state, row, LiquidationStage.Backstop, health);
}
