/** Perpetual positions as people see them. */
import { imf, mmf } from '@mochila/math';
import { MarketType, type PositionAnswer } from '@mochila/protocol';
import { liquidationTicks } from '../risk/liquidation-price.ts';
import type { State } from '../state.ts';

/** Answers every open position of an account. */
export function positionAnswers(state: State, account: number): PositionAnswer[] {
  const { positions } = state;
  const rows: PositionAnswer[] = [];
  for (let row = state.accounts.positionHead[account]!; row >= 0; row = positions.next[row]!) {
    const market = state.markets[positions.market[row]!]!;
    if (market.type === MarketType.PERP && positions.sizeLots[row] !== 0) rows.push(positionAnswer(state, account, row));
  }
  return rows;
}

function positionAnswer(state: State, account: number, row: number): PositionAnswer {
  const { positions } = state;
  const market = state.markets[positions.market[row]!]!;
  const sizeLots = positions.sizeLots[row]!;
  const { markTicks } = market.price;
  const exposureLots = Math.max(Math.abs(sizeLots + positions.openBidLots[row]!), Math.abs(sizeLots - positions.openAskLots[row]!));
  const lotPrice = markTicks * market.tickSize * market.lotSize;
  const functions = market.listing.perp!;
  return {
    market: market.ix,
    positionId: positions.openedSeq[row]!,
    sizeLots,
    entryCostAtoms: positions.entryCostAtoms[row]!,
    realizedPnlAtoms: positions.realizedPnlAtoms[row]!,
    fundingAtoms: positions.fundingAtoms[row]!,
    feesAtoms: positions.feesAtoms[row]!,
    unrealisedPnlAtoms: unrealisedSinceEntry(sizeLots, markTicks, market.k, positions.entryCostAtoms[row]!),
    exposureLots,
    exposureNotional: exposureLots * lotPrice,
    markTicks,
    imf: imf(exposureLots * lotPrice, functions.imf.base, functions.imf.factor, state.accounts.leverageLimit[account]!),
    mmf: mmf(Math.abs(sizeLots) * lotPrice, functions.mmf.base, functions.mmf.factor),
    liquidationPriceTicks: liquidationTicks(state, account, market.ix, sizeLots > 0),
    openedAtMicros: positions.openedAtMicros[row]!,
  };
}

/** Value at the mark less cost: what people call unrealised P&L, whatever was settled into cash already. */
function unrealisedSinceEntry(sizeLots: number, markTicks: number, k: number, entryCostAtoms: number): number {
  return sizeLots * markTicks * k - entryCostAtoms;
}
