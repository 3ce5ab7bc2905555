/** Which lots of which winners are closed: rank by rank, pro rata within a rank, exact to the lot (liquidation rules 3). */
import { shareOut } from '@mochila/math';
import { Side } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Market } from '../../markets.ts';
import { projectFill } from '../../matching/project-fill.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import type { State } from '../../state.ts';
import { winnersOf } from './winner-list.ts';
import type { Winner } from './winner-lists.ts';

/** Most positions that share as one rank: what one close touches stays bounded. */
const RANK_MAX = 64;

/** Lots of one winner's part that are closed. */
export interface Chosen {
  winner: Winner;
  lots: number;
}

/**
 * Chooses whom a position is closed against. Winners who would end below maintenance by it come after everybody else.
 *
 * @param account - whose position it is; long when `isLong`.
 * @param shiftTicks - what the price costs a winner beside the mark, to judge by; whole ticks, the cash rounded up.
 * @returns parts that sum to `lots` exactly: sizes over a market sum to zero, so there are always enough.
 */
export function chooseWinners(state: State, market: Market, account: number, isLong: boolean, lots: number, priceTicks: number): Chosen[] {
  const list = winnersOf(state, market, !isLong);
  const chosen: Chosen[] = [];
  const deferred: Winner[] = [];
  let left = lots;
  for (let from = 0; from < list.length && left > 0; ) {
    const rank = rankFrom(list, from);
    from += rank.length;
    left -= chooseFrom(
      state,
      market,
      { rank: rank.filter((one) => isOpen(state, one, account)), left, isLong, priceTicks },
      chosen,
      deferred,
    );
  }
  left -= share(
    deferred.filter((one) => !chosen.some(({ winner }) => winner === one)),
    left,
    chosen,
  );
  assert(left === 0, 'INV-03: whatever is closed has its other side');
  for (const { winner, lots: taken } of chosen) winner.lots -= taken;
  return chosen;
}

/** Consecutive winners of one rank, at most {@link RANK_MAX}. */
function rankFrom(list: readonly Winner[], from: number): Winner[] {
  const first = list[from]!;
  let end = from + 1;
  while (end < list.length && end - from < RANK_MAX && list[end]!.rank === first.rank && list[end]!.isHedged === first.isHedged) end += 1;
  return list.slice(from, end);
}

/** A part that still has lots to close: earlier acts of the command may have closed some. */
function isOpen(state: State, winner: Winner, account: number): boolean {
  if (winner.account === account) return false;
  winner.lots = Math.min(winner.lots, Math.abs(state.positions.sizeLots[winner.row]!));
  return winner.lots > 0;
}

interface Choice {
  rank: Winner[];
  left: number;
  isLong: boolean;
  priceTicks: number;
}

/** Shares within a rank, leaving out who would end below maintenance. @returns lots chosen. */
function chooseFrom(state: State, market: Market, choice: Choice, chosen: Chosen[], deferred: Winner[]): number {
  let rank = choice.rank;
  for (;;) {
    const weights = rank.map((winner) => winner.lots);
    const total = Math.min(
      choice.left,
      weights.reduce((sum, one) => sum + one, 0),
    );
    const shares = shareOut(total, weights);
    const harmed = rank.filter((winner, at) => shares[at]! > 0 && endsShort(state, market, winner, shares[at]!, choice));
    if (harmed.length === 0) {
      for (const [at, winner] of rank.entries()) if (shares[at]! > 0) chosen.push({ winner, lots: shares[at]! });
      return total;
    }
    deferred.push(...harmed);
    rank = rank.filter((winner) => !harmed.includes(winner));
  }
}

function share(winners: readonly Winner[], left: number, chosen: Chosen[]): number {
  const weights = winners.map((winner) => winner.lots);
  const total = Math.min(
    left,
    weights.reduce((sum, one) => sum + one, 0),
  );
  const shares = shareOut(total, weights);
  for (const [at, winner] of winners.entries()) if (shares[at]! > 0) chosen.push({ winner, lots: shares[at]! });
  return total;
}

const before = createHealth();
const after = createHealth();

/** True when a winner at or above maintenance would be below it. */
function endsShort(state: State, market: Market, winner: Winner, lots: number, choice: Choice): boolean {
  const { projection } = state.scratch;
  projectFill(state, market, choice.isLong ? Side.Bid : Side.Ask, lots, lots * choice.priceTicks * market.k, 0, 0);
  computeHealth(state, winner.account, HealthMode.Maintenance, null, before);
  if (before.netEquity < before.maintenanceMargin) return false;
  computeHealth(state, winner.account, HealthMode.Maintenance, projection, after);
  return after.netEquity < after.maintenanceMargin;
}
