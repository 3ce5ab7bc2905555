/** Rolling windows of a posting: what it took in the last 60 seconds and the last 3,600. */
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from '@mochila/units';
import type { State } from '../../state.ts';
import { WINDOW_CELLS } from './postings.ts';

/** USDC atoms of notional taken in the last minute: the running second and the 60 before it. */
export function takenInMinute(state: State, row: number): number {
  return sumOf(state.backstop.seconds, row, state.backstop.tookSecond[row]!, Math.floor(state.timeMicros / MICROS_PER_SECOND));
}

/** USDC atoms of notional taken in the last hour: the running minute and the 60 before it. */
export function takenInHour(state: State, row: number): number {
  return sumOf(state.backstop.minutes, row, state.backstop.tookMinute[row]!, Math.floor(state.timeMicros / MICROS_PER_MINUTE));
}

/** Counts a taking in both windows. */
export function countTaken(state: State, row: number, notionalAtoms: number): void {
  const { backstop, timeMicros } = state;
  addTo(backstop.seconds, row, backstop.tookSecond, Math.floor(timeMicros / MICROS_PER_SECOND), notionalAtoms);
  addTo(backstop.minutes, row, backstop.tookMinute, Math.floor(timeMicros / MICROS_PER_MINUTE), notionalAtoms);
}

function sumOf(cells: Float64Array, row: number, last: number, now: number): number {
  let sum = 0;
  if (last < 0) return 0;
  for (let age = Math.max(0, now - last); age < WINDOW_CELLS; age += 1) sum += cells[row * WINDOW_CELLS + ((now - age) % WINDOW_CELLS)]!;
  return sum;
}

function addTo(cells: Float64Array, row: number, last: Float64Array, now: number, atoms: number): void {
  const passed = last[row]! < 0 ? WINDOW_CELLS : Math.min(WINDOW_CELLS, now - last[row]!);
  for (let step = 0; step < passed; step += 1) cells[row * WINDOW_CELLS + ((now - step) % WINDOW_CELLS)] = 0;
  last[row] = now;
  cells[row * WINDOW_CELLS + (now % WINDOW_CELLS)]! += atoms;
}
