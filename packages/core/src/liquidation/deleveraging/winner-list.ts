/**
 * Who a position can be closed against, in the order that harms least (liquidation rules 3): winners by profit over cost
 * times effective leverage, then who has no profit; and after all of these, the lots that hedge something else.
 */
import { deleveragingRank, deleveragingScore } from '@mochila/math';
import type { Market } from '../../markets.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import type { State } from '../../state.ts';
import { netExposureUnits, rootOf } from './net-exposure.ts';
import type { Winner } from './winner-lists.ts';

/** Winners with positions of one side in a market, first to be closed first. O(positions) the first time in a command. */
export function winnersOf(state: State, market: Market, isLong: boolean): Winner[] {
  const { winners } = state.scratch;
  if (winners.seq !== state.seq) {
    winners.lists.fill(null);
    winners.seq = state.seq;
  }
  return winners.lists[placeOf(market, isLong)] ?? rankAnew(state, market, isLong);
}

/** The same as they stand now, where the command moved positions since it ranked them. O(positions). */
export function rankAnew(state: State, market: Market, isLong: boolean): Winner[] {
  const list = listWinners(state, market, isLong);
  state.scratch.winners.lists[placeOf(market, isLong)] = list;
  return list;
}

function placeOf(market: Market, isLong: boolean): number {
  return 2 * market.ix + (isLong ? 0 : 1);
}

function listWinners(state: State, market: Market, isLong: boolean): Winner[] {
  const { positions } = state;
  const list: Winner[] = [];
  for (let row = 0; row < positions.used; row += 1) {
    const size = positions.sizeLots[row]!;
    if (positions.market[row] !== market.ix || size === 0 || size > 0 !== isLong) continue;
    addWinner(state, market, row, list);
  }
  return list.sort(compareWinners);
}

function compareWinners(a: Winner, b: Winner): number {
  if (a.isHedged !== b.isHedged) return a.isHedged ? 1 : -1;
  return b.rank - a.rank || b.score - a.score || a.account - b.account;
}

/** Parts of a lot that a quotient of doubles may be off by: a position that hedges nothing has no hedged lot. */
const LOT_NOISE = 1e-6;

const health = createHealth();

function addWinner(state: State, market: Market, row: number, list: Winner[]): void {
  const { positions } = state;
  const account = positions.account[row]!;
  const size = positions.sizeLots[row]!;
  const sign = size > 0 ? 1 : -1;
  const netUnits = Math.max(0, sign * netExposureUnits(state, account, rootOf(state, market.base)));
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  const { unitAtoms } = state.assets[market.quote]!;
  const cost = positions.entryCostAtoms[row]!;
  const score = deleveragingScore({
    profit: (size * market.price.markTicks * market.k - cost) / unitAtoms,
    cost: Math.abs(cost) / unitAtoms,
    netExposure: netUnits * state.assets[market.base]!.price.mark,
    realEquity: health.realEquity,
  });
  const rank = deleveragingRank(score);
  const open = Math.min(Math.abs(size), Math.floor(netUnits / market.lotSize + LOT_NOISE));
  if (open > 0) list.push({ account, row, lots: open, score, rank, isHedged: false });
  if (open < Math.abs(size)) list.push({ account, row, lots: Math.abs(size) - open, score, rank, isHedged: true });
}
