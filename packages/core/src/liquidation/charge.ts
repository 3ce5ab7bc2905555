/** The charge for a part that is taken over: how large it is, and where it goes. */
import { backstopCharge, takerOfCharge } from '@mochila/math';
import { BorrowLendSource, FundMove, ReceiptAct } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { recordProfit } from '../custody/profit-pace.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { receive, receiveModeOf } from '../ledger/receive.ts';
import type { Market } from '../markets.ts';
import { findPosition } from '../risk/position-rows.ts';
import type { State } from '../state.ts';
import { type ExposedPart, exposedParts, notionalSum } from './exposed-parts.ts';
import { tellFundMove } from './fund/tell-fund-move.ts';
import { addReceiptAct, NO_ACT } from './receipts/add-receipt-act.ts';
import { realEquityAtTaking } from './taking-price.ts';

/** USDC atoms charged for the whole of a part as the account stands now, rounded down. */
export function chargeAtomsOf(state: State, account: number, part: ExposedPart): number {
  const charged = {
    realEquity: realEquityAtTaking(state, account),
    notional: part.notional,
    notionalSum: notionalSum(exposedParts(state, account)),
    maintenance: part.maintenance,
  };
  const usd = backstopCharge(charged, state.genesis.liquidation.chargeMaintenanceShare);
  return Math.floor(usd * state.assets[state.usdc]!.unitAtoms);
}

/** How a charge was divided, USDC atoms. */
export interface ChargeParts {
  takerAtoms: number;
  fundAtoms: number;
}

/**
 * Moves a charge from the account, borrowed if need be, to the taker and the fund. The fund as taker gets all of it. In the market it
 * is fresh profit of the taker, and leaves at that pace (accounts rules 5, Leaving).
 */
export function payCharge(state: State, market: Market, account: number, taker: number, chargeAtoms: number): ChargeParts {
  if (chargeAtoms === 0) return { takerAtoms: 0, fundAtoms: 0 };
  const takerAtoms = taker === FUND_ACCOUNT ? 0 : takerOfCharge(chargeAtoms, state.genesis.liquidation.chargeFundShare);
  const fundAtoms = chargeAtoms - takerAtoms;
  const source = BorrowLendSource.LiquidationBackstop;
  const shortfall = pay(state, account, state.usdc, chargeAtoms, PayPolicy.Forced, source);
  assert(shortfall === 0, 'a charge is borrowed if need be');
  receive(state, taker, state.usdc, takerAtoms, receiveModeOf(state, taker), BorrowLendSource.AutoLend);
  receive(state, FUND_ACCOUNT, state.usdc, fundAtoms, receiveModeOf(state, FUND_ACCOUNT), BorrowLendSource.AutoLend);
  noteProfit(state, market, account, 0 - chargeAtoms);
  noteProfit(state, market, taker, takerAtoms);
  tellFundMove(state, FundMove.Charge, account, state.usdc, fundAtoms);
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.Charge, counterAccount: taker, asset: state.usdc, atoms: 0 - chargeAtoms });
  return { takerAtoms, fundAtoms };
}

/**
 * Counts what a taking made of an account in its market beside the price of its fill. A taker has a row there; a giver without
 * one has no profit to be slowed.
 *
 * @param atoms - USDC atoms, a loss negative.
 */
export function noteProfit(state: State, market: Market, account: number, atoms: number): void {
  const row = findPosition(state, account, market.ix);
  if (row >= 0) recordProfit(state, row, atoms);
}
