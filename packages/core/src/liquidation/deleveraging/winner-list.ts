/**
 * Who a position can be closed against, in the order that harms least (liquidation rules 3): winners by profit over cost
 * times effective leverage, then who has no profit; and after all of these, the lots that hedge something else.
 */
import { deleveragingRank, deleveragingScore } from '@mochila/math';
import type { Market } from '../../markets.ts';
import { openRowsOf } from '../../risk/open-rows.ts';
import { positionAccount, positionEntryCostAtoms, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { rootOf, type Standing, standIn } from './standing.ts';
import type { Winner, WinnerList } from './winner-lists.ts';

/** Most positions that share as one rank: what one close touches stays bounded. */
const RANK_MAX = 64;

/** Winners with positions of one side in a market. O(those positions) the first time in a command. */
export function winnersOf(state: State, market: Market, isLong: boolean): WinnerList {
  const { winners } = state.scratch;
  if (winners.seq !== state.seq) {
    winners.lists.fill(null);
    winners.seq = state.seq;
  }
  return winners.lists[placeOf(market, isLong)] ?? rank(state, market, isLong);
}

/** The same as they stand now, where the command moved positions since it ranked them. O(those positions). */
export function rankAnew(state: State, market: Market, isLong: boolean): WinnerList {
  return rank(state, market, isLong);
}

function placeOf(market: Market, isLong: boolean): number {
  return 2 * market.ix + (isLong ? 0 : 1);
}

function rank(state: State, market: Market, isLong: boolean): WinnerList {
  const winners: Winner[] = [];
  const root = rootOf(state, market.base);
  for (const row of openRowsOf(state.scratch, state.positions, market.ix, isLong)) addWinner(state, market, root, row, winners);
  const list = { ranks: ranksOf(winners.sort(compareWinners)), spent: 0 };
  state.scratch.winners.lists[placeOf(market, isLong)] = list;
  return list;
}

/** Consecutive winners of one rank, at most {@link RANK_MAX}. */
function ranksOf(winners: readonly Winner[]): Winner[][] {
  const ranks: Winner[][] = [];
  for (let from = 0, to = 0; from < winners.length; from = to) {
    const first = winners[from]!;
    for (to = from + 1; to < winners.length && to - from < RANK_MAX; to += 1)
      if (winners[to]!.rank !== first.rank || winners[to]!.isHedged !== first.isHedged) break;
    ranks.push(winners.slice(from, to));
  }
  return ranks;
}

function compareWinners(a: Winner, b: Winner): number {
  if (a.isHedged !== b.isHedged) return a.isHedged ? 1 : -1;
  return b.rank - a.rank || b.score - a.score || a.account - b.account;
}

/** Parts of a lot that a quotient of doubles may be off by: a position that hedges nothing has no hedged lot. */
const LOT_NOISE = 1e-6;

const standing: Standing = { netUnits: 0, realEquity: 0 };

function addWinner(state: State, market: Market, root: number, row: number, list: Winner[]): void {
  const { positions } = state;
  const account = positionAccount(positions, row);
  const size = positionSizeLots(positions, row);
  standIn(state, account, root, standing);
  const netUnits = Math.max(0, size > 0 ? standing.netUnits : -standing.netUnits);
  const { unitAtoms } = state.assets[market.quote]!;
  const cost = positionEntryCostAtoms(positions, row);
  const score = deleveragingScore({
    profit: (size * market.price.markTicks * market.k - cost) / unitAtoms,
    cost: Math.abs(cost) / unitAtoms,
    netExposure: netUnits * state.assets[market.base]!.price.mark,
    realEquity: standing.realEquity,
  });
  const rank = deleveragingRank(score);
  const open = Math.min(Math.abs(size), Math.floor(netUnits / market.lotSize + LOT_NOISE));
  if (open > 0) list.push({ account, row, lots: open, score, rank, isHedged: false });
  if (open < Math.abs(size)) list.push({ account, row, lots: Math.abs(size) - open, score, rank, isHedged: true });
}
