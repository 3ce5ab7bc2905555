/** Rows of holdings: finding and making them, and what they are worth in atoms. */
import { assert, atomsFromSharesDown, atomsFromSharesUp } from '@mochila/units';
import { HOLDING_ATOMS_MAX } from '../limits.ts';
import type { State } from '../state.ts';
import { takeRow } from '../table.ts';
import { FIRST_CUSTOMER_ACCOUNT } from './accounts.ts';

/** Returns the row of an account's asset, or -1 when it never had one. Linear in the account's assets. */
export function findHolding(state: State, account: number, asset: number): number {
  const { holdings } = state;
  let row = state.accounts.holdingHead[account]!;
  while (row >= 0 && holdings.asset[row]! < asset) row = holdings.next[row]!;
  return row >= 0 && holdings.asset[row] === asset ? row : -1;
}

/** True when `count` holdings more fit; handlers ask before their point of no return. */
export function hasRoomForHoldings(state: State, count: number): boolean {
  return state.holdings.live + count <= state.holdings.capacity;
}

/** Returns the row of an account's asset, made now when there was none. Room was asked for with {@link hasRoomForHoldings}. */
export function ensureHolding(state: State, account: number, asset: number): number {
  const { holdings, accounts } = state;
  let before = -1;
  let row = accounts.holdingHead[account]!;
  while (row >= 0 && holdings.asset[row]! < asset) {
    before = row;
    row = holdings.next[row]!;
  }
  if (row >= 0 && holdings.asset[row] === asset) return row;
  const made = takeRow(holdings);
  holdings.account[made] = account;
  holdings.asset[made] = asset;
  holdings.next[made] = row;
  holdings.forcedNext[made] = -1;
  if (before < 0) accounts.holdingHead[account] = made;
  else holdings.next[before] = made;
  return made;
}

/** Makes the venue's own holdings of every asset, so that interest and rounding never ask for room. Part of the genesis. */
export function openVenueHoldings(state: State): void {
  for (let account = 0; account < FIRST_CUSTOMER_ACCOUNT; account += 1) {
    for (const asset of state.assets) ensureHolding(state, account, asset.ix);
  }
}

/** Atoms lent, interest included, rounded down: what the owner may redeem. */
export function lentAtomsOf(state: State, row: number): number {
  const { holdings } = state;
  if (!hasLend(state, row)) return 0;
  const pool = state.assets[holdings.asset[row]!]!.pool;
  assert(pool !== null, 'what is lent is lent to a pool');
  return atomsFromSharesDown(holdings.lentWhole[row]!, holdings.lentPico[row]!, pool.lendLimbs);
}

/** Atoms owed, interest included, rounded up: what ends the debt. */
export function debtAtomsOf(state: State, row: number): number {
  const { holdings } = state;
  if (!hasDebt(state, row)) return 0;
  const pool = state.assets[holdings.asset[row]!]!.pool;
  assert(pool !== null, 'what is owed is owed to a pool');
  return atomsFromSharesUp(holdings.debtWhole[row]!, holdings.debtPico[row]!, pool.borrowLimbs);
}

/** Atoms owned and not lent, held included. */
export function freeAtomsOf(state: State, row: number): number {
  return state.holdings.free[row]!;
}

/** Atoms owned: free + lent, held included. */
export function ownedAtomsOf(state: State, row: number): number {
  return state.holdings.free[row]! + lentAtomsOf(state, row);
}

/** Atoms in one signed number: free + lent - debt. */
export function netAtomsOf(state: State, row: number): number {
  return ownedAtomsOf(state, row) - debtAtomsOf(state, row);
}

/** Atoms the owner can use: free + lent - held, at least 0. */
export function availableAtomsOf(state: State, row: number): number {
  return Math.max(0, ownedAtomsOf(state, row) - state.holdings.held[row]!);
}

/** True when the row has lend shares. */
export function hasLend(state: State, row: number): boolean {
  return state.holdings.lentWhole[row] !== 0 || state.holdings.lentPico[row] !== 0;
}

/** True when the row has debt shares. */
export function hasDebt(state: State, row: number): boolean {
  return state.holdings.debtWhole[row] !== 0 || state.holdings.debtPico[row] !== 0;
}

/** Atoms an account can still be credited with before it holds the most one account may; edges refuse what is beyond. */
export function roomForCredit(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  return row < 0 ? HOLDING_ATOMS_MAX : HOLDING_ATOMS_MAX - ownedAtomsOf(state, row);
}

/** Lists a row as touched in the running frame: its balance is told when the frame closes. */
export function touchHolding(state: State, row: number): void {
  const { scratch, holdings } = state;
  assert(scratch.isFrameOpen, 'money moves only inside a frame');
  if (holdings.stamp[row] !== 0) return;
  holdings.stamp[row] = 1;
  scratch.touchedHoldings[scratch.touchedHoldingCount] = row;
  scratch.touchedHoldingCount += 1;
  scratch.ledger.moveHead[row] = -1;
}
