/** What accounts of a simulated venue own. */
import { answerQuery } from '@mochila/core';
import type { SimVenue } from '../venue/sim-venue.ts';

/** Accounts that posted backstop capacity, each once. */
export function providersOf({ state: { backstop } }: SimVenue): number[] {
  return [...new Set(backstop.account.subarray(0, backstop.used))];
}

/** USD that the accounts own less what they owe, everything at its mark, no haircut. */
export function realEquityOf({ state }: SimVenue, accounts: readonly number[]): number {
  return accounts.reduce((sum, account) => sum + answerQuery(state, 'margin', { account }).realEquity, 0);
}

/** The same with everything at its index: what they would have if all could be closed and sold at what it is worth. */
export function equityAtIndex(venue: SimVenue, accounts: readonly number[]): number {
  const { state } = venue;
  let usd = realEquityOf(venue, accounts);
  for (const account of accounts) {
    for (const { market, sizeLots } of answerQuery(state, 'positions', { account })) {
      const entry = state.markets[market];
      const index = state.assets[entry?.base ?? -1]?.price.index;
      if (entry !== undefined && index !== undefined) usd += sizeLots * entry.lotSize * (index - entry.price.markTicks * entry.tickSize);
    }
    for (const { asset, freeAtoms, lentAtoms, debtAtoms } of answerQuery(state, 'holdings', { account })) {
      const entry = state.assets[asset];
      if (entry === undefined) continue;
      usd += ((freeAtoms + lentAtoms - debtAtoms) / entry.unitAtoms) * (entry.price.index - entry.price.mark);
    }
  }
  return usd;
}

/** USD that accounts owe beyond what they own at the index, all together: losses that nobody has met, seen by the engine or not. */
export function holesAtIndex(venue: SimVenue): number {
  const { state } = venue;
  let usd = 0;
  for (let account = 0; account < state.accounts.used; account += 1) {
    if (answerQuery(state, 'margin', { account }).totalExposure > 0) usd += Math.max(0, -equityAtIndex(venue, [account]));
  }
  return usd;
}

/** USD of notional that providers posted in a market and could take at once, and the capital behind it. */
export function postedIn({ state }: SimVenue, market: number): { notionalUsd: number; capitalUsd: number } {
  const { backstop } = state;
  const unit = state.assets[state.usdc]?.unitAtoms ?? 1;
  const posted = { notionalUsd: 0, capitalUsd: 0 };
  for (let row = 0; row < backstop.used; row += 1) {
    if (backstop.market[row] !== market) continue;
    posted.notionalUsd += (backstop.notionalAtoms[row] ?? 0) / unit;
    posted.capitalUsd += (backstop.capitalAtoms[row] ?? 0) / unit;
  }
  return posted;
}
