/** What an account has at risk, piece by piece: its positions and its debts, with the margin each of them needs. */
import { mmf as mmfOf } from '@mochila/math';
import { MarketType, PriceGrade } from '@mochila/protocol';
import { accountHoldingHead, accountPositionHead } from '../ledger/accounts.ts';
import { netAtomsOf } from '../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import { lastMarkTicks } from '../risk/position-rows.ts';
import { nextPosition, positionMarket, positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';

/** A position or a debt. */
export interface ExposedPart {
  /** MarketIx of a position, -1 for a debt. */
  market: number;
  /** Signed lots of a position. */
  lots: number;
  /** AssetIx of a debt, -1 for a position. */
  asset: number;
  /** Atoms owed, as if settled now. */
  atoms: number;
  /** USD at the mark. */
  notional: number;
  maintenance: number;
  /** Its price is stale: it counts, and is not traded (perpetuals rules 1). */
  isStale: boolean;
}

/** Positions and debts of an account, the largest maintenance margin first; ties: positions by market, then debts by asset. */
export function exposedParts(state: State, account: number): ExposedPart[] {
  const parts = [...positionParts(state, account), ...debtParts(state, account)];
  const order = parts.map((_, at) => at).sort((a, b) => parts[b]!.maintenance - parts[a]!.maintenance || a - b);
  return order.map((at) => parts[at]!);
}

/** Sum of the parts' notional, USD. */
export function notionalSum(parts: readonly ExposedPart[]): number {
  let sum = 0;
  for (const part of parts) sum += part.notional;
  return sum;
}

/** Atoms of USDC an account has, taken as if settled now: free + lent - debt + unrealised P&L. */
export function usdcAsIfSettled(state: State, account: number): number {
  return netAsIfSettled(state, account, state.usdc);
}

/** Atoms of an asset an account has, debts negative; USDC with its unrealised P&L. */
export function netAsIfSettled(state: State, account: number, asset: number): number {
  const { holdings } = state;
  let atoms = asset === state.usdc ? unrealisedAtoms(state, account) : 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row))
    if (holdingAsset(holdings, row) === asset) atoms += netAtomsOf(state, row);
  return atoms;
}

function unrealisedAtoms(state: State, account: number): number {
  const { positions } = state;
  let atoms = 0;
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const size = positionSizeLots(positions, row);
    if (size === 0) continue;
    const market = state.markets[positionMarket(positions, row)]!;
    atoms += size * (market.price.markTicks - lastMarkTicks(state, account, market.ix)) * market.k;
  }
  return atoms;
}

function positionParts(state: State, account: number): ExposedPart[] {
  const { positions } = state;
  const parts: ExposedPart[] = [];
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const lots = positionSizeLots(positions, row);
    const market = state.markets[positionMarket(positions, row)]!;
    if (lots === 0 || market.type !== MarketType.PERP) continue;
    const notional = Math.abs(lots) * market.lotSize * market.price.markTicks * market.tickSize;
    const { mmf } = market.listing.perp!;
    const maintenance = notional * mmfOf(notional, mmf.base, mmf.factor);
    parts.push({ market: market.ix, lots, asset: -1, atoms: 0, notional, maintenance, isStale: market.price.grade === PriceGrade.Stale });
  }
  return parts;
}

function debtParts(state: State, account: number): ExposedPart[] {
  const { holdings } = state;
  const parts: ExposedPart[] = [];
  const push = (ix: number, atoms: number): void => {
    const asset = state.assets[ix]!;
    const notional = (atoms / asset.unitAtoms) * asset.price.mark;
    const { borrowMmf } = asset.listing;
    const maintenance = notional * mmfOf(notional, borrowMmf.base, borrowMmf.factor);
    parts.push({ market: -1, lots: 0, asset: ix, atoms, notional, maintenance, isStale: asset.price.grade === PriceGrade.Stale });
  };
  let isUsdcSeen = false;
  const usdc = usdcAsIfSettled(state, account);
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = holdingAsset(holdings, row);
    if (asset === state.usdc) isUsdcSeen = true;
    const net = asset === state.usdc ? usdc : netAtomsOf(state, row);
    if (net < 0) push(asset, -net);
  }
  if (!isUsdcSeen && usdc < 0) push(state.usdc, -usdc);
  return parts;
}
