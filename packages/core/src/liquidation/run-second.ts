/** The turns of one second of liquidation, a bounded number of them a command, so that trading goes on in between. */
import { liquidationEnd } from '@mochila/math';
import { LiquidationStage } from '@mochila/protocol';
import { LIQUIDATIONS_PER_COMMAND } from '../limits.ts';
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
import { advance, enterStage, forgetBook, keepDue, noteBook, stageDue } from './stage.ts';
import { TakingEnd } from './taking.ts';
import { movesLeft } from './work.ts';

const counted: BookTally = { offeredUsd: 0, takenUsd: 0 };

/**
 * Takes the next turns of the second: liquidations, then sales for settlement borrows, then the fund. An account that was
 * unflagged meanwhile has none.
 */
export function runTurns(state: State): void {
  const { liquidation, accounts } = state;
  const begun = liquidation.next;
  const end = Math.min(liquidation.turns, begun + LIQUIDATIONS_PER_COMMAND);
  // A turn that was long leaves the others, or the rest of itself, to the next command: orders go in between.
  while (liquidation.next < end && movesLeft(state) > 0) {
    const account = liquidation.cases.queue[liquidation.next]!;
    if (accounts.liquidationCase[account]! >= 0 && !takeTurn(state, account)) break;
    liquidation.next += 1;
  }
  liquidation.round += 1;
  if (liquidation.next === liquidation.turns && movesLeft(state) > 0)
    endSecond(state, LIQUIDATIONS_PER_COMMAND - (liquidation.next - begun));
}

/** What comes after the last turn of a second. */
function endSecond(state: State, sales: number): void {
  const { liquidation } = state;
  runSales(state, sales);
  if (state.sales.left > 0) return;
  if (liquidation.isFundDue && !unwindFund(state)) return;
  liquidation.isFundDue = false;
  liquidation.rankings.fill(null);
}

/** One account's turn, or the rest of it. @returns false when it goes on in the next command. */
function takeTurn(state: State, account: number): boolean {
  const { liquidation, accounts } = state;
  const isOver = liquidation.unfinished === account ? goOn(state, account) : beginTurn(state, account);
  liquidation.unfinished = isOver ? -1 : account;
  if (isOver && accounts.liquidationCase[account]! >= 0) endWhenOver(state, account);
  return isOver;
}

/** The stage that is due; the case ends before it when the account is back at liquidation-end already. */
function beginTurn(state: State, account: number): boolean {
  if (endWhenOver(state, account)) return true;
  const { health } = state.scratch;
  const row = state.accounts.liquidationCase[account]!;
  const due = stageDue(state, row, health);
  enterStage(state, row, due, health);
  keepDue(state, health);
  if (due === LiquidationStage.Deleveraging) return deleverage(state, account);
  if (due === LiquidationStage.Backstop) return handOver(state, account, row);
  counted.offeredUsd = 0;
  counted.takenUsd = 0;
  if (!sellOnBook(state, account, counted)) noteBook(state, row, counted);
  return true;
}

/** What a turn began it finishes, whatever happened between its commands. */
function goOn(state: State, account: number): boolean {
  const row = state.accounts.liquidationCase[account]!;
  const isClosing = state.liquidation.cases.stage[row] === LiquidationStage.Deleveraging;
  return isClosing ? deleverage(state, account) : handOver(state, account, row);
}

/** Stages 2 to 4 follow one another in one turn: each takes what the one before could not. */
function handOver(state: State, account: number, row: number): boolean {
  for (const takeBy of [takeByBackstop, takeByFund]) {
    if (takeBy === takeByFund) advance(state, row, LiquidationStage.Fund);
    const end = takeBy(state, account);
    if (end === TakingEnd.Waiting) forgetBook(state, row);
    if (end !== TakingEnd.Exhausted) return end !== TakingEnd.Unfinished;
  }
  advance(state, row, LiquidationStage.Deleveraging);
  return deleverage(state, account);
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
