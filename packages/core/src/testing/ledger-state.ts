/** A small venue with accounts and money, for tests of what moves money. */
import { BorrowLendSource, type Genesis } from '@mochila/protocol';
import { createState, openAccountRow } from '../create-state.ts';
import { DUST_ACCOUNT, setAccountAutoLend, setAccountAutoRepayBorrows } from '../ledger/accounts.ts';
import { closeFrame, openFrame } from '../ledger/frame.ts';
import { openVenueHoldings } from '../ledger/holding-rows.ts';
import { ReceiveMode } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import type { State } from '../state.ts';
import { smallGenesis } from './small-genesis.ts';

/** Settings of a test account; on unless said otherwise. */
export interface TestAccount {
  autoLend?: boolean;
  autoRepayBorrows?: boolean;
  user?: number;
}

/** A new small venue whose dust account has its unit of each asset and whose prices are good. */
export function ledgerState(changes: Partial<Genesis> = {}): State {
  const state = createState(smallGenesis(changes));
  const usd = [1, 1, 60_000, 3_000, 150];
  for (const asset of state.assets) {
    const price = usd[asset.ix] ?? 1;
    Object.assign(asset.price, { index: price, mark: price, stable: price, grade: 0 });
  }
  openVenueHoldings(state);
  inFrame(state, () => {
    for (const asset of state.assets)
      creditFromWorld(state, DUST_ACCOUNT, asset.ix, asset.unitAtoms, ReceiveMode.Lend, BorrowLendSource.AutoLend);
  });
  return state;
}

/** Opens an account with settings; returns its AccountIx. */
export function testAccount(state: State, settings: TestAccount = {}): number {
  const account = openAccountRow(state, settings.user ?? 1, 0);
  setAccountAutoLend(state.accounts, account, settings.autoLend === false ? 0 : 1);
  setAccountAutoRepayBorrows(state.accounts, account, settings.autoRepayBorrows === false ? 0 : 1);
  return account;
}

/** Runs money movements as one command: the next sequence, a frame around. */
export function inFrame<T>(state: State, act: () => T): T {
  state.seq += 1;
  openFrame(state);
  const result = act();
  closeFrame(state);
  return result;
}

/** Lets time pass. */
export function passSeconds(state: State, seconds: number): void {
  state.timeMicros += seconds * 1_000_000;
}
