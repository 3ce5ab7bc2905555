/** One position is closed whole against winners, who bear its part of the deficit (liquidation rules 2, stage 4). */
import { type DeficitPrice, deficitPrice, shareOut } from '@mochila/math';
import { BorrowLendSource, events, FundMove, LiquidationStage, OrderOrigin, ReceiptAct, ReceiptKind, ReceiptTerm } from '@mochila/protocol';
import { assert, mulDivDown } from '@mochila/units';
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

/** What of a position was closed. */
export interface Closed {
  lots: number;
  /** Quote atoms of its part of the deficit that the bound left over. */
  leftAtoms: number;
}

/**
 * Closes a position, or as many lots of it as the command has work left for: these bear their part of its deficit, and
 * those that follow the same.
 *
 * @param deficitAtoms - D_i: its part of the deficit, quote atoms.
 */
export function closePosition(state: State, account: number, part: ExposedPart, deficitAtoms: number): Closed {
  const market = state.markets[part.market]!;
  const wholeLots = Math.abs(part.lots);
  const isLong = part.lots > 0;
  const chosen = chooseWinners(state, market, account, isLong, wholeLots, judgedTicks(market, part, deficitAtoms));
  const lots = chosen.reduce((sum, one) => sum + one.lots, 0);
  if (lots === 0) return { lots: 0, leftAtoms: 0 };
  const shareAtoms = mulDivDown(deficitAtoms, lots, wholeLots);
  const price = priceOf(market, isLong ? lots : -lots, shareAtoms);
  openReceipt(state, { kind: ReceiptKind.Deleveraging, account, market: market.ix, asset: -1, stage: LiquidationStage.Deleveraging });
  addReceiptTerm(state, ReceiptTerm.DeficitShareAtoms, shareAtoms);
  addReceiptTerm(state, ReceiptTerm.NeededLots, lots);
  addReceiptTerm(state, ReceiptTerm.TakenLots, lots);
  closeAgainst(state, { market, account, chosen, priceTicks: price.ticks, cashAtoms: price.cashAtoms });
  const takenLots = wholeLots - Math.abs(positionSizeLots(state.positions, findPosition(state, account, market.ix)));
  emit(state.out, events.deleveraged, {
    account,
    market: market.ix,
    neededLots: lots,
    takenLots,
    overshootLots: takenLots - lots,
    markTicks: market.price.markTicks,
    priceTicks: price.ticks,
    deficitAtoms: shareAtoms,
    cashAtoms: price.cashAtoms,
    leftAtoms: price.leftAtoms,
    winners: chosen.length,
  });
  closeReceipt(state);
  return { lots, leftAtoms: price.leftAtoms };
}

function priceOf(market: Market, lots: number, deficitAtoms: number): DeficitPrice {
  return deficitPrice(deficitAtoms, lots, market.price.markTicks, market.listing.perp!.premiumBound, market.k);
}

/** Price by which winners are judged: a tick worse than it is when cash is added to it. */
function judgedTicks(market: Market, part: ExposedPart, deficitAtoms: number): number {
  const { ticks, cashAtoms } = priceOf(market, part.lots, deficitAtoms);
  const cashTick = cashAtoms > 0 ? 1 : 0;
  return part.lots > 0 ? ticks + cashTick : Math.max(1, ticks - cashTick);
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
