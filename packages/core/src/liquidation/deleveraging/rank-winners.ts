/**
 * Who a position can be closed against, in the order that harms least (liquidation rules 3): winners by profit over cost
 * times effective leverage, then who has no profit; and after all of these, the lots that hedge something else.
 */
import { deleveragingRank, deleveragingScore } from '@mochila/math';
import type { Market } from '../../markets.ts';
import { openRowsOf } from '../../risk/open-rows.ts';
import { positionAccount, positionEntryCostAtoms, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { movesLeft, spendWork } from '../work.ts';
import { compareWinners, createRanking, type Ranking, type Winner } from './ranking.ts';
import { rootOf, type Standing, standIn } from './standing.ts';

/** Rows that are put in order for the price of a health. */
const ROWS_PER_HEALTH = 64;
/** Winners that a command ranks at least, however many there are. */
const RANKED_MIN = 256;

/** The ranking of winners with positions of one side in a market in this second, empty when nobody needed it yet. */
export function rankingOf(state: State, market: Market, isLong: boolean): Ranking {
  const { rankings } = state.liquidation;
  const place = placeOf(market.ix, isLong);
  const ranking = rankings[place] ?? createRanking();
  rankings[place] = ranking;
  return ranking;
}

/** Forgets a ranking that is used up: whoever is on that side now is ranked anew. */
export function forgetRanking(state: State, market: Market, isLong: boolean): void {
  state.liquidation.rankings[placeOf(market.ix, isLong)] = null;
}

function placeOf(market: number, isLong: boolean): number {
  return 2 * market + (isLong ? 0 : 1);
}

/**
 * Ranks more winners, as many as the command has work left for.
 *
 * @returns true when all positions of the side were ranked: before that nobody is closed against.
 */
export function rankMore(state: State, market: Market, isLong: boolean, ranking: Ranking): boolean {
  if (ranking.isWhole) return true;
  const rows = rowsFrom(state, market, isLong, ranking.nextRow);
  const root = rootOf(state, market.base);
  const winners: Winner[] = [];
  let at = 0;
  for (; at < rows.length && (at < RANKED_MIN || movesLeft(state) > 0); at += 1) {
    addWinner(state, market, root, rows[at]!, winners);
    ranking.nextRow = rows[at]! + 1;
    spendWork(state, 1);
  }
  if (winners.length > 0) ranking.runs.push({ winners: winners.sort(compareWinners), next: 0 });
  ranking.isWhole = at === rows.length;
  return ranking.isWhole;
}

/** Rows of the side from one on, ascending: a replay that begins between two commands lists them in another order. */
function rowsFrom(state: State, market: Market, isLong: boolean, from: number): Int32Array {
  const rows = openRowsOf(state.scratch, state.positions, market.ix, isLong);
  spendWork(state, Math.ceil(rows.length / ROWS_PER_HEALTH));
  // tidy-allow: pure: a column sorts as numbers
  return Int32Array.from(rows.filter((row) => row >= from)).sort();
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
