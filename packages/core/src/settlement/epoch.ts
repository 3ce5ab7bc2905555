/** The life of a settlement epoch (perpetuals rules 4): one settle mark a market, slices of accounts, a public summary. */
import { events, MarketType, PriceGrade } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { releaseForcedLends } from '../ledger/forced-lends.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import type { State } from '../state.ts';
import { finishSecond } from './finish-second.ts';
import { closeFunding, openFunding } from './funding.ts';

/**
 * Opens an epoch when a boundary of `settleEverySeconds` lies after `secondBefore`; boundaries that were missed count
 * once. While an epoch is still open the next boundary settles for both.
 */
export function openEpochWhenDue(state: State, secondBefore: number): void {
  const every = state.genesis.settleEverySeconds;
  const isDue = Math.floor(state.tickSecond / every) > Math.floor(secondBefore / every);
  if (isDue && !state.settlement.isOpen) openEpoch(state);
}

/** Ends the pass that settled its last account: the epoch, then the funding that waited for it, then the rest of the second. */
export function closePass(state: State): void {
  if (state.settlement.isFunding) closeFunding(state);
  else closeEpoch(state);
  assert(state.assets[state.usdc]!.clearingAtoms === 0, 'INV-13: clearing is zero outside an epoch');
  releaseForcedLends(state);
  if (state.settlement.fundingDueHour >= 0) openFunding(state);
  else finishSecond(state);
}

/** Opens the next epoch at the marks there are. */
export function openEpoch(state: State): void {
  const { settlement } = state;
  settlement.epoch += 1;
  settlement.isOpen = true;
  settlement.isFunding = false;
  settlement.nextAccount = 0;
  settlement.accounts = state.accounts.used;
  settlement.openedSecond = state.tickSecond;
  settlement.borrowsAtoms = 0;
  settlement.settledAccounts = 0;
  for (const { type, price } of state.markets) {
    if (type !== MarketType.PERP) continue;
    price.settleTicksBefore = price.settleTicks;
    // A stale mark settles nothing: lastMark stays.
    if (price.grade !== PriceGrade.Stale) price.settleTicks = price.markTicks;
    price.epochGains = 0;
    price.epochLosses = 0;
  }
  emit(state.out, events.epochOpened, { epoch: settlement.epoch, accounts: settlement.accounts });
}

function closeEpoch(state: State): void {
  const { settlement } = state;
  for (const { ix, type, price } of state.markets) {
    if (type !== MarketType.PERP || price.settleTicks === 0) continue;
    assert(price.epochGains === price.epochLosses, 'gains of a market equal its losses: sizes sum to zero (INV-03)');
    emit(state.out, events.epochMarket, {
      epoch: settlement.epoch,
      market: ix,
      markTicks: price.settleTicks,
      gainsAtoms: price.epochGains,
      lossesAtoms: price.epochLosses,
    });
  }
  emit(state.out, events.epochClosed, {
    epoch: settlement.epoch,
    accounts: settlement.settledAccounts,
    borrowsAtoms: settlement.borrowsAtoms,
    feesAtoms: settlement.feesAtoms,
    fundAtoms: fundAtoms(state),
  });
  settlement.isOpen = false;
  settlement.feesAtoms = 0;
}

/** USDC of the fund: what it owns less what it owes. */
function fundAtoms(state: State): number {
  const row = findHolding(state, FUND_ACCOUNT, state.usdc);
  return row < 0 ? 0 : netAtomsOf(state, row);
}
