/**
 * One account's part of the open epoch (perpetuals rules 4): what its positions gained since their last mark, summed over
 * all markets first, paid or received once in USDC. A slice does it for a range of accounts; whoever touches an account
 * in between does it first.
 */
import { assert, assertSafe } from '@mochila/units';
import { recordProfit } from '../custody/profit-pace.ts';
import { accountPositionHead, accountSettledEpoch, setAccountSettledEpoch } from '../ledger/accounts.ts';
import { nextPosition, positionMarket, positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { payFunding } from './funding.ts';
import { announceSettled, moveCash } from './settle-cash.ts';

/** Brings an account to the epoch the venue is in; does nothing when it is there. O(positions of the account). */
export function settleAccount(state: State, account: number): void {
  if (!isBehind(state, account)) return;
  if (state.settlement.isFunding) payFunding(state, account);
  else settleGains(state, account, bookGains(state, account));
}

/** True when an account was not settled to the open epoch yet. */
export function isBehind(state: State, account: number): boolean {
  const { accounts, settlement } = state;
  if (accountSettledEpoch(accounts, account) === settlement.epoch) return false;
  assert(settlement.isOpen, 'an account is behind only while an epoch is open');
  assert(accountSettledEpoch(accounts, account) === settlement.epoch - 1, 'an account is at most one epoch behind');
  return true;
}

/** Moves what {@link bookGains} returned, and tells it. @param atoms - USDC atoms, a loss negative. */
export function settleGains(state: State, account: number, atoms: number): void {
  if (atoms === 0) return;
  moveCash(state, account, atoms);
  announceSettled(state, account, atoms);
}

/**
 * Stamps an account that was behind and counts what its positions gained, by market and for the profit that is fresh. No
 * money has moved yet.
 *
 * @returns USDC atoms of all markets together, a loss negative.
 */
export function bookGains(state: State, account: number): number {
  const { accounts, positions, markets, settlement } = state;
  let deltaAtoms = 0;
  let isInvolved = false;
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const sizeLots = positionSizeLots(positions, row);
    if (sizeLots === 0) continue;
    const market = markets[positionMarket(positions, row)]!;
    const { price } = market;
    isInvolved = true;
    const pnlAtoms = sizeLots * (price.settleTicks - price.settleTicksBefore) * market.k;
    if (pnlAtoms === 0) continue;
    if (pnlAtoms > 0) price.epochGains += pnlAtoms;
    else price.epochLosses -= pnlAtoms;
    deltaAtoms += pnlAtoms;
    recordProfit(state, row, pnlAtoms);
  }
  // Stamped before money moves: from here on the account's last mark is the epoch's.
  setAccountSettledEpoch(accounts, account, settlement.epoch);
  if (isInvolved) settlement.settledAccounts += 1;
  return assertSafe(deltaAtoms);
}
