/** The first command of every journal: the venue's own accounts get what the constitution gives them. */
import { BorrowLendSource, type CommandFields, events, FundMove, type Reject } from '@mochila/protocol';
import { assert, parseDecimal } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { DUST_ACCOUNT, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { openVenueHoldings } from '../ledger/holding-rows.ts';
import { ReceiveMode } from '../ledger/receive.ts';
import { creditFromWorld } from '../ledger/world.ts';
import { tellFundMove } from '../liquidation/fund/tell-fund-move.ts';
import type { State } from '../state.ts';

/** Gives `dust` one unit of each asset as a lend, and the fund its grant. @throws AssertionError when it is not the first command. */
export function applyGenesis(state: State, fields: CommandFields<'genesis'>): Reject | null {
  assert(state.seq === 1, 'the genesis is the first command of a journal');
  openVenueHoldings(state);
  for (const asset of state.assets) {
    creditFromWorld(state, DUST_ACCOUNT, asset.ix, asset.unitAtoms, ReceiveMode.Lend, BorrowLendSource.AutoLend);
  }
  const usdc = state.assets[state.usdc]!;
  const grant = parseDecimal(state.genesis.fundGrant, usdc.listing.decimals);
  assert(grant.ok, 'the grant of the fund is a USDC amount');
  if (grant.value > 0) creditFromWorld(state, FUND_ACCOUNT, usdc.ix, grant.value, ReceiveMode.Lend, BorrowLendSource.AutoLend);
  tellFundMove(state, FundMove.Grant, FUND_ACCOUNT, usdc.ix, grant.value);
  emit(state.out, events.venueCreated, { json: fields.json });
  return null;
}
