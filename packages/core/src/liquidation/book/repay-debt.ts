/** A debt repaid from the book: USDC by selling collateral, other assets by buying them with USDC (liquidation rules 2). */
import { sliceSize } from '@mochila/math';
import { OrderOrigin, ReceiptKind, Side } from '@mochila/protocol';
import { bestTicks } from '../../book/book.ts';
import { OrderFlag } from '../../book/order-flags.ts';
import { findHolding } from '../../ledger/holding-rows.ts';
import type { Market } from '../../markets.ts';
import type { State } from '../../state.ts';
import { type ExposedPart, netAsIfSettled, usdcAsIfSettled } from '../exposed-parts.ts';
import { feePpmOf } from './fee-ppm.ts';
import { runSlice } from './run-slice.ts';
import { sellCollateral } from './sell-collateral.ts';
import { type BookTally, tally } from './tally.ts';
import { isPriced, spotMarketOf, takesSlices } from './where-to-sell.ts';

/**
 * Repays a slice of a debt. The fee falls once, on what repays: on the sale for USDC, on the purchase for another asset.
 *
 * Another asset is bought with USDC the account has, as if settled, and with what collateral brings; never with USDC that
 * would be owed for it, since that would put one debt in the place of another and the fee and the spread on top.
 */
export function repayDebt(state: State, account: number, part: ExposedPart, counted: BookTally): void {
  if (part.isStale) return;
  const feePpm = feePpmOf(state, part.maintenance, part.notional);
  if (part.asset === state.usdc) sellForUsdc(state, account, feePpm, counted);
  else buyBack(state, account, part, feePpm, counted);
}

function sellForUsdc(state: State, account: number, feePpm: number, counted: BookTally): void {
  const owed = -usdcAsIfSettled(state, account);
  if (owed > 0) sellCollateral(state, account, owed, { feePpm, isSettlement: false }, counted);
}

function buyBack(state: State, account: number, part: ExposedPart, feePpm: number, counted: BookTally): void {
  const market = spotMarketOf(state, part.asset);
  if (market === null) {
    // No book at all takes nothing of what it is offered: the backstop's turn comes.
    counted.offeredUsd += part.notional;
    return;
  }
  if (!isPriced(state, market)) return;
  const owed = -netAsIfSettled(state, account, part.asset);
  const lots = Math.ceil(debtSlice(state, account, part, owed) / market.lotAtoms);
  if (!takesSlices(market)) {
    tally(market, counted, lots, 0);
    return;
  }
  const perLot = askPerLot(market);
  const missing = lots * perLot - usdcAsIfSettled(state, account);
  if (missing > 0) sellCollateral(state, account, missing, { feePpm: 0, isSettlement: false }, counted);
  const affordable = Math.floor(Math.max(0, usdcAsIfSettled(state, account)) / perLot);
  const taken = buySlice(state, account, market, Math.min(lots, affordable), feePpm);
  tally(market, counted, lots, taken);
}

function buySlice(state: State, account: number, market: Market, lots: number, feePpm: number): number {
  return runSlice(state, market, {
    account,
    side: Side.Bid,
    lots,
    origin: OrderOrigin.CollateralConversion,
    flags: OrderFlag.AutoBorrow | OrderFlag.AutoBorrowRepayOn,
    isReduceOnly: false,
    feePpm,
    isTakerFee: false,
    kind: ReceiptKind.CollateralSale,
    stage: 1,
  });
}

/** USDC atoms of a lot at the best ask, at the mark where there is none. */
function askPerLot(market: Market): number {
  const best = bestTicks(market.book, Side.Ask);
  return (best > 0 ? best : market.price.markTicks) * market.k;
}

/** Atoms of a debt's next slice; interest makes a debt larger than it was. */
function debtSlice(state: State, account: number, part: ExposedPart, owed: number): number {
  const { caseAtoms } = state.holdings;
  const { sliceFraction, sliceWholeBelowUsd } = state.genesis.liquidation;
  const row = findHolding(state, account, part.asset);
  if (caseAtoms[row]! < owed) caseAtoms[row] = owed;
  return sliceSize(caseAtoms[row]!, owed, sliceFraction, part.notional < sliceWholeBelowUsd);
}
