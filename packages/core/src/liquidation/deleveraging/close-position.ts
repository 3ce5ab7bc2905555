/** One position is closed whole against winners, who bear its part of the deficit (liquidation rules 2, stage 4). */
import { deficitPrice, shareOut } from '@mochila/math';
import { BorrowLendSource, events, FundMove, LiquidationStage, OrderOrigin, ReceiptAct, ReceiptKind, ReceiptTerm } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { recordProfit } from '../../custody/profit-pace.ts';
import { emit } from '../../event-buffer.ts';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import type { Market } from '../../markets.ts';
import { findPosition } from '../../risk/position-rows.ts';
import { positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import type { ExposedPart } from '../exposed-parts.ts';
import { forcedTransfer } from '../forced-transfer.ts';
import { tellFundMove } from '../fund/tell-fund-move.ts';
import { addReceiptAct, addReceiptTerm, NO_ACT } from '../receipts/add-receipt-act.ts';
import { closeReceipt } from '../receipts/close-receipt.ts';
import { openReceipt } from '../receipts/open-receipt.ts';
import { type Chosen, chooseWinners } from './choose-winners.ts';

/**
 * Closes a position.
 *
 * @param deficitAtoms - D_i: its part of the deficit, quote atoms.
 * @returns quote atoms of the deficit that the bound left over.
 */
export function closePosition(state: State, account: number, part: ExposedPart, deficitAtoms: number): number {
  const market = state.markets[part.market]!;
  const lots = Math.abs(part.lots);
  const isLong = part.lots > 0;
  const price = deficitPrice(deficitAtoms, part.lots, market.price.markTicks, market.listing.perp!.premiumBound, market.k);
  // Judged a tick worse than it is when cash is added to the price.
  const cashTick = price.cashAtoms > 0 ? 1 : 0;
  const judgedTicks = isLong ? price.ticks + cashTick : Math.max(1, price.ticks - cashTick);
  const chosen = chooseWinners(state, market, account, isLong, lots, judgedTicks);
  openReceipt(state, { kind: ReceiptKind.Deleveraging, account, market: market.ix, asset: -1, stage: LiquidationStage.Deleveraging });
  addReceiptTerm(state, ReceiptTerm.DeficitShareAtoms, deficitAtoms);
  addReceiptTerm(state, ReceiptTerm.NeededLots, lots);
  addReceiptTerm(state, ReceiptTerm.TakenLots, lots);
  closeAgainst(state, { market, account, chosen, priceTicks: price.ticks, cashAtoms: price.cashAtoms });
  emit(state.out, events.deleveraged, {
    account,
    market: market.ix,
    neededLots: lots,
    takenLots: chosen.reduce((sum, one) => sum + one.lots, 0),
    overshootLots: chosen.reduce((sum, one) => sum + one.lots, 0) - lots,
    markTicks: market.price.markTicks,
    priceTicks: price.ticks,
    deficitAtoms,
    cashAtoms: price.cashAtoms,
    leftAtoms: price.leftAtoms,
    winners: chosen.length,
  });
  closeReceipt(state);
  return price.leftAtoms;
}

/** A close that is decided. */
export interface Close {
  market: Market;
  account: number;
  chosen: readonly Chosen[];
  priceTicks: number;
  /** Quote atoms beside the price, from the winners. */
  cashAtoms: number;
}

/** Transfers the lots and moves the cash that makes no whole tick, pro rata to the lots. */
export function closeAgainst(state: State, { market, account, chosen, priceTicks, cashAtoms }: Close): void {
  const parts = chosen.map(({ winner, lots }) => ({ account: winner.account, lots, priceTicks }));
  const isLong = positionSizeLots(state.positions, findPosition(state, account, market.ix)) > 0;
  const fills = forcedTransfer(state, market, account, parts, OrderOrigin.AdlAutoclose);
  const cash = shareOut(
    cashAtoms,
    chosen.map(({ lots }) => lots),
  );
  for (const [at, { winner, lots }] of chosen.entries()) {
    if (cash[at]! > 0) giveCash(state, market, account, winner.account, cash[at]!);
    emit(state.out, events.deleveragedAgainst, {
      account: winner.account,
      fromAccount: account,
      market: market.ix,
      sizeLots: isLong ? lots : -lots,
      priceTicks,
      cashAtoms: cash[at]!,
      rank: winner.rank,
      isHedged: winner.isHedged ? 1 : 0,
      tradeId: fills[at]!.tradeId,
    });
  }
}

function giveCash(state: State, market: Market, account: number, winner: number, atoms: number): void {
  const source = BorrowLendSource.LiquidationAdl;
  const shortfall = pay(state, winner, market.quote, atoms, PayPolicy.Forced, source);
  assert(shortfall === 0, 'a part of a deficit is borrowed if need be');
  receive(state, account, market.quote, atoms, ReceiveMode.Repay, source);
  if (winner === FUND_ACCOUNT) tellFundMove(state, FundMove.DeficitCash, account, market.quote, 0 - atoms);
  if (account === FUND_ACCOUNT) tellFundMove(state, FundMove.DeficitCash, winner, market.quote, atoms);
  recordProfit(state, findPosition(state, winner, market.ix), 0 - atoms);
  recordProfit(state, findPosition(state, account, market.ix), atoms);
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.Other, counterAccount: winner, asset: market.quote, atoms });
}
