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
import { rankAnew, winnersOf } from './winner-list.ts';
import type { Winner, WinnerList } from './winner-lists.ts';

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
 * of all who was not on the other side when the command ranked it, and is now by a fill or a taking of the same command.
 *
 * @param account - whose position it is; long when `isLong`.
 * @param priceTicks - what the close costs a winner, to judge by; whole ticks, the cash rounded up.
 * @returns parts that sum to `lots` exactly: sizes over a market sum to zero, so there are always enough.
 */
export function chooseWinners(state: State, market: Market, account: number, isLong: boolean, lots: number, priceTicks: number): Chosen[] {
  const choice: Choice = { account, isLong, left: lots, priceTicks, chosen: [], ofRow: new Map() };
  chooseOnList(state, market, winnersOf(state, market, !isLong), choice);
  if (choice.left > 0) chooseOnList(state, market, rankAnew(state, market, !isLong), choice);
  assert(choice.left === 0, 'INV-03: whatever is closed has its other side');
  for (const { winner, lots: taken } of choice.chosen) winner.lots -= taken;
  return choice.chosen;
}

/** Goes down a list until nothing is left, then back to those who were spared. */
function chooseOnList(state: State, market: Market, list: WinnerList, choice: Choice): void {
  const deferred: Winner[] = [];
  for (let at = list.spent; at < list.ranks.length && choice.left > 0; at += 1) {
    const rank = list.ranks[at]!;
    const open = rank.filter((one) => isOpen(state, one, choice));
    if (at === list.spent && open.length === 0 && rank.every(({ lots }) => lots === 0)) list.spent += 1;
    chooseFrom(state, market, open, choice, deferred);
  }
  // One by one: both parts of a position may be among them.
  for (const winner of deferred) {
    if (choice.left === 0) return;
    if (isOpen(state, winner, choice)) choose(choice, winner, Math.min(choice.left, winner.lots));
  }
}

function choose(choice: Choice, winner: Winner, lots: number): void {
  if (lots === 0) return;
  choice.chosen.push({ winner, lots });
  choice.ofRow.set(winner.row, (choice.ofRow.get(winner.row) ?? 0) + lots);
  choice.left -= lots;
}

/** A part that still has lots to close: earlier acts of the command may have closed some of the position, or turned it. */
function isOpen(state: State, winner: Winner, { account, isLong, ofRow }: Choice): boolean {
  if (winner.account === account) return false;
  const size = positionSizeLots(state.positions, winner.row);
  const lots = Math.max(0, isLong ? -size : size) - (ofRow.get(winner.row) ?? 0);
  winner.lots = Math.min(winner.lots, lots);
  return winner.lots > 0;
}

/** Shares within a rank, leaving out who would end below maintenance. */
function chooseFrom(state: State, market: Market, winners: Winner[], choice: Choice, deferred: Winner[]): void {
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
      return;
    }
    deferred.push(...harmed);
    rank = rank.filter((winner) => !harmed.includes(winner));
  }
}

const before = createHealth();
const after = createHealth();

/** True when a winner at or above maintenance would be below it. Few would: what they are now is only asked of those. */
function endsShort(state: State, market: Market, winner: Winner, lots: number, choice: Choice): boolean {
  const { projection } = state.scratch;
  projectFill(state, market, choice.isLong ? Side.Bid : Side.Ask, lots, lots * choice.priceTicks * market.k, 0, 0);
  computeHealth(state, winner.account, HealthMode.Maintenance, projection, after);
  if (after.netEquity >= after.maintenanceMargin) return false;
  computeHealth(state, winner.account, HealthMode.Maintenance, null, before);
  return before.netEquity >= before.maintenanceMargin;
}
