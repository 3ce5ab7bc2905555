/**
 * A debt, or a part of one, is taken over: the taker pays it and receives collateral of equal value at mark and the charge
 * (liquidation rules 2). Claims move, never cash, so a full pool stops nothing.
 */
import { chargeOfTaken, shareOut } from '@mochila/math';
import { BorrowLendSource, events, FundMove, LiquidationStage, ReceiptAct, ReceiptKind, ReceiptTerm } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { emit } from '../event-buffer.ts';
import { FUND_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding, hasRoomForHoldings, roomForCredit } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive, receiveModeOf } from '../ledger/receive.ts';
import { WORK_PER_MOVE } from '../limits.ts';
import { staysAboveInitial } from '../risk/check.ts';
import { ensurePosition, findPosition, hasRoomForPositions } from '../risk/position-rows.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';
import { chargeAtomsOf, noteProfit, payCharge } from './charge.ts';
import { collateralFor, collateralsOf, debtOfOwned, givableAtoms, marketOfDebt } from './collateral-of.ts';
import { type Desk, type Seat, SHARE_WEIGHT_MAX, shareSeats } from './desk.ts';
import { type ExposedPart, netAsIfSettled } from './exposed-parts.ts';
import { tellFundMove } from './fund/tell-fund-move.ts';
import { addReceiptAct, addReceiptTerm, NO_ACT } from './receipts/add-receipt-act.ts';
import { closeReceipt } from './receipts/close-receipt.ts';
import { openReceipt } from './receipts/open-receipt.ts';
import { tellDue } from './receipts/tell-due.ts';
import { isRestored, largestMeeting, smallestRestoring } from './restore.ts';
import { type DebtTaking, restoresWithDebt } from './restores-with-debt.ts';
import { movesLeft, spendWork } from './work.ts';

/**
 * Takes as much of a debt as restores the account, one collateral after the other, the least haircut cost first.
 *
 * @returns false when nothing was taken.
 */
export function takeDebt(state: State, account: number, part: ExposedPart, desk: Desk): boolean {
  const chargeAtoms = chargeAtomsOf(state, account, part);
  let hasTaken = false;
  for (const collateral of collateralsOf(state, account, part.asset)) {
    const market = marketOfDebt(state, part.asset, collateral.asset);
    if (market === null) continue;
    for (let goesOn = true; goesOn; ) {
      // The charge for a collateral before this one may have been paid from it.
      const left = { asset: collateral.asset, atoms: givableAtoms(state, account, collateral.asset) };
      const taking = { market, asset: part.asset, wholeAtoms: part.atoms, collateral: left, chargeAtoms };
      const { atoms, isCut } = takeWith(state, account, desk, taking);
      if (atoms > 0) hasTaken = true;
      if (isRestored(state, account) || (hasTaken && movesLeft(state) === 0)) return hasTaken;
      goesOn = atoms > 0 && isCut;
    }
  }
  return hasTaken;
}

function takeWith(state: State, account: number, desk: Desk, taking: DebtTaking): { atoms: number; isCut: boolean } {
  const { market, asset, collateral, wholeAtoms } = taking;
  const owed = 0 - netAsIfSettled(state, account, asset);
  const most = Math.min(owed, debtOfOwned(state, asset, collateral));
  if (most < 1) return { atoms: 0, isCut: false };
  const offered = withRoom(state, account, desk.seats(state, market, asset === state.usdc, account), taking, most);
  const { seats, rooms, room, isCut } = shareSeats(offered, (seat) => atomsOf(state, seat, taking, most));
  if (room === 0) return { atoms: 0, isCut };
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
  addReceiptTerm(state, ReceiptTerm.WholeAtoms, wholeAtoms);
  addReceiptTerm(state, ReceiptTerm.ChargeAtoms, taking.chargeAtoms);
  tellDue(state, account);
  moveShares(state, account, desk, taking, seats, shares, Math.max(0, wholeAtoms - owed));
  closeReceipt(state);
  spendWork(state, shares.length * WORK_PER_MOVE);
  return { atoms: Math.min(needed, room), isCut };
}

/** Seats for which there is room in the tables, those before them counted, and in their balance for what they would receive. */
function withRoom(state: State, account: number, seats: Seat[], taking: DebtTaking, most: number): Seat[] {
  const { asset, collateral } = taking;
  const takes = collateralFor(state, asset, collateral, most);
  let rows = 0;
  let positions = 0;
  return seats.filter((seat) => {
    const more = rowsFor(state, account, seat, taking);
    if (more > 0 && !hasRoomForHoldings(state, rows + more)) return false;
    const position = findPosition(state, seat.account, taking.market.ix) < 0 ? 1 : 0;
    if (position > 0 && !hasRoomForPositions(state, positions + position)) return false;
    positions += position;
    if (roomForCredit(state, seat.account, collateral.asset) < takes) return false;
    rows += more;
    return true;
  });
}

/** Rows of holdings a taking may make. */
function rowsFor(state: State, account: number, seat: Seat, { asset, collateral }: DebtTaking): number {
  let rows = findHolding(state, seat.account, asset) < 0 ? 1 : 0;
  if (findHolding(state, seat.account, collateral.asset) < 0) rows += 1;
  if (findHolding(state, seat.account, state.usdc) < 0) rows += 1;
  if (findHolding(state, account, state.usdc) < 0) rows += 1;
  return rows;
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
    spendWork(state, 1);
    clearProjection(projection);
    projection.assetA = asset;
    projection.atomsA = 0 - some;
    projection.assetB = collateral.asset;
    projection.atomsB = collateralFor(state, asset, collateral, some);
    return staysAboveInitial(state, seat.account);
  });
  return byMargin < cut ? byMargin : roomAtoms;
}

/**
 * Every seat pays its share of the debt and receives its share of the collateral; the charges follow, so that none of them
 * is paid from collateral another seat is to receive.
 *
 * @param before - of the debt, taken with other collaterals: their charges count as taken.
 */
function moveShares(
  state: State,
  account: number,
  desk: Desk,
  taking: DebtTaking,
  seats: readonly Seat[],
  shares: readonly number[],
  before: number,
): void {
  const { asset, collateral } = taking;
  const given: number[] = [];
  let paid = 0;
  for (const [at, seat] of seats.entries()) {
    const atoms = shares[at]!;
    // Parts of a part that is rounded once: together no more than there is.
    const part = collateralFor(state, asset, collateral, paid + atoms) - collateralFor(state, asset, collateral, paid);
    if (atoms > 0) payDebtFor(state, account, seat.account, { asset, atoms }, { asset: collateral.asset, atoms: part });
    given.push(part);
    paid += atoms;
  }
  let charged = before;
  for (const [at, seat] of seats.entries()) {
    const atoms = shares[at]!;
    if (atoms > 0) chargeShare(state, account, desk, seat, taking, { before: charged, atoms, collateralAtoms: given[at]! });
    charged += atoms;
  }
}

/** What a seat took of a debt. */
interface DebtShare {
  /** Atoms of the debt taken before. */
  before: number;
  atoms: number;
  collateralAtoms: number;
}

function chargeShare(state: State, account: number, desk: Desk, seat: Seat, taking: DebtTaking, share: DebtShare): void {
  const { market, asset, collateral, wholeAtoms } = taking;
  const { before, atoms, collateralAtoms } = share;
  // What it gains is fresh profit, and that is counted in the row of its market.
  ensurePosition(state, seat.account, market.ix);
  const charged = (upTo: number): number => chargeOfTaken(taking.chargeAtoms, Math.min(upTo, wholeAtoms), wholeAtoms);
  const chargeAtoms = charged(before + atoms) - charged(before);
  const { takerAtoms, fundAtoms } = payCharge(state, market, account, seat.account, chargeAtoms);
  const notionalAtoms = usdcWorth(state, asset, atoms);
  const gain = usdcWorth(state, collateral.asset, collateralAtoms) - notionalAtoms;
  noteProfit(state, market, seat.account, gain);
  noteProfit(state, market, account, 0 - gain);
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

/** So many atoms of an asset. */
export interface Amount {
  asset: number;
  atoms: number;
}

/**
 * Somebody pays a debt of an account and receives collateral for it. Claims move: whoever lends the asset pays with that,
 * else it is borrowed, past no limit that is for free choice.
 *
 * @param given - collateral, which is there.
 */
export function payDebtFor(
  state: State,
  account: number,
  payer: number,
  { asset, atoms }: Amount,
  given: Amount,
  source: number = BorrowLendSource.LiquidationBackstop,
): void {
  let shortfall = pay(state, payer, asset, atoms, PayPolicy.Forced, source);
  receive(state, account, asset, atoms, ReceiveMode.Repay, source);
  shortfall += pay(state, account, given.asset, given.atoms, PayPolicy.Redeem, source);
  receive(state, payer, given.asset, given.atoms, receiveModeOf(state, payer), source);
  assert(shortfall === 0, 'a debt is paid and its collateral is there');
  if (payer === FUND_ACCOUNT) {
    tellFundMove(state, FundMove.DebtPaid, account, asset, 0 - atoms);
    tellFundMove(state, FundMove.Collateral, account, given.asset, given.atoms);
  }
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.DebtPaid, counterAccount: payer, asset, atoms });
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.CollateralGiven, counterAccount: payer, asset: given.asset, atoms: 0 - given.atoms });
}
