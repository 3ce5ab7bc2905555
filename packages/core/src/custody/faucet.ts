/** The sandbox's faucet: grants to new accounts, and what it gives an account per asset and day. */
import { assert, MICROS_PER_DAY, parseDecimal } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { findHolding } from '../ledger/holding-rows.ts';
import type { State } from '../state.ts';
import { takeDeposit } from './credits.ts';

const NO_BYTES = new Uint8Array(0);

/** Atoms a new account is given of an asset. */
export function grantAtoms(asset: Asset): number {
  return listedAtoms(asset, asset.listing.faucetGrant);
}

/** Most atoms the faucet gives of an asset per account and day. */
export function dailyAtoms(asset: Asset): number {
  return listedAtoms(asset, asset.listing.faucetDaily);
}

function listedAtoms(asset: Asset, text: string): number {
  const parsed = parseDecimal(text, asset.listing.decimals);
  assert(parsed.ok, `${asset.symbol}: the faucet's amounts are whole atoms`);
  return parsed.value;
}

/** Atoms the faucet gave an account of an asset in the running day. */
export function givenToday(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  if (row < 0 || state.holdings.faucetDay[row] !== dayNow(state)) return 0;
  return state.holdings.faucetAtoms[row]!;
}

function dayNow(state: State): number {
  return Math.floor(state.timeMicros / MICROS_PER_DAY);
}

/** Gives test money. */
export function giveFromFaucet(state: State, account: number, asset: number, atoms: number): void {
  takeDeposit(state, { account, asset, amountAtoms: atoms, isFaucet: 1, reference: NO_BYTES, fromAddress: NO_BYTES });
}

/** Counts what the faucet just gave on request against the day's bound. */
export function countGiven(state: State, account: number, asset: number, atoms: number): void {
  const given = givenToday(state, account, asset) + atoms;
  const row = findHolding(state, account, asset);
  assert(row >= 0, 'a credited asset has a row');
  state.holdings.faucetDay[row] = dayNow(state);
  state.holdings.faucetAtoms[row] = given;
}
