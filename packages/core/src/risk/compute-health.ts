/**
 * The one margin formula (accounts.md 5): equity and requirements of an account, recomputed from its rows.
 *
 * Every asset is one signed number, taken as if settled now: free + lent - debt, and for USDC + unrealised P&L. So a
 * settlement changes no figure, to the last bit: unrealised P&L is summed in whole atoms before it becomes a double.
 *
 * Three prices for three questions:
 * - `Maintenance`: the mark alone. Is the account to be liquidated?
 * - `Placing`: the worse of mark and index. May it take an order?
 * - `Leaving`: the worst of mark, index and stable price. May something be borrowed or leave?
 */
import { collateralWeight, imf as imfOf, mmf as mmfOf } from '@mochila/math';
import { MarketType, PriceGrade, Side } from '@mochila/protocol';
import type { Asset } from '../assets.ts';
import { accountHoldingHead, accountLeverageLimit, accountPositionHead } from '../ledger/accounts.ts';
import { debtAtomsOf, lentAtomsOf } from '../ledger/holding-rows.ts';
import {
  holdingAsset,
  holdingDebtPico,
  holdingDebtWhole,
  holdingFree,
  holdingHeld,
  holdingLentPico,
  holdingLentWhole,
  nextHolding,
} from '../ledger/holdings.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import type { Health } from './health.ts';
import { restingOrderLoss } from './order-loss.ts';
import { lastMarkTicks } from './position-rows.ts';
import {
  nextPosition,
  positionAskTicksMin,
  positionBidTicksMax,
  positionMarket,
  positionOpenAskLots,
  positionOpenBidLots,
  positionOrderHead,
  positionSizeLots,
} from './positions.ts';
import type { Projection } from './projection.ts';

/** Which prices a health is computed at. */
export const HealthMode = { Maintenance: 0, Placing: 1, Leaving: 2 } as const;
export type HealthMode = (typeof HealthMode)[keyof typeof HealthMode];

/** USD figures gathered while the rows are walked; one instance, reused. */
const sums = { usdcAtoms: 0, usdcExtra: 0, leverage: 1 };

/**
 * Computes an account's health.
 *
 * @param projection - a change to judge before it is written, or null.
 * @param out - filled with USD figures; nothing else is written.
 */
export function computeHealth(state: State, account: number, mode: HealthMode, projection: Projection | null, out: Health): void {
  out.collateral = 0;
  out.assets = 0;
  out.borrowLiability = 0;
  out.initialMargin = 0;
  out.maintenanceMargin = 0;
  out.futuresExposure = 0;
  out.totalExposure = 0;
  out.openOrderLoss = 0;
  sums.usdcAtoms = 0;
  sums.usdcExtra = 0;
  sums.leverage = accountLeverageLimit(state.accounts, account);
  addPositions(state, account, mode, projection, out);
  out.unrealisedPnl = sums.usdcAtoms / state.assets[state.usdc]!.unitAtoms;
  addHoldings(state, account, mode, projection, out);
  out.initialMargin += out.openOrderLoss;
  out.netEquity = out.collateral - out.borrowLiability;
  out.realEquity = out.assets - out.borrowLiability;
}

function addPositions(state: State, account: number, mode: HealthMode, projection: Projection | null, out: Health): void {
  const { positions } = state;
  let isProjected = projection === null || projection.market < 0;
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    const applies = projection !== null && projection.market === market.ix;
    if (applies) isProjected = true;
    addMarket(state, account, market, row, mode, applies ? projection : null, out);
  }
  if (!isProjected && projection !== null) addMarket(state, account, state.markets[projection.market]!, -1, mode, projection, out);
}

function addMarket(
  state: State,
  account: number,
  market: Market,
  row: number,
  mode: HealthMode,
  projection: Projection | null,
  out: Health,
): void {
  if (market.type === MarketType.SPOT) {
    if (mode !== HealthMode.Maintenance) out.openOrderLoss += spotOrderLoss(state, market, row, projection, mode);
    return;
  }
  const { positions } = state;
  const before = row < 0 ? 0 : positionSizeLots(positions, row);
  let size = before;
  let bids = row < 0 ? 0 : positionOpenBidLots(positions, row);
  let asks = row < 0 ? 0 : positionOpenAskLots(positions, row);
  if (projection !== null) {
    size += projection.sizeLots;
    bids += projection.openBidLots;
    asks += projection.openAskLots;
  }
  if (size === 0 && bids === 0 && asks === 0) {
    if (before !== 0) sums.usdcAtoms += before * (market.price.markTicks - lastMarkTicks(state, account, market.ix)) * market.k;
    return;
  }
  // Unrealised P&L is that of the size held: a projected fill brings its own cash, measured from the mark (matching/project-fill.ts).
  if (before !== 0) sums.usdcAtoms += before * (market.price.markTicks - lastMarkTicks(state, account, market.ix)) * market.k;
  const lots = Math.max(Math.abs(size + bids), Math.abs(size - asks));
  const price =
    mode === HealthMode.Maintenance
      ? market.price.markTicks * market.tickSize
      : worstPerpPrice(state, market, row, size, lots, mode, projection);
  const lotPrice = price * market.lotSize;
  sums.usdcExtra += size * market.lotSize * (price - market.price.markTicks * market.tickSize);
  const notional = Math.abs(size) * lotPrice;
  const exposure = lots * lotPrice;
  const { imf, mmf } = market.listing.perp!;
  out.futuresExposure += exposure;
  out.totalExposure += exposure;
  out.initialMargin += exposure * imfOf(exposure, imf.base, imf.factor, sums.leverage);
  out.maintenanceMargin += notional * mmfOf(notional, mmf.base, mmf.factor);
  if (mode !== HealthMode.Maintenance) out.openOrderLoss += perpOrderLoss(state, market, row, price, projection);
}

/**
 * The price among mark, index (and stable price) that gives the lowest health: value of the size, less margin on the
 * exposure, less what open orders would lose at it. Each candidate is tried: bids above the index lose at the index while
 * the margin alone would be higher at the mark.
 */
function worstPerpPrice(
  state: State,
  market: Market,
  row: number,
  size: number,
  lots: number,
  mode: HealthMode,
  projection: Projection | null,
): number {
  const mark = market.price.markTicks * market.tickSize;
  const { index, stable } = state.assets[market.base]!.price;
  const isStable = mode === HealthMode.Leaving && stable > 0 && stable !== mark;
  let worst = mark;
  if ((index <= 0 || index === mark) && !isStable) return worst;
  let lowest = perpValueAt(state, market, row, size, lots, mark, projection);
  if (index > 0) {
    const value = perpValueAt(state, market, row, size, lots, index, projection);
    if (value < lowest) {
      lowest = value;
      worst = index;
    }
  }
  return isStable && perpValueAt(state, market, row, size, lots, stable, projection) < lowest ? stable : worst;
}

/** What a perp row is worth to its account at a price, in USD, but for a constant. */
function perpValueAt(
  state: State,
  market: Market,
  row: number,
  size: number,
  lots: number,
  price: number,
  projection: Projection | null,
): number {
  const { imf } = market.listing.perp!;
  const exposure = lots * market.lotSize * price;
  return (
    size * market.lotSize * price -
    exposure * imfOf(exposure, imf.base, imf.factor, sums.leverage) -
    perpOrderLoss(state, market, row, price, projection)
  );
}

function perpOrderLoss(state: State, market: Market, row: number, price: number, projection: Projection | null): number {
  const loss = row >= 0 && mayLose(state, market, row, price) ? restingOrderLoss(state, market, row, price) : 0;
  if (projection === null || projection.orderLots === 0) return loss;
  return loss + lossAt(projection.orderSide, projection.orderLots, projection.orderTicks * market.tickSize, price, market.lotSize);
}

/** False when no resting order can be on the losing side of `price`, by the bounds kept beside the row. */
function mayLose(state: State, market: Market, row: number, price: number): boolean {
  const { positions } = state;
  if (positionOpenBidLots(positions, row) === 0 && positionOpenAskLots(positions, row) === 0) return false;
  return positionBidTicksMax(positions, row) * market.tickSize > price || positionAskTicksMin(positions, row) * market.tickSize < price;
}

function lossAt(side: number, lots: number, orderPrice: number, price: number, lotSize: number): number {
  const perUnit = side === Side.Bid ? orderPrice - price : price - orderPrice;
  return perUnit > 0 ? perUnit * lots * lotSize : 0;
}

/** Open-order loss of spot orders: value given less value received, at the mode's price and weights, never below zero. */
function spotOrderLoss(state: State, market: Market, row: number, projection: Projection | null, mode: HealthMode): number {
  const { orders, positions } = state;
  const base = state.assets[market.base]!;
  const price = worstAssetPrice(base, true, mode);
  let lots = row < 0 ? 0 : positionOpenBidLots(positions, row);
  if (projection !== null && projection.orderSide === Side.Bid) lots += projection.orderLots;
  const weight = weightOf(base, lots * market.lotSize * price, mode);
  const counted = collateralCounts(base, mode) ? weight : 0;
  const quote = state.assets[market.quote]!;
  const quoteValue = worstAssetPrice(quote, true, mode) * collateralWeight(quote.listing.weight, 0);
  let loss = 0;
  for (let slot = row < 0 ? -1 : positionOrderHead(positions, row); slot >= 0; slot = orders.accountNext[slot]!) {
    if (orders.isResting[slot] === 0) continue;
    loss += spotLossAt(
      orders.side[slot]!,
      orders.lots[slot]! * market.lotSize,
      orders.priceTicks[slot]! * market.tickSize * quoteValue,
      price,
      counted,
    );
  }
  if (projection !== null && projection.orderLots > 0) {
    loss += spotLossAt(
      projection.orderSide,
      projection.orderLots * market.lotSize,
      projection.orderTicks * market.tickSize * quoteValue,
      price,
      counted,
    );
  }
  return loss;
}

function spotLossAt(side: number, quantity: number, orderValue: number, price: number, weight: number): number {
  const perUnit = side === Side.Bid ? orderValue - price * weight : price * weight - orderValue;
  return perUnit > 0 ? perUnit * quantity : 0;
}

function addHoldings(state: State, account: number, mode: HealthMode, projection: Projection | null, out: Health): void {
  const { holdings, usdc } = state;
  let sawA = projection === null || projection.assetA < 0;
  let sawB = projection === null || projection.assetB < 0;
  let sawHold = projection === null || projection.holdAsset < 0;
  let sawUsdc = false;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = holdingAsset(holdings, row);
    let net = holdingFree(holdings, row);
    if (holdingLentWhole(holdings, row) > 0 || holdingLentPico(holdings, row) > 0) net += lentAtomsOf(state, row);
    else if (holdingDebtWhole(holdings, row) > 0 || holdingDebtPico(holdings, row) > 0) net -= debtAtomsOf(state, row);
    if (projection !== null) {
      if (projection.assetA === asset) {
        net += projection.atomsA;
        sawA = true;
      }
      if (projection.assetB === asset) {
        net += projection.atomsB;
        sawB = true;
      }
    }
    let held = holdingHeld(holdings, row);
    if (projection !== null && projection.holdAsset === asset) {
      held += projection.holdAtoms;
      sawHold = true;
    }
    if (asset === usdc) {
      sawUsdc = true;
      addAsset(state, asset, net + sums.usdcAtoms, sums.usdcExtra, held, mode, out);
    } else if (net !== 0 || held > 0) addAsset(state, asset, net, 0, held, mode, out);
  }
  addUnseen(state, mode, projection, sawA, sawB, sawHold, sawUsdc, out);
}

/** Assets of the projection, and USDC's unrealised part, where the account has no row yet. */
function addUnseen(
  state: State,
  mode: HealthMode,
  projection: Projection | null,
  sawA: boolean,
  sawB: boolean,
  sawHold: boolean,
  sawUsdc: boolean,
  out: Health,
): void {
  const { usdc } = state;
  if (projection !== null) {
    const { assetA, assetB, holdAsset } = projection;
    if (!sawA && assetA !== usdc) addProjected(state, assetA, mode, projection, out);
    if (!sawB && assetB !== usdc && assetB !== assetA) addProjected(state, assetB, mode, projection, out);
    if (!sawHold && holdAsset !== usdc && holdAsset !== assetA && holdAsset !== assetB)
      addProjected(state, holdAsset, mode, projection, out);
  }
  if (sawUsdc) return;
  const atoms = sums.usdcAtoms + projectedAtoms(projection, usdc);
  const held = projection !== null && projection.holdAsset === usdc ? projection.holdAtoms : 0;
  if (atoms !== 0 || sums.usdcExtra !== 0 || held > 0) addAsset(state, usdc, atoms, sums.usdcExtra, held, mode, out);
}

/** Adds an asset the account would have by the projection alone. */
function addProjected(state: State, asset: number, mode: HealthMode, projection: Projection, out: Health): void {
  addAsset(state, asset, projectedAtoms(projection, asset), 0, projection.holdAsset === asset ? projection.holdAtoms : 0, mode, out);
}

function projectedAtoms(projection: Projection | null, asset: number): number {
  if (projection === null) return 0;
  return (projection.assetA === asset ? projection.atomsA : 0) + (projection.assetB === asset ? projection.atomsB : 0);
}

/**
 * Adds one asset: collateral when its net is positive, a borrow with exposure and margin when negative. What open spot
 * orders would pay beyond what is there counts as borrow exposure in the initial margin (accounts.md 5, Spot orders).
 */
function addAsset(state: State, ix: number, netAtoms: number, extraUsd: number, heldAtoms: number, mode: HealthMode, out: Health): void {
  const asset = state.assets[ix]!;
  const quantity = netAtoms / asset.unitAtoms;
  const isOwned = ix === state.usdc ? quantity + extraUsd >= 0 : quantity >= 0;
  const price = worstAssetPrice(asset, isOwned, mode);
  const value = ix === state.usdc ? quantity + extraUsd : quantity * price;
  if (isOwned) {
    out.assets += value;
    if (collateralCounts(asset, mode)) out.collateral += value * weightOf(asset, value, mode);
  } else {
    out.borrowLiability -= value;
    out.maintenanceMargin -= value * mmfOf(-value, asset.listing.borrowMmf.base, asset.listing.borrowMmf.factor);
  }
  const open = value - (heldAtoms / asset.unitAtoms) * worstAssetPrice(asset, false, mode);
  const exposure = heldAtoms > 0 ? Math.max(0, -open) : Math.max(0, -value);
  if (exposure > 0) {
    out.totalExposure += exposure;
    out.initialMargin += exposure * imfOf(exposure, asset.listing.borrowImf.base, asset.listing.borrowImf.factor, sums.leverage);
  }
}

/** Weight of an asset; new risk also bears the discount at which a redeemable asset trades on its own book (perpetuals.md 1). */
function weightOf({ listing, price }: Asset, notional: number, mode: HealthMode): number {
  const weight = collateralWeight(listing.weight, notional);
  return mode === HealthMode.Maintenance ? weight : weight * (1 - price.bookDiscount);
}

/** A stale asset backs no new risk; a degraded one nothing that leaves (perpetuals.md 1). */
function collateralCounts(asset: Asset, mode: HealthMode): boolean {
  if (mode === HealthMode.Maintenance) return true;
  if (mode === HealthMode.Placing) return asset.price.grade !== PriceGrade.Stale;
  return asset.price.grade === PriceGrade.Good;
}

/** Price of an asset for a mode: the lowest candidate for what is owned, the highest for what is owed. */
function worstAssetPrice(asset: Asset, isOwned: boolean, mode: HealthMode): number {
  const { mark, index, stable } = asset.price;
  if (mode === HealthMode.Maintenance) return mark;
  if (isOwned) return mode === HealthMode.Placing ? Math.min(mark, index) : Math.min(mark, index, stable);
  return mode === HealthMode.Placing ? Math.max(mark, index) : Math.max(mark, index, stable);
}
