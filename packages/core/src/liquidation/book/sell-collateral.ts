/** Collateral sold for USDC, only as much as a debt asks for, least haircut cost first (liquidation rules 2, lending rules 4). */
import { collateralWeight, sliceSize } from '@mochila/math';
import { OrderOrigin, ReceiptKind, Side } from '@mochila/protocol';
import { bestTicks } from '../../book/book.ts';
import { OrderFlag } from '../../book/order-flags.ts';
import { accountHoldingHead } from '../../ledger/accounts.ts';
import { netAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, holdingHeld, nextHolding } from '../../ledger/holdings.ts';
import type { Market } from '../../markets.ts';
import type { State } from '../../state.ts';
import { runSlice } from './run-slice.ts';
import { type BookTally, tally } from './tally.ts';
import { isPriced, spotMarketOf } from './where-to-sell.ts';

/** An asset the account has of, worth selling. */
interface Collateral {
  row: number;
  market: Market;
  /** Share of its value that does not count. */
  haircut: number;
}

/** On which terms collateral is sold. */
export interface SaleTerms {
  /** Rate of the fee; 0 when it is taken on what the USDC buys. */
  feePpm: number;
  /**
   * For a settlement borrow of an account that is not being liquidated: one slice in all, what orders hold is left alone, and
   * the fee is the taker fee.
   */
  isSettlement: boolean;
}

/** Atoms of each asset that the running turn sold: a second has one slice of an asset, whatever debts ask for it. */
let sold = new Float64Array(0);

/** Begins a turn. */
export function clearSold(state: State): void {
  if (sold.length < state.assets.length) sold = new Float64Array(state.assets.length);
  sold.fill(0);
}

/** Sells slices of collateral until about `needAtoms` of USDC came in. */
export function sellCollateral(state: State, account: number, needAtoms: number, terms: SaleTerms, counted: BookTally): void {
  const { feePpm, isSettlement } = terms;
  let need = needAtoms;
  for (const { row, market } of collateralOf(state, account)) {
    if (need <= 0) return;
    const lots = lotsToSell(state, market, row, need, isSettlement);
    if (lots === 0) continue;
    const before = netAtomsOf(state, row);
    const taken = runSlice(state, market, {
      account,
      side: Side.Ask,
      lots,
      origin: OrderOrigin.CollateralConversion,
      flags: OrderFlag.AutoBorrowRepayOn,
      isReduceOnly: false,
      feePpm,
      isTakerFee: isSettlement,
      kind: ReceiptKind.CollateralSale,
      stage: isSettlement ? -1 : 1,
    });
    tally(market, counted, lots, taken);
    sold[market.base] = sold[market.base]! + before - netAtomsOf(state, row);
    need -= taken * bestValue(market);
    if (isSettlement && taken > 0) return;
  }
}

/** USDC atoms a lot brings at the mark: what is still needed after a sale is judged by it, the debt itself again next second. */
function bestValue(market: Market): number {
  return market.price.markTicks * market.k;
}

/** Assets with a USDC market that can be sold on now, the smallest haircut first, ties by asset. */
function collateralOf(state: State, account: number): Collateral[] {
  const { holdings } = state;
  const found: Collateral[] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = state.assets[holdingAsset(holdings, row)]!;
    const atoms = netAtomsOf(state, row);
    if (asset.ix === state.usdc || atoms <= 0) continue;
    const market = spotMarketOf(state, asset.ix);
    if (market === null || !isPriced(state, market)) continue;
    const value = (atoms / asset.unitAtoms) * asset.price.mark;
    found.push({ row, market, haircut: 1 - collateralWeight(asset.listing.weight, value) });
  }
  return found.sort((a, b) => a.haircut - b.haircut || a.market.base - b.market.base);
}

/** Whole lots of an asset's slice of this second that are left, and that the need asks for. */
function lotsToSell(state: State, market: Market, row: number, need: number, keepsHeld: boolean): number {
  const { caseAtoms } = state.holdings;
  const { sliceFraction, sliceWholeBelowUsd } = state.genesis.liquidation;
  const asset = state.assets[market.base]!;
  const now = netAtomsOf(state, row);
  const before = now + sold[asset.ix]!;
  if (caseAtoms[row]! < before) caseAtoms[row] = before;
  const isWhole = (before / asset.unitAtoms) * asset.price.mark < sliceWholeBelowUsd;
  const slice = sliceSize(caseAtoms[row]!, before, sliceFraction, isWhole) - sold[asset.ix]!;
  if (slice <= 0) return 0;
  const sellable = Math.max(0, now - (keepsHeld ? holdingHeld(state.holdings, row) : 0));
  const lots = Math.min(Math.max(1, Math.floor(slice / market.lotAtoms)), Math.floor(sellable / market.lotAtoms));
  const best = bestTicks(market.book, Side.Bid);
  const perLot = (best > 0 ? best : market.price.markTicks) * market.k;
  return Math.min(lots, Math.ceil(need / perLot));
}
