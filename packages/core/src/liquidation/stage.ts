/** The stage of the waterfall a case is in: by its figures, and by what the book took of what it was offered (liquidation rules 2). */
import { isBackstopDue } from '@mochila/math';
import { events, LiquidationStage } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import type { Health } from '../risk/health.ts';
import type { State } from '../state.ts';
import type { BookTally } from './book/tally.ts';

/** The stage that is due now; a stage whose reason is gone is due no more, and the book is tried again (ADR 0027). */
export function stageDue(state: State, row: number, health: Health): LiquidationStage {
  const { backstopMmfShare, backstopMmfLess } = state.genesis.liquidation;
  if (health.realEquity < 0) return LiquidationStage.Deleveraging;
  const { netEquity, maintenanceMargin, totalExposure } = health;
  if (isBackstopDue(netEquity, maintenanceMargin, totalExposure, backstopMmfShare, backstopMmfLess)) return LiquidationStage.Backstop;
  return hasBookFailed(state, row) ? LiquidationStage.Backstop : LiquidationStage.Book;
}

/** Keeps the figures a turn begins with: what it takes over, in however many commands, it takes because of these. */
export function keepDue(state: State, health: Health): void {
  const { due } = state.liquidation;
  due.netEquity = health.netEquity;
  due.maintenance = health.maintenanceMargin;
  due.exposure = health.totalExposure;
}

/** Enters the stage that is due: a later one than before, or the book again. Stages 2 to 4 follow one another within each turn. */
export function enterStage(state: State, row: number, due: LiquidationStage, health: Health): void {
  if (due > state.liquidation.cases.stage[row]! || due === LiquidationStage.Book) setStage(state, row, due, health);
}

/** Goes on to a later stage; nothing when the case is there already. */
export function advance(state: State, row: number, stage: LiquidationStage): void {
  const { cases } = state.liquidation;
  if (stage <= cases.stage[row]!) return;
  const { health } = state.scratch;
  computeHealth(state, cases.account[row]!, HealthMode.Maintenance, null, health);
  setStage(state, row, stage, health);
}

function setStage(state: State, row: number, stage: LiquidationStage, health: Health): void {
  const { cases } = state.liquidation;
  if (stage === cases.stage[row]) return;
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
export function noteBook(state: State, row: number, counted: BookTally): void {
  if (counted.offeredUsd === 0) return;
  const { cases } = state.liquidation;
  const { bookSeconds } = state.genesis.liquidation;
  const at = row * bookSeconds + (cases.bookSeconds[row]! % bookSeconds);
  cases.offeredUsd[at] = counted.offeredUsd;
  cases.takenUsd[at] = counted.takenUsd;
  cases.bookSeconds[row] = cases.bookSeconds[row]! + 1;
  if (hasBookFailed(state, row)) advance(state, row, LiquidationStage.Backstop);
}

/** Forgets what the book took: what is left of the account waited for a price, and the book it comes back to is another. */
export function forgetBook(state: State, row: number): void {
  state.liquidation.cases.bookSeconds[row] = 0;
}

function hasBookFailed(state: State, row: number): boolean {
  const { bookSeconds, bookTakenMin } = state.genesis.liquidation;
  if (state.liquidation.cases.bookSeconds[row]! < bookSeconds) return false;
  const { offeredUsd, takenUsd } = bookOf(state, row);
  return takenUsd < bookTakenMin * offeredUsd;
}

/** USD offered to the book, and taken by it, in the last `bookSeconds` that counted. */
export function bookOf(state: State, row: number): BookTally {
  const { cases } = state.liquidation;
  const { bookSeconds } = state.genesis.liquidation;
  let offeredUsd = 0;
  let takenUsd = 0;
  for (let second = row * bookSeconds; second < (row + 1) * bookSeconds; second += 1) {
    offeredUsd += cases.offeredUsd[second]!;
    takenUsd += cases.takenUsd[second]!;
  }
  return { offeredUsd, takenUsd };
}
