/**
 * Who a position can be closed against, in the order that harms least (liquidation rules 3): winners by profit over cost
 * times effective leverage, then who has no profit; and after all of these, the lots that hedge something else.
 */
import { deleveragingRank, deleveragingScore } from '@mochila/math';
import type { Market } from '../../markets.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { positionAccount, positionEntryCostAtoms, positionMarket, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { netExposureUnits, rootOf } from './net-exposure.ts';
import type { Winner, WinnerList } from './winner-lists.ts';

/** Most positions that share as one rank: what one close touches stays bounded. */
const RANK_MAX = 64;

/** Winners with positions of one side in a market. O(positions) the first time in a command. */
export function winnersOf(state: State, market: Market, isLong: boolean): WinnerList {
  const { winners } = state.scratch;
  if (winners.seq !== state.seq) {
    winners.lists.fill(null);
    winners.seq = state.seq;
    sortRows(state);
  }
  return winners.lists[placeOf(market.ix, isLong)] ?? rank(state, market, isLong);
}

/** The same as they stand now, where the command moved positions since it ranked them. O(positions). */
export function rankAnew(state: State, market: Market, isLong: boolean): WinnerList {
  sortRows(state);
  return rank(state, market, isLong);
}

function placeOf(market: number, isLong: boolean): number {
  return 2 * market + (isLong ? 0 : 1);
}

/** Gathers the rows of all places in one walk over the positions: a command may close in a hundred markets. */
function sortRows({ positions, scratch }: State): void {
  const { rows, firsts } = scratch.winners;
  firsts.fill(0);
  for (let row = 0; row < positions.used; row += 1) {
    const place = placeOfRow(positions, row);
    if (place >= 0) firsts[place] = firsts[place]! + 1;
  }
  for (let place = 1; place < firsts.length; place += 1) firsts[place] = firsts[place]! + firsts[place - 1]!;
  // Backwards, so that rows of one place ascend and each place's end becomes its beginning.
  for (let row = positions.used - 1; row >= 0; row -= 1) {
    const place = placeOfRow(positions, row);
    if (place < 0) continue;
    firsts[place] = firsts[place]! - 1;
    rows[firsts[place]!] = row;
  }
}

/** -1 when nothing is open there. */
function placeOfRow(positions: State['positions'], row: number): number {
  const size = positionSizeLots(positions, row);
  return size === 0 ? -1 : placeOf(positionMarket(positions, row), size > 0);
}

function rank(state: State, market: Market, isLong: boolean): WinnerList {
  const { rows, firsts, lists } = state.scratch.winners;
  const place = placeOf(market.ix, isLong);
  const winners: Winner[] = [];
  for (let at = firsts[place]!; at < firsts[place + 1]!; at += 1) addWinner(state, market, rows[at]!, winners);
  const list = { ranks: ranksOf(winners.sort(compareWinners)), spent: 0 };
  lists[place] = list;
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

const health = createHealth();

function addWinner(state: State, market: Market, row: number, list: Winner[]): void {
  const { positions } = state;
  const account = positionAccount(positions, row);
  const size = positionSizeLots(positions, row);
  const sign = size > 0 ? 1 : -1;
  const netUnits = Math.max(0, sign * netExposureUnits(state, account, rootOf(state, market.base)));
  const { unitAtoms } = state.assets[market.quote]!;
  const cost = positionEntryCostAtoms(positions, row);
  const profit = (size * market.price.markTicks * market.k - cost) / unitAtoms;
  const score = deleveragingScore({
    profit,
    cost: Math.abs(cost) / unitAtoms,
    netExposure: netUnits * state.assets[market.base]!.price.mark,
    // Who has no profit, or is hedged, is ranked without it.
    realEquity: profit > 0 && netUnits > 0 ? realEquityOf(state, account) : 0,
  });
  const rank = deleveragingRank(score);
  const open = Math.min(Math.abs(size), Math.floor(netUnits / market.lotSize + LOT_NOISE));
  if (open > 0) list.push({ account, row, lots: open, score, rank, isHedged: false });
  if (open < Math.abs(size)) list.push({ account, row, lots: Math.abs(size) - open, score, rank, isHedged: true });
}

function realEquityOf(state: State, account: number): number {
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  return health.realEquity;
}
