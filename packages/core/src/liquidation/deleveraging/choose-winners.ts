/** Which lots of which winners are closed: rank by rank, pro rata within a rank, exact to the lot (liquidation rules 3). */
import { shareOut } from '@mochila/math';
import { Side } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Market } from '../../markets.ts';
import { projectFill } from '../../matching/project-fill.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { movesLeft, spendWork } from '../work.ts';
import { forgetRanking, rankingOf, rankMore } from './rank-winners.ts';
import { type Ranking, takeGroup, type Winner } from './ranking.ts';

/** Lots of one winner's part that are closed. */
export interface Chosen {
  winner: Winner;
  lots: number;
}

/** A close that is being decided. */
interface Choice {
  /** Whose position it is. */
  account: number;
  isLong: boolean;
  left: number;
  /** What the close costs a winner, to judge by. */
  priceTicks: number;
  readonly chosen: Chosen[];
  /** Lots chosen so far of a position, by its row: two parts of it may be on the list. */
  readonly ofRow: Map<number, number>;
}

/**
 * Chooses whom a position is closed against. Winners who would end below maintenance by it come after everybody else; last
 * of all who was not on the other side when the second's ranking passed them, and is now.
 *
 * @param account - whose position it is; long when `isLong`.
 * @param priceTicks - what the close costs a winner, to judge by; whole ticks, the cash rounded up.
 * @returns parts that sum to `lots`: sizes over a market sum to zero, so there are always enough; to less, possibly to
 *   nothing, when the command did enough and the next one goes on.
 */
export function chooseWinners(state: State, market: Market, account: number, isLong: boolean, lots: number, priceTicks: number): Chosen[] {
  const choice: Choice = { account, isLong, left: lots, priceTicks, chosen: [], ofRow: new Map() };
  for (let isAnew = false; ; isAnew = true) {
    const ranking = rankingOf(state, market, !isLong);
    const before = choice.chosen.length;
    if (!rankMore(state, market, !isLong, ranking)) return choice.chosen;
    chooseRanked(state, market, ranking, choice);
    if (choice.left === 0 || hasEnough(state, choice)) return choice.chosen;
    assert(!isAnew || choice.chosen.length > before, 'INV-03: whatever is closed has its other side');
    forgetRanking(state, market, !isLong);
  }
}

/** True when the command did enough: what was chosen is still to be moved. */
function hasEnough(state: State, choice: Choice): boolean {
  return choice.chosen.length >= movesLeft(state);
}

/** Goes from rank to rank until nothing is left to close, then to those who were spared. */
function chooseRanked(state: State, market: Market, ranking: Ranking, choice: Choice): void {
  while (choice.left > 0 && !hasEnough(state, choice)) {
    const open = ranking.group.filter((one) => isOpen(state, one, choice));
    if (open.length === 0) {
      if (!takeGroup(ranking)) break;
      continue;
    }
    ranking.group = chooseFrom(state, market, open, choice, ranking.spared);
  }
  while (choice.left > 0 && !hasEnough(state, choice) && ranking.spared.length > 0) {
    // One by one: both parts of a position may be among them.
    const winner = ranking.spared[0]!;
    if (isOpen(state, winner, choice)) choose(choice, winner, Math.min(choice.left, winner.lots));
    if (winner.lots === 0 || choice.left > 0) ranking.spared.shift();
  }
}

function choose(choice: Choice, winner: Winner, lots: number): void {
  if (lots === 0) return;
  winner.lots -= lots;
  choice.chosen.push({ winner, lots });
  choice.ofRow.set(winner.row, (choice.ofRow.get(winner.row) ?? 0) + lots);
  choice.left -= lots;
}

/** A part that still has lots to close: earlier acts and fills may have closed some of the position, or turned it. */
function isOpen(state: State, winner: Winner, { account, isLong, ofRow }: Choice): boolean {
  if (winner.account === account) return false;
  const size = positionSizeLots(state.positions, winner.row);
  const lots = Math.max(0, isLong ? -size : size) - (ofRow.get(winner.row) ?? 0);
  winner.lots = Math.min(winner.lots, lots);
  return winner.lots > 0;
}

/** Shares within a rank, leaving out who would end below maintenance. @returns those of the rank who still have lots. */
function chooseFrom(state: State, market: Market, winners: Winner[], choice: Choice, spared: Winner[]): Winner[] {
  for (let rank = winners; ; ) {
    const weights = rank.map((winner) => winner.lots);
    const total = Math.min(
      choice.left,
      weights.reduce((sum, one) => sum + one, 0),
    );
    const shares = shareOut(total, weights);
    const harmed = rank.filter((winner, at) => shares[at]! > 0 && endsShort(state, market, winner, shares[at]!, choice));
    if (harmed.length === 0) {
      for (const [at, winner] of rank.entries()) choose(choice, winner, shares[at]!);
      return rank.filter((winner) => winner.lots > 0);
    }
    spared.push(...harmed);
    rank = rank.filter((winner) => !harmed.includes(winner));
  }
}

const before = createHealth();
const after = createHealth();

/** True when a winner at or above maintenance would be below it. Few would: what they are now is only asked of those. */
function endsShort(state: State, market: Market, winner: Winner, lots: number, choice: Choice): boolean {
  const { projection } = state.scratch;
  projectFill(state, market, choice.isLong ? Side.Bid : Side.Ask, lots, lots * choice.priceTicks * market.k, 0, 0);
  spendWork(state, 1);
  computeHealth(state, winner.account, HealthMode.Maintenance, projection, after);
  if (after.netEquity >= after.maintenanceMargin) return false;
  spendWork(state, 1);
  computeHealth(state, winner.account, HealthMode.Maintenance, null, before);
  return before.netEquity >= before.maintenanceMargin;
}
