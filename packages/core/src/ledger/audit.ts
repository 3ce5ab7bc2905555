/** Checks the money invariants of accounts rules 7 over the whole state, from the rows up: for tests and for the audit query. Linear in holdings. */
import type { Asset } from '../assets.ts';
import type { Pool } from '../lending/pool.ts';
import { foldPool } from '../lending/pool-totals.ts';
import type { State } from '../state.ts';
import { accountHoldingHead } from './accounts.ts';
import { foldFree } from './free-cash.ts';
import { debtAtomsOf, hasDebt, hasLend, lentAtomsOf } from './holding-rows.ts';
import {
  holdingAccount,
  holdingAsset,
  holdingDebtPico,
  holdingDebtWhole,
  holdingFree,
  holdingHeld,
  holdingLentPico,
  holdingLentWhole,
  nextHolding,
} from './holdings.ts';

const PICO = 1_000_000_000_000n;

interface Sums {
  free: bigint;
  lent: bigint;
  debt: bigint;
  lendShares: bigint;
  borrowShares: bigint;
}

/**
 * @param heldByOrders - atoms the open spot orders of a row hold together; left out, holds are compared with nothing.
 * @returns one sentence for each broken rule, beginning with its number; empty when all hold.
 */
export function auditLedger(state: State, heldByOrders?: (row: number) => number): string[] {
  const broken: string[] = [];
  const sums: Sums[] = state.assets.map(() => ({ free: 0n, lent: 0n, debt: 0n, lendShares: 0n, borrowShares: 0n }));
  for (let account = 0; account < state.accounts.used; account += 1) {
    for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(state.holdings, row)) {
      auditRow(state, row, heldByOrders, broken);
      addRow(state, row, sums[holdingAsset(state.holdings, row)]!);
    }
  }
  for (const asset of state.assets) auditAsset(state, asset, sums[asset.ix]!, broken);
  return broken;
}

function auditRow(state: State, row: number, heldByOrders: ((row: number) => number) | undefined, broken: string[]): void {
  const { holdings } = state;
  const name = `account ${holdingAccount(holdings, row)} asset ${state.assets[holdingAsset(holdings, row)]!.symbol}`;
  if (hasLend(state, row) && hasDebt(state, row)) broken.push(`INV-04: ${name} lends and owes`);
  if (!(holdingFree(holdings, row) >= 0)) broken.push(`INV-01: ${name} has ${holdingFree(holdings, row)} free`);
  if (!(holdingHeld(holdings, row) >= 0)) broken.push(`INV-05: ${name} holds ${holdingHeld(holdings, row)}`);
  if (heldByOrders === undefined) return;
  const held = heldByOrders(row);
  if (held !== holdingHeld(holdings, row)) broken.push(`INV-05: ${name} holds ${holdingHeld(holdings, row)}, its orders ${held}`);
}

function addRow(state: State, row: number, sums: Sums): void {
  const { holdings } = state;
  sums.free += BigInt(holdingFree(holdings, row));
  sums.lent += BigInt(lentAtomsOf(state, row));
  sums.debt += BigInt(debtAtomsOf(state, row));
  sums.lendShares += BigInt(holdingLentWhole(holdings, row)) * PICO + BigInt(holdingLentPico(holdings, row));
  sums.borrowShares += BigInt(holdingDebtWhole(holdings, row)) * PICO + BigInt(holdingDebtPico(holdings, row));
}

function auditAsset(state: State, asset: Asset, sums: Sums, broken: string[]): void {
  const free = foldFree(asset);
  if (free !== sums.free) broken.push(`INV-02: ${asset.symbol} free total ${free}, rows ${sums.free}`);
  if (!state.scratch.isFrameOpen && asset.frameNet !== 0) broken.push(`INV-01: ${asset.symbol} frame net ${asset.frameNet}`);
  if (!state.settlement.isOpen && asset.clearingAtoms !== 0) broken.push(`INV-13: ${asset.symbol} clearing ${asset.clearingAtoms}`);
  if (asset.pool !== null) auditPool(asset, asset.pool, sums, broken);
  const cash = asset.pool === null ? 0n : asset.pool.lentAtoms - asset.pool.borrowedAtoms;
  const owed = free + cash + BigInt(asset.clearingAtoms);
  if (owed !== asset.custodyAtoms) broken.push(`INV-02: ${asset.symbol} custody ${asset.custodyAtoms}, owed ${owed}`);
}

function auditPool(asset: Asset, pool: Pool, sums: Sums, broken: string[]): void {
  foldPool(pool);
  const clearing = BigInt(Math.max(0, asset.clearingAtoms));
  const say = (text: string): number => broken.push(`INV-06: ${asset.symbol} ${text}`);
  if (pool.lentAtoms + clearing < pool.borrowedAtoms) say(`borrowed ${pool.borrowedAtoms}, lent ${pool.lentAtoms}, clearing ${clearing}`);
  if (sums.lent > pool.lentAtoms) say(`claims ${sums.lent}, lent ${pool.lentAtoms}: dust is negative`);
  if (sums.debt < pool.borrowedAtoms) say(`debts ${sums.debt}, borrowed ${pool.borrowedAtoms}`);
  if (sums.lendShares !== pool.lendShares) say(`lend shares ${sums.lendShares}, total ${pool.lendShares}`);
  if (sums.borrowShares !== pool.borrowShares) say(`debt shares ${sums.borrowShares}, total ${pool.borrowShares}`);
}
