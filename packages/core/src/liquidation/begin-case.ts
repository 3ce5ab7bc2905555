/** Stage 0 of the waterfall (liquidation rules 2): orders cancelled, debts met from the same asset, sizes remembered. */
import { BorrowLendSource, LiquidationStage, ReceiptAct, ReceiptKind } from '@mochila/protocol';
import { assert } from '@mochila/units';
import { accountHoldingHead, accountPositionHead } from '../ledger/accounts.ts';
import { debtAtomsOf, netAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, holdingFree, nextHolding } from '../ledger/holdings.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { nextPosition, positionSizeLots, setPositionCaseLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { takeRow } from '../table.ts';
import { endOrders } from './end-orders.ts';
import { addReceiptAct, NO_ACT } from './receipts/add-receipt-act.ts';
import { closeReceipt } from './receipts/close-receipt.ts';
import { openReceipt } from './receipts/open-receipt.ts';

/**
 * Opens the case of an account that has just been flagged. Runs in the command that flagged it, after settlement and funding.
 * Linear in the account's orders, positions and assets.
 */
export function beginCase(state: State, account: number): void {
  const { liquidation, accounts } = state;
  const { cases } = liquidation;
  assert(accounts.liquidationCase[account]! < 0, 'an account has one case at a time');
  const row = takeRow(cases);
  liquidation.opened += 1;
  accounts.liquidationCase[account] = row;
  cases.account[row] = account;
  cases.stage[row] = LiquidationStage.Begun;
  cases.openedSecond[row] = state.tickSecond;
  cases.bookSeconds[row] = 0;
  openReceipt(state, { kind: ReceiptKind.OrderCancel, account, market: -1, asset: -1, stage: 0 });
  endOrders(state, account);
  repayFromSameAsset(state, account);
  closeReceipt(state);
  rememberSizes(state, account);
}

/** What is there of an asset repays what is owed of it, whatever the account's setting. Who owes an asset does not lend it. */
function repayFromSameAsset(state: State, account: number): void {
  const { holdings } = state;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const atoms = Math.min(holdingFree(holdings, row), debtAtomsOf(state, row));
    if (atoms <= 0) continue;
    const asset = holdingAsset(holdings, row);
    const shortfall = pay(state, account, asset, atoms, PayPolicy.Free, BorrowLendSource.Liquidation);
    assert(shortfall === 0, 'free cash that was counted is there');
    receive(state, account, asset, atoms, ReceiveMode.Repay, BorrowLendSource.Liquidation);
    addReceiptAct(state, { ...NO_ACT, act: ReceiptAct.Repaid, asset, atoms });
  }
}

/** Slices are shares of the sizes at the trigger, not of what is left. */
function rememberSizes(state: State, account: number): void {
  const { positions, holdings, accounts } = state;
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row))
    setPositionCaseLots(positions, row, Math.abs(positionSizeLots(positions, row)));
  for (let row = accountHoldingHead(accounts, account); row >= 0; row = nextHolding(holdings, row))
    holdings.caseAtoms[row] = Math.abs(netAtomsOf(state, row));
}
