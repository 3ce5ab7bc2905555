/**
 * Funding of the hour that ended (perpetuals rules 3). It is an epoch of its own, opened when the settlement epoch of the
 * boundary has closed: same slices, same rule for accounts touched in between, marks standing still, payments as deltas.
 */
import { fundingCredit } from '@mochila/math';
import { BorrowLendSource, events, MarketType } from '@mochila/protocol';
import { asAtoms, asLots, asPpb, assert, asTicks, MICROS_PER_HOUR } from '@mochila/units';
import { recordProfit } from '../custody/profit-pace.ts';
import { emit } from '../event-buffer.ts';
import { accountPositionHead, DUST_ACCOUNT, setAccountSettledEpoch } from '../ledger/accounts.ts';
import { receive, receiveModeOf } from '../ledger/receive.ts';
import { moveClearing } from '../ledger/world.ts';
import type { Market } from '../markets.ts';
import {
  nextPosition,
  positionAccount,
  positionFundingAtoms,
  positionMarket,
  positionSizeLots,
  setPositionFundingAtoms,
} from '../risk/positions.ts';
import type { State } from '../state.ts';
import { moveCash } from './settle-cash.ts';

/** Opens the epoch that pays the due hour. It has a number but no summary: its event is fundingPaid. */
export function openFunding(state: State): void {
  const { settlement } = state;
  assert(!settlement.isOpen, 'funding waits for the last slice of a settlement');
  for (const { price, type } of state.markets) if (type === MarketType.PERP) price.settleTicksBefore = price.settleTicks;
  settlement.epoch += 1;
  settlement.isOpen = true;
  settlement.isFunding = true;
  settlement.nextAccount = 0;
  settlement.accounts = state.accounts.used;
}

/** Pays or collects one account's funding of all markets and stamps it. */
export function payFunding(state: State, account: number): void {
  const { accounts, positions, settlement } = state;
  let creditAtoms = 0;
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    if (positionSizeLots(positions, row) !== 0 && market.price.isFundingDue) creditAtoms += fundPosition(state, market, row);
  }
  setAccountSettledEpoch(accounts, account, settlement.epoch);
  if (creditAtoms !== 0) moveCash(state, account, creditAtoms);
}

/** Ends the funding epoch: what payers gave up by rounding up and receivers by rounding down goes to dust. */
export function closeFunding(state: State): void {
  const { settlement } = state;
  const restAtoms = state.assets[state.usdc]!.clearingAtoms;
  assert(restAtoms >= 0, 'funding is rounded against its payers');
  if (restAtoms > 0) {
    receive(state, DUST_ACCOUNT, state.usdc, restAtoms, receiveModeOf(state, DUST_ACCOUNT), BorrowLendSource.AutoLend, 0);
    moveClearing(state, 0 - restAtoms);
  }
  for (const { price } of state.markets) price.isFundingDue = false;
  settlement.isOpen = false;
  settlement.isFunding = false;
  settlement.fundingDueHour = -1;
}

function fundPosition(state: State, market: Market, row: number): number {
  const { positions } = state;
  const { price } = market;
  const sizeLots = positionSizeLots(positions, row);
  const amountAtoms = fundingCredit(asPpb(price.fundingDuePpb), asLots(sizeLots), asTicks(price.settleTicks), asAtoms(market.k));
  if (amountAtoms === 0) return 0;
  setPositionFundingAtoms(positions, row, positionFundingAtoms(positions, row) + amountAtoms);
  recordProfit(state, row, amountAtoms);
  emit(state.out, events.fundingPaid, {
    account: positionAccount(positions, row),
    market: market.ix,
    amountAtoms,
    ratePpb: price.fundingDuePpb,
    sizeLots,
    hourEndMicros: (state.settlement.fundingDueHour + 1) * MICROS_PER_HOUR,
  });
  return amountAtoms;
}
