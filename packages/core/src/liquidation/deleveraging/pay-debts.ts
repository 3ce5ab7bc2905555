/**
 * The end of stage 4: debts nobody took. The fund pays them for collateral of equal value while there is any, then out of
 * its own pocket, which becomes a debt note; what it cannot pay is bad debt, and the lenders of that asset lose it.
 */
import { BorrowLendSource, FundMove, LiquidationStage, ReceiptAct, ReceiptKind } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { accountHoldingHead, FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { debtAtomsOf, findHolding, freeAtomsOf, ownedAtomsOf } from '../../ledger/holding-rows.ts';
import { nextHolding } from '../../ledger/holdings.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import { lendersLose, lossMax } from '../../lending/lenders-lose.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { clearProjection } from '../../risk/projection.ts';
import type { State } from '../../state.ts';
import { type Collateral, collateralFor, collateralsOf, debtOfOwned } from '../collateral-of.ts';
import { endOrders } from '../end-orders.ts';
import { exposedParts } from '../exposed-parts.ts';
import { tellFundMove } from '../fund/tell-fund-move.ts';
import { writeNote } from '../notes/write-note.ts';
import { addReceiptAct, NO_ACT } from '../receipts/add-receipt-act.ts';
import { closeReceipt } from '../receipts/close-receipt.ts';
import { openReceipt } from '../receipts/open-receipt.ts';
import { largestMeeting } from '../restore.ts';
import { payDebtFor } from '../take-debt.ts';

const source = BorrowLendSource.LiquidationAdl;
const health = createHealth();

/** Ends every debt of an account without positions, the largest maintenance first. Debts of stale assets wait. */
export function payDebts(state: State, account: number): void {
  const debts = exposedParts(state, account).filter((part) => part.asset >= 0 && !part.isStale);
  for (const { asset } of debts) repayOwn(state, account, asset);
  for (const { asset } of debts) exchange(state, account, asset);
  if (hasAssets(state, account)) return;
  for (const { asset } of debts) payOutOfPocket(state, account, asset);
}

/** What is free of the same asset repays, whatever the account's setting. */
function repayOwn(state: State, account: number, asset: number): void {
  const row = findHolding(state, account, asset);
  if (row < 0) return;
  const atoms = Math.min(freeAtomsOf(state, row), debtAtomsOf(state, row));
  if (atoms === 0) return;
  const shortfall = pay(state, account, asset, atoms, PayPolicy.Free, source);
  assert(shortfall === 0, 'free cash that was counted is there');
  receive(state, account, asset, atoms, ReceiveMode.Repay, source);
}

function owedOf(state: State, account: number, asset: number): number {
  const row = findHolding(state, account, asset);
  return row < 0 ? 0 : debtAtomsOf(state, row);
}

function hasAssets(state: State, account: number): boolean {
  const { holdings } = state;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    if (ownedAtomsOf(state, row) > 0 && debtAtomsOf(state, row) === 0) return true;
  }
  return false;
}

/** The fund pays for collateral of equal value, beyond its limit and margin if need be: that lowers nobody's equity. */
function exchange(state: State, account: number, asset: number): void {
  for (const collateral of collateralsOf(state, account, asset)) {
    const owed = owedOf(state, account, asset);
    if (owed === 0) return;
    const worth = debtOfOwned(state, asset, collateral);
    const given = worth > 0 ? payFor(state, account, asset, Math.min(owed, worth), collateral) : 0;
    if (worth < owed) giveRest(state, account, collateral.asset, collateral.atoms - given);
  }
}

/** @returns atoms of the collateral that went to the fund. */
function payFor(state: State, account: number, asset: number, atoms: number, collateral: Collateral): number {
  openReceipt(state, { kind: ReceiptKind.FundPayment, account, market: -1, asset, stage: LiquidationStage.Deleveraging });
  const given = collateralFor(state, asset, collateral, atoms);
  payDebtFor(state, account, FUND_ACCOUNT, { asset, atoms }, { asset: collateral.asset, atoms: given }, source);
  closeReceipt(state);
  return given;
}

/** What of a collateral is worth less than one atom of the debt goes with it: every asset is used before the fund pays. */
function giveRest(state: State, account: number, asset: number, atoms: number): void {
  if (atoms <= 0) return;
  openReceipt(state, { kind: ReceiptKind.FundPayment, account, market: -1, asset, stage: LiquidationStage.Deleveraging });
  const shortfall = pay(state, account, asset, atoms, PayPolicy.Redeem, source);
  assert(shortfall === 0, 'what is left of a collateral is there');
  receive(state, FUND_ACCOUNT, asset, atoms, ReceiveMode.Lend | ReceiveMode.Repay, source);
  tellFundMove(state, FundMove.Collateral, account, asset, atoms);
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.CollateralGiven, counterAccount: FUND_ACCOUNT, asset, atoms: 0 - atoms });
  closeReceipt(state);
}

/** True when the fund has something left, or nothing, with this paid: its real equity is not negative. */
function fundCanPay(state: State, asset: number, atoms: number): boolean {
  const { projection } = state.scratch;
  clearProjection(projection);
  projection.assetA = asset;
  projection.atomsA = 0 - atoms;
  computeHealth(state, FUND_ACCOUNT, HealthMode.Maintenance, projection, health);
  return health.realEquity >= 0;
}

/** Every asset is used: the fund pays what it can, a note says so, and the lenders lose the rest. */
function payOutOfPocket(state: State, account: number, asset: number): void {
  const owed = owedOf(state, account, asset);
  if (owed === 0) return;
  const paid = largestMeeting(owed, (some) => fundCanPay(state, asset, some));
  if (paid > 0) payAndNote(state, account, asset, paid);
  if (paid < owed) loseRest(state, account, asset, owed - paid);
}

function payAndNote(state: State, account: number, asset: number, atoms: number): void {
  openReceipt(state, { kind: ReceiptKind.DebtNote, account, market: -1, asset, stage: LiquidationStage.Deleveraging });
  // Placed while it was being liquidated: who owes on a note has no orders.
  endOrders(state, account);
  const shortfall = pay(state, FUND_ACCOUNT, asset, atoms, PayPolicy.Forced, source);
  assert(shortfall === 0, 'the fund pays what its margin covers');
  receive(state, account, asset, atoms, ReceiveMode.Repay, source);
  tellFundMove(state, FundMove.DebtPaid, account, asset, 0 - atoms);
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.FundPaid, counterAccount: FUND_ACCOUNT, asset, atoms });
  writeNote(state, account, asset, atoms);
  addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.NoteWritten, counterAccount: FUND_ACCOUNT, asset, atoms });
  closeReceipt(state);
}

/** Bad debt (lending rules 5). What lenders cannot lose any more the fund owes itself. */
function loseRest(state: State, account: number, asset: number, atoms: number): void {
  const lost = Math.min(atoms, lossMax(state, asset));
  if (lost === 0 && account === FUND_ACCOUNT) return;
  openReceipt(state, { kind: ReceiptKind.LendersLoss, account, market: -1, asset, stage: LiquidationStage.Deleveraging });
  if (lost > 0) {
    lendersLose(state, asset, lost);
    receive(state, account, asset, lost, ReceiveMode.Repay, source);
    if (account === FUND_ACCOUNT) tellFundMove(state, FundMove.LendersPaid, account, asset, lost);
    addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.LendersPaid, asset, atoms: lost });
  }
  if (lost < atoms && account !== FUND_ACCOUNT) {
    pay(state, FUND_ACCOUNT, asset, atoms - lost, PayPolicy.Forced, source);
    receive(state, account, asset, atoms - lost, ReceiveMode.Repay, source);
    tellFundMove(state, FundMove.DebtPaid, account, asset, lost - atoms);
    addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.FundPaid, counterAccount: FUND_ACCOUNT, asset, atoms: atoms - lost });
  }
  closeReceipt(state);
}

/** The fund itself after its positions were closed: what it owes beyond all it has, its lenders lose. */
export function losePastFund(state: State): void {
  for (const { asset } of exposedParts(state, FUND_ACCOUNT).filter((part) => part.asset >= 0)) {
    computeHealth(state, FUND_ACCOUNT, HealthMode.Maintenance, null, health);
    if (health.realEquity >= 0) return;
    const { unitAtoms, price } = state.assets[asset]!;
    const beyond = Math.ceil((0 - health.realEquity / price.mark) * unitAtoms);
    const atoms = Math.min(owedOf(state, FUND_ACCOUNT, asset), beyond);
    if (atoms > 0) loseRest(state, FUND_ACCOUNT, asset, atoms);
  }
}
