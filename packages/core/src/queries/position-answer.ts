/** Perpetual positions as people see them. */
import { imf, mmf } from '@mochila/math';
import { MarketType, type PositionAnswer } from '@mochila/protocol';
import { accountLeverageLimit, accountPositionHead } from '../ledger/accounts.ts';
import { liquidationTicks } from '../risk/liquidation-price.ts';
import {
  nextPosition,
  positionEntryCostAtoms,
  positionFeesAtoms,
  positionFundingAtoms,
  positionMarket,
  positionOpenAskLots,
  positionOpenBidLots,
  positionOpenedAtMicros,
  positionOpenedSeq,
  positionRealizedPnlAtoms,
  positionSizeLots,
} from '../risk/positions.ts';
import type { State } from '../state.ts';

/** Answers every open position of an account. */
export function positionAnswers(state: State, account: number): PositionAnswer[] {
  const { positions } = state;
  const rows: PositionAnswer[] = [];
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const market = state.markets[positionMarket(positions, row)]!;
    if (market.type === MarketType.PERP && positionSizeLots(positions, row) !== 0) rows.push(positionAnswer(state, account, row));
  }
  return rows;
}

function positionAnswer(state: State, account: number, row: number): PositionAnswer {
  const { positions } = state;
  const market = state.markets[positionMarket(positions, row)]!;
  const sizeLots = positionSizeLots(positions, row);
  const { markTicks } = market.price;
  const exposureLots = Math.max(
    Math.abs(sizeLots + positionOpenBidLots(positions, row)),
    Math.abs(sizeLots - positionOpenAskLots(positions, row)),
  );
  const lotPrice = markTicks * market.tickSize * market.lotSize;
  const functions = market.listing.perp!;
  return {
    market: market.ix,
    positionId: positionOpenedSeq(positions, row),
    sizeLots,
    entryCostAtoms: positionEntryCostAtoms(positions, row),
    realizedPnlAtoms: positionRealizedPnlAtoms(positions, row),
    fundingAtoms: positionFundingAtoms(positions, row),
    feesAtoms: positionFeesAtoms(positions, row),
    unrealisedPnlAtoms: unrealisedSinceEntry(sizeLots, markTicks, market.k, positionEntryCostAtoms(positions, row)),
    exposureLots,
    exposureNotional: exposureLots * lotPrice,
    markTicks,
    imf: imf(exposureLots * lotPrice, functions.imf.base, functions.imf.factor, accountLeverageLimit(state.accounts, account)),
    mmf: mmf(Math.abs(sizeLots) * lotPrice, functions.mmf.base, functions.mmf.factor),
    liquidationPriceTicks: liquidationTicks(state, account, market.ix, sizeLots > 0),
    openedAtMicros: positionOpenedAtMicros(positions, row),
  };
}

/** Value at the mark less cost: what people call unrealised P&L, whatever was settled into cash already. */
function unrealisedSinceEntry(sizeLots: number, markTicks: number, k: number, entryCostAtoms: number): number {
  return sizeLots * markTicks * k - entryCostAtoms;
}
