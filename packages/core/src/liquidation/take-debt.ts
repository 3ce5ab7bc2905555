/**
 * A debt, or a part of one, is taken over: the taker pays it and receives collateral of equal value at mark and the charge
 * (liquidation rules 2). Claims move, never cash, so a full pool stops nothing.
 */
import { chargeOfTaken, shareOut } from '@mochila/math';
import { BorrowLendSource, events, LiquidationStage, ReceiptAct, ReceiptKind, ReceiptTerm } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { findHolding, hasRoomForHoldings, roomForCredit } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive, receiveModeOf } from '../ledger/receive.ts';
import { staysAboveInitial } from '../risk/check.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';
import { chargeAtomsOf, payCharge } from './charge.ts';
import { type Collateral, collateralFor, collateralsOf, debtOfOwned, marketOfDebt } from './collateral-of.ts';
import { type Desk, type Seat, SHARE_WEIGHT_MAX } from './desk.ts';
import { type ExposedPart, netAsIfSettled } from './exposed-parts.ts';
import { addReceiptAct, addReceiptTerm, NO_ACT } from './receipts/add-receipt-act.ts';
import { closeReceipt } from './receipts/close-receipt.ts';
import { openReceipt } from './receipts/open-receipt.ts';
import { isRestored, largestMeeting, smallestRestoring } from './restore.ts';
import { type DebtTaking, restoresWithDebt } from './restores-with-debt.ts';

/** Takes as much of a debt as restores the account, one collateral after the other, the least haircut cost first. */
export function takeDebt(state: State, account: number, part: ExposedPart, desk: Desk): void {
  const chargeAtoms = chargeAtomsOf(state, account, part);
  for (const collateral of collateralsOf(state, account, part.asset)) {
    const market = marketOfDebt(state, part.asset, collateral.asset);
    if (market === null) continue;
    takeWith(state, account, desk, { market, asset: part.asset, wholeAtoms: part.atoms, collateral, chargeAtoms });
    if (isRestored(state, account)) return;
  }
}

function takeWith(state: State, account: number, desk: Desk, taking: DebtTaking): void {
  const { market, asset, collateral, wholeAtoms } = taking;
  const owed = 0 - netAsIfSettled(state, account, asset);
  const most = Math.min(owed, debtOfOwned(state, asset, collateral));
  if (most < 1) return;
  const seats = desk.seats(state, market, asset === state.usdc, account).filter((seat) => hasRoomFor(state, account, seat, taking, most));
  const rooms = seats.map((seat) => atomsOf(state, seat, taking, most));
  const room = rooms.reduce((sum, atoms) => sum + atoms, 0);
  if (room === 0) return;
  const needed = smallestRestoring(most, (atoms) => restoresWithDebt(state, account, taking, atoms));
  const shares = shareOut(Math.min(needed, room), rooms);
  const isFund = desk.stage === LiquidationStage.Fund;
  openReceipt(state, {
    kind: isFund ? ReceiptKind.FundTransfer : ReceiptKind.BackstopDebt,
    account,
    market: market.ix,
    asset,
    stage: desk.stage,
  });
  addReceiptTerm(state, ReceiptTerm.ChargeAtoms, taking.chargeAtoms);
  // Charges of what was taken with other collaterals count as taken before.
  let before = Math.max(0, wholeAtoms - owed);
  for (const [at, seat] of seats.entries()) {
    const atoms = shares[at]!;
    if (atoms === 0) continue;
    moveTo(state, account, desk, seat, taking, before, atoms);
    before += atoms;
  }
  closeReceipt(state);
}

/** Room in the tables and in the taker's balance for what it would receive and pay. */
function hasRoomFor(state: State, account: number, seat: Seat, taking: DebtTaking, most: number): boolean {
  const { asset, collateral } = taking;
  let rows = findHolding(state, seat.account, asset) < 0 ? 1 : 0;
  if (findHolding(state, seat.account, collateral.asset) < 0) rows += 1;
  if (findHolding(state, seat.account, state.usdc) < 0) rows += 1;
  if (findHolding(state, account, state.usdc) < 0) rows += 1;
  const takes = collateralFor(state, asset, collateral, most);
  return (rows === 0 || hasRoomForHoldings(state, rows)) && roomForCredit(state, seat.account, collateral.asset) >= takes;
}

/** Atoms of the debt a seat's share is counted by, as in take-position.ts. */
function atomsOf(state: State, seat: Seat, taking: DebtTaking, most: number): number {
  const { asset, collateral } = taking;
  const { unitAtoms, price } = state.assets[asset]!;
  const roomUsd = seat.roomAtoms / state.assets[state.usdc]!.unitAtoms;
  const roomAtoms = Math.min(SHARE_WEIGHT_MAX, Math.floor((roomUsd / price.mark) * unitAtoms));
  const cut = Math.min(most, roomAtoms);
  const { projection } = state.scratch;
  const byMargin = largestMeeting(cut, (some) => {
    clearProjection(projection);
    projection.assetA = asset;
    projection.atomsA = 0 - some;
    projection.assetB = collateral.asset;
    projection.atomsB = collateralFor(state, asset, collateral, some);
    return staysAboveInitial(state, seat.account);
  });
  return byMargin < cut ? byMargin : roomAtoms;
}

function moveTo(state: State, account: number, desk: Desk, seat: Seat, taking: DebtTaking, before: number, atoms: number): void {
  const { market, asset, collateral, wholeAtoms } = taking;
  const collateralAtoms = payDebtFor(state, account, seat.account, asset, atoms, collateral);
  const charged = (upTo: number): number => chargeOfTaken(taking.chargeAtoms, Math.min(upTo, wholeAtoms), wholeAtoms);
  const chargeAtoms = charged(before + atoms) - charged(before);
  const { takerAtoms, fundAtoms } = payCharge(state, account, seat.account, chargeAtoms);
  const notionalAtoms = usdcWorth(state, asset, atoms);
  desk.took?.(state, seat, asset === state.usdc ? collateralAtoms : 0 - atoms, notionalAtoms);
  emit(state.out, events.backstopTaken, {
    ...events.backstopTaken.defaults,
    account,
    takerAccount: seat.account,
    stage: desk.stage,
    market: market.ix,
    debtAsset: asset,
    debtAtoms: atoms,
    collateralAsset: collateral.asset,
    collateralAtoms,
    notionalAtoms,
    chargeAtoms,
    takerAtoms,
    fundAtoms,
  });
}

/** USDC atoms of an amount at the mark, rounded up. */
function usdcWorth(state: State, asset: number, atoms: number): number {
  const { unitAtoms, price } = state.assets[asset]!;
  return Math.ceil((atoms / unitAtoms) * price.mark * state.assets[state.usdc]!.unitAtoms);
}

/**
 * Somebody pays a debt of an account and receives collateral of equal value at mark. Claims move: whoever lends the asset
 * pays with that, else it is borrowed, past no limit that is for free choice.
 *
 * @returns atoms of collateral received.
 */
export function payDebtFor(
  state: State,
  account: number,
  payer: number,
  asset: number,
  atoms: number,
  collateral: Collateral,
  source: number = BorrowLendSource.LiquidationBackstop,
): number {
  const collateralAtoms = collateralFor(state, asset, collateral, atoms);
  let shortfall = pay(state, payer, asset, atoms, PayPolicy.Forced, source);
  receive(state, account, asset, atoms, ReceiveMode.Repay, source);
  shortfall += pay(state, account, collateral.asset, collateralAtoms, PayPolicy.Redeem, source);
  receive(state, payer, collateral.asset, collateralAtoms, receiveModeOf(state, payer), source);
  assert(shortfall === 0, 'a debt is paid and its collateral is there');
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.DebtPaid, counterAccount: payer, asset, atoms });
  addReceiptAct(state, {
    ...NO_ACT,
    act: ReceiptAct.CollateralGiven,
    counterAccount: payer,
    asset: collateral.asset,
    atoms: 0 - collateralAtoms,
  });
  return collateralAtoms;
}
