/** Lends and debts with their margin. */
import { imf, mmf } from '@mochila/math';
import type { BorrowLendAnswer } from '@mochila/protocol';
import { accountHoldingHead, accountLeverageLimit } from '../ledger/accounts.ts';
import { debtAtomsOf, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import { liquidationPriceOfAsset } from '../risk/liquidation-price.ts';
import type { State } from '../state.ts';
import { interestOf } from './margin-answer.ts';

/** Answers every lend and debt of an account. */
export function borrowLendAnswers(state: State, account: number): BorrowLendAnswer[] {
  const { holdings } = state;
  const rows: BorrowLendAnswer[] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const netAtoms = lentAtomsOf(state, row) - debtAtomsOf(state, row);
    if (netAtoms !== 0) rows.push(borrowLendAnswer(state, account, row, netAtoms));
  }
  return rows;
}

function borrowLendAnswer(state: State, account: number, row: number, netAtoms: number): BorrowLendAnswer {
  const asset = state.assets[holdingAsset(state.holdings, row)]!;
  const exposureAtoms = Math.max(0, -netAtoms);
  const exposureNotional = (exposureAtoms / asset.unitAtoms) * asset.price.mark;
  const { borrowImf, borrowMmf } = asset.listing;
  return {
    asset: asset.ix,
    positionId: state.holdings.openedSeq[row]!,
    netAtoms,
    interestAtoms: interestOf(state, row),
    markPrice: asset.price.mark,
    imf: imf(exposureNotional, borrowImf.base, borrowImf.factor, accountLeverageLimit(state.accounts, account)),
    mmf: mmf(exposureNotional, borrowMmf.base, borrowMmf.factor),
    exposureAtoms,
    exposureNotional,
    liquidationPrice: asset.ix === state.usdc ? 0 : liquidationPriceOfAsset(state, account, asset.ix, netAtoms > 0),
  };
}

/** `GET /borrowLend/position/liquidationPrice`: where the account's liquidation starts as this borrowed asset rises. */
export function borrowLiquidationPrice(state: State, account: number, asset: number): { liquidationPrice: number; markPrice: number } {
  return {
    liquidationPrice: asset === state.usdc ? 0 : liquidationPriceOfAsset(state, account, asset, false),
    markPrice: state.assets[asset]!.price.mark,
  };
}
