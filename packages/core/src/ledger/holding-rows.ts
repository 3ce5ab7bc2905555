/** Rows of holdings: finding and making them, and what they are worth in atoms. */
import { assert, atomsFromSharesDown, atomsFromSharesUp } from '@mochila/units';
import type { Pool } from '../lending/pool.ts';
import { HOLDING_ATOMS_MAX } from '../limits.ts';
import type { State } from '../state.ts';
import { takeRow } from '../table.ts';
import { accountHoldingHead, FIRST_CUSTOMER_ACCOUNT, setAccountHoldingHead } from './accounts.ts';
import {
  holdingAsset,
  holdingDebtPico,
  holdingDebtWhole,
  holdingFree,
  holdingHeld,
  holdingLentPico,
  holdingLentWhole,
  holdingStamp,
  nextHolding,
  setHoldingAccount,
  setHoldingAsset,
  setHoldingStamp,
  setNextHolding,
} from './holdings.ts';
import { WORTH_WORDS } from './ledger-scratch.ts';

/** A lend index of 1, as a double. */
const INDEX_ONE = 1e18;
/** Whole shares that a holding counts, and a distance for the roundings of doubles. */
const SHARES_SAFE = HOLDING_ATOMS_MAX - 2 ** 12;

/** Returns the row of an account's asset, or -1 when it never had one. Linear in the account's assets. */
export function findHolding(state: State, account: number, asset: number): number {
  const { holdings } = state;
  let row = accountHoldingHead(state.accounts, account);
  while (row >= 0 && holdingAsset(holdings, row) < asset) row = nextHolding(holdings, row);
  return row >= 0 && holdingAsset(holdings, row) === asset ? row : -1;
}

/** True when `count` holdings more fit; handlers ask before their point of no return. */
export function hasRoomForHoldings(state: State, count: number): boolean {
  return state.holdings.live + count <= state.holdings.capacity;
}

/** Returns the row of an account's asset, made now when there was none. Room was asked for with {@link hasRoomForHoldings}. */
export function ensureHolding(state: State, account: number, asset: number): number {
  const { holdings, accounts } = state;
  let before = -1;
  let row = accountHoldingHead(accounts, account);
  while (row >= 0 && holdingAsset(holdings, row) < asset) {
    before = row;
    row = nextHolding(holdings, row);
  }
  if (row >= 0 && holdingAsset(holdings, row) === asset) return row;
  const made = takeRow(holdings);
  setHoldingAccount(holdings, made, account);
  setHoldingAsset(holdings, made, asset);
  setNextHolding(holdings, made, row);
  holdings.forcedNext[made] = -1;
  if (before < 0) setAccountHoldingHead(accounts, account, made);
  else setNextHolding(holdings, before, made);
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
  const pool = state.assets[holdingAsset(holdings, row)]!.pool;
  assert(pool !== null, 'what is lent is lent to a pool');
  const { worths } = state.scratch.ledger;
  const whole = holdingLentWhole(holdings, row);
  const pico = holdingLentPico(holdings, row);
  const version = pool.lendLimbs[7]!;
  const at = row * WORTH_WORDS;
  if (worths[at] === version && worths[at + 1] === whole && worths[at + 2] === pico) return worths[at + 3]!;
  const atoms = atomsFromSharesDown(whole, pico, pool.lendLimbs);
  keepWorth(worths, at, version, whole, pico, atoms);
  return atoms;
}

/** Atoms owed, interest included, rounded up: what ends the debt. */
export function debtAtomsOf(state: State, row: number): number {
  const { holdings } = state;
  if (!hasDebt(state, row)) return 0;
  const pool = state.assets[holdingAsset(holdings, row)]!.pool;
  assert(pool !== null, 'what is owed is owed to a pool');
  const { worths } = state.scratch.ledger;
  const whole = holdingDebtWhole(holdings, row);
  const pico = holdingDebtPico(holdings, row);
  const version = 0 - pool.borrowLimbs[7]!;
  const at = row * WORTH_WORDS;
  if (worths[at] === version && worths[at + 1] === whole && worths[at + 2] === pico) return worths[at + 3]!;
  const atoms = atomsFromSharesUp(whole, pico, pool.borrowLimbs);
  keepWorth(worths, at, version, whole, pico, atoms);
  return atoms;
}

/** Keeps what a row's lend shares, just written, are known to be worth. */
export function keepLentAtoms(state: State, row: number, pool: Pool, atoms: number): void {
  const { holdings, scratch } = state;
  keepWorth(
    scratch.ledger.worths,
    row * WORTH_WORDS,
    pool.lendLimbs[7]!,
    holdingLentWhole(holdings, row),
    holdingLentPico(holdings, row),
    atoms,
  );
}

/** Keeps what a row's debt shares, just written, are known to be worth. */
export function keepDebtAtoms(state: State, row: number, pool: Pool, atoms: number): void {
  const { holdings, scratch } = state;
  keepWorth(
    scratch.ledger.worths,
    row * WORTH_WORDS,
    0 - pool.borrowLimbs[7]!,
    holdingDebtWhole(holdings, row),
    holdingDebtPico(holdings, row),
    atoms,
  );
}

/** Keeps what shares are worth at an index, for as long as both stay: a health asks for every asset of the account. */
function keepWorth(worths: Float64Array, at: number, version: number, whole: number, pico: number, atoms: number): void {
  worths[at] = version;
  worths[at + 1] = whole;
  worths[at + 2] = pico;
  worths[at + 3] = atoms;
}

/** Atoms owned and not lent, held included. */
export function freeAtomsOf(state: State, row: number): number {
  return holdingFree(state.holdings, row);
}

/** Atoms owned: free + lent, held included. */
export function ownedAtomsOf(state: State, row: number): number {
  return holdingFree(state.holdings, row) + lentAtomsOf(state, row);
}

/** Atoms in one signed number: free + lent - debt. */
export function netAtomsOf(state: State, row: number): number {
  return ownedAtomsOf(state, row) - debtAtomsOf(state, row);
}

/** Atoms the owner can use: free + lent - held, at least 0. */
export function availableAtomsOf(state: State, row: number): number {
  return Math.max(0, ownedAtomsOf(state, row) - holdingHeld(state.holdings, row));
}

/** True when the row has lend shares. */
export function hasLend(state: State, row: number): boolean {
  return holdingLentWhole(state.holdings, row) !== 0 || holdingLentPico(state.holdings, row) !== 0;
}

/** True when the row has debt shares. */
export function hasDebt(state: State, row: number): boolean {
  return holdingDebtWhole(state.holdings, row) !== 0 || holdingDebtPico(state.holdings, row) !== 0;
}

/**
 * Most atoms of an asset that an account may have: {@link HOLDING_ATOMS_MAX}, and what its lend shares can count. Once lenders
 * have lost, an atom is more than a share.
 */
export function holdingMax(state: State, asset: number): number {
  const { pool } = state.assets[asset]!;
  const index = pool === null ? INDEX_ONE : pool.lendLimbs[6]!;
  return index >= INDEX_ONE ? HOLDING_ATOMS_MAX : Math.floor(SHARES_SAFE * (index / INDEX_ONE));
}

/** Atoms an account can still be credited with before it holds the most one account may; edges refuse what is beyond. */
export function roomForCredit(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  const most = holdingMax(state, asset);
  return row < 0 ? most : Math.max(0, most - ownedAtomsOf(state, row));
}

/** Lists a row as touched in the running frame: its balance is told when the frame closes. */
export function touchHolding(state: State, row: number): void {
  const { scratch, holdings } = state;
  assert(scratch.isFrameOpen, 'money moves only inside a frame');
  if (holdingStamp(holdings, row) !== 0) return;
  setHoldingStamp(holdings, row, 1);
  scratch.isMoneyMoved = true;
  scratch.touchedHoldings[scratch.touchedHoldingCount] = row;
  scratch.touchedHoldingCount += 1;
  scratch.ledger.moveHead[row] = -1;
}
