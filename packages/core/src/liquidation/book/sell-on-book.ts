/**
 * Stage 1 (liquidation rules 2): each second a slice of every position and of every asset that repays a debt, largest
 * maintenance first, until the account is back at liquidation-end.
 */
import { sliceSize } from '@mochila/math';
import { OrderOrigin, ReceiptKind, Side } from '@mochila/protocol';
import { OrderFlag } from '../../book/order-flags.ts';
import { accountHoldingHead } from '../../ledger/accounts.ts';
import { netAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../../ledger/holdings.ts';
import type { Market } from '../../markets.ts';
import { findPosition } from '../../risk/position-rows.ts';
import { positionCaseLots, setPositionCaseLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { type ExposedPart, exposedParts, notionalSum } from '../exposed-parts.ts';
import { isRestored } from '../restore.ts';
import { feePpmOf } from './fee-ppm.ts';
import { repayDebt } from './repay-debt.ts';
import { runSlice } from './run-slice.ts';
import { clearSold } from './sell-collateral.ts';
import { type BookTally, tally } from './tally.ts';
import { isPriced, spotMarketOf } from './where-to-sell.ts';

/**
 * Runs the slices of one account's turn, stopping between two when it is restored.
 *
 * @param counted - gains what was offered to the book and what it took.
 * @returns true when the account is back at liquidation-end.
 */
export function sellOnBook(state: State, account: number, counted: BookTally): boolean {
  clearSold(state);
  for (const part of exposedParts(state, account)) {
    if (part.market >= 0) closeSlice(state, account, part, counted);
    else repayDebt(state, account, part, counted);
    if (isRestored(state, account)) return true;
  }
  if (counted.offeredUsd === 0 && hasDustAlone(state, account)) counted.offeredUsd = notionalSum(exposedParts(state, account));
  return false;
}

/** Debts, and of each asset less than a lot or no market for it: no book will take anything, so the backstop's turn comes. */
function hasDustAlone(state: State, account: number): boolean {
  if (exposedParts(state, account).some((part) => part.market >= 0 || part.isStale)) return false;
  const { holdings } = state;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const market = spotMarketOf(state, holdingAsset(holdings, row));
    if (market !== null && netAtomsOf(state, row) >= market.lotAtoms) return false;
  }
  return true;
}

function closeSlice(state: State, account: number, part: ExposedPart, counted: BookTally): void {
  const market = state.markets[part.market]!;
  if (!isPriced(state, market)) return;
  const lots = positionSlice(state, account, market, part);
  const taken = runSlice(state, market, {
    account,
    side: part.lots > 0 ? Side.Ask : Side.Bid,
    lots,
    origin: OrderOrigin.LiquidationAutoclose,
    flags: OrderFlag.ReduceOnly,
    isReduceOnly: true,
    feePpm: feePpmOf(state, part.maintenance, part.notional),
    isTakerFee: false,
    kind: ReceiptKind.BookSlice,
    stage: 1,
  });
  tally(market, counted, lots, taken);
}

/** Lots of the next slice of a position. One that was opened or grew since the trigger counts from its largest. */
function positionSlice(state: State, account: number, market: Market, part: ExposedPart): number {
  const { positions } = state;
  const { sliceFraction, sliceWholeBelowUsd } = state.genesis.liquidation;
  const row = findPosition(state, account, market.ix);
  const left = Math.abs(part.lots);
  if (positionCaseLots(positions, row) < left) setPositionCaseLots(positions, row, left);
  return sliceSize(positionCaseLots(positions, row), left, sliceFraction, part.notional < sliceWholeBelowUsd);
}
