/**
 * Equity and margin of an account line by line, as computeHealth sums them at the mark (accounts rules 5): same rows, same
 * order, same products, so that the lines add up to its totals to the last bit.
 */
import { collateralWeight, mmf as mmfOf } from '@mochila/math';
import { MarketType, RECEIPT_SECTIONS } from '@mochila/protocol';
import { accountHoldingHead, accountPositionHead } from '../../ledger/accounts.ts';
import { debtAtomsOf, lentAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, holdingFree, holdingHeld, nextHolding } from '../../ledger/holdings.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { lastMarkTicks } from '../../risk/position-rows.ts';
import { nextPosition, positionMarket, positionOpenAskLots, positionOpenBidLots, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { addRow, type DraftRows, type ReceiptDraft } from './receipt-draft.ts';

const POSITION_WORDS = RECEIPT_SECTIONS.positions.columns.length;
const HOLDING_WORDS = RECEIPT_SECTIONS.holdings.columns.length;
const TOTALS_WORDS = RECEIPT_SECTIONS.totals.columns.length;

const health = createHealth();

/** Appends the account's positions, assets and totals as they stand. @param moment - ReceiptMoment. */
export function addAccountLines(state: State, draft: ReceiptDraft, moment: number): void {
  const { account } = draft.subject;
  const pnlAtoms = addPositions(state, account, moment, draft.positions);
  addHoldings(state, account, moment, pnlAtoms, draft.holdings);
  addTotals(state, account, moment, draft.totals);
}

/** Appends perpetual positions; returns unrealised P&L in USDC atoms. */
function addPositions(state: State, account: number, moment: number, rows: DraftRows): number {
  const { positions } = state;
  let sumAtoms = 0;
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    if (market.type === MarketType.SPOT) continue;
    const size = positionSizeLots(positions, row);
    const bids = positionOpenBidLots(positions, row);
    const asks = positionOpenAskLots(positions, row);
    if (size === 0 && bids === 0 && asks === 0) continue;
    const lastTicks = lastMarkTicks(state, account, market.ix);
    const pnlAtoms = size * (market.price.markTicks - lastTicks) * market.k;
    sumAtoms += pnlAtoms;
    const lotPrice = market.price.markTicks * market.tickSize * market.lotSize;
    const notional = Math.abs(size) * lotPrice;
    const { base, factor } = market.listing.perp!.mmf;
    const fraction = mmfOf(notional, base, factor);
    const at = addRow(rows, POSITION_WORDS);
    const { words } = rows;
    words[at] = moment;
    words[at + 1] = market.ix;
    words[at + 2] = size;
    words[at + 3] = bids;
    words[at + 4] = asks;
    words[at + 5] = lastTicks;
    words[at + 6] = pnlAtoms;
    words[at + 7] = notional;
    words[at + 8] = fraction;
    words[at + 9] = notional * fraction;
    words[at + 10] = Math.max(Math.abs(size + bids), Math.abs(size - asks)) * lotPrice;
  }
  return sumAtoms;
}

function addHoldings(state: State, account: number, moment: number, pnlAtoms: number, rows: DraftRows): void {
  const { holdings, usdc } = state;
  let sawUsdc = false;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = holdingAsset(holdings, row);
    const lent = lentAtomsOf(state, row);
    const debt = debtAtomsOf(state, row);
    const free = holdingFree(holdings, row);
    const held = holdingHeld(holdings, row);
    if (asset === usdc) sawUsdc = true;
    const settled = free + lent - debt + (asset === usdc ? pnlAtoms : 0);
    if (asset !== usdc && settled === 0 && held === 0 && free + lent === 0) continue;
    addHolding(state, rows, moment, asset, free, lent, debt, held, settled);
  }
  if (!sawUsdc && pnlAtoms !== 0) addHolding(state, rows, moment, usdc, 0, 0, 0, 0, pnlAtoms);
}

function addHolding(
  state: State,
  rows: DraftRows,
  moment: number,
  ix: number,
  free: number,
  lent: number,
  debt: number,
  held: number,
  settledAtoms: number,
): void {
  const asset = state.assets[ix]!;
  const quantity = settledAtoms / asset.unitAtoms;
  const price = asset.price.mark;
  const value = ix === state.usdc ? quantity : quantity * price;
  const { weight, borrowMmf } = asset.listing;
  const fraction = quantity >= 0 ? collateralWeight(weight, value) : mmfOf(-value, borrowMmf.base, borrowMmf.factor);
  const open = value - (held / asset.unitAtoms) * price;
  const at = addRow(rows, HOLDING_WORDS);
  const { words } = rows;
  words[at] = moment;
  words[at + 1] = ix;
  words[at + 2] = free;
  words[at + 3] = lent;
  words[at + 4] = debt;
  words[at + 5] = held;
  words[at + 6] = settledAtoms;
  words[at + 7] = price;
  words[at + 8] = value;
  words[at + 9] = fraction;
  words[at + 10] = quantity >= 0 ? value * fraction : 0 - value * fraction;
  words[at + 11] = held > 0 ? Math.max(0, 0 - open) : Math.max(0, 0 - value);
}

function addTotals(state: State, account: number, moment: number, rows: DraftRows): void {
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  const at = addRow(rows, TOTALS_WORDS);
  const { words } = rows;
  words[at] = moment;
  words[at + 1] = health.collateral;
  words[at + 2] = health.assets;
  words[at + 3] = health.borrowLiability;
  words[at + 4] = health.netEquity;
  words[at + 5] = health.realEquity;
  words[at + 6] = health.maintenanceMargin;
  words[at + 7] = health.totalExposure;
  words[at + 8] = health.unrealisedPnl;
}
