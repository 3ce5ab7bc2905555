/**
 * Winners of one side of a market in the order in which they are closed against, ranked once in a second (liquidation rules 3).
 *
 * Part of the state: ranking many positions, and closing against them, takes more than one command, and a replay that begins
 * between two of them goes on where the venue did. It is forgotten when the turns of the second are over.
 */

/** A part of a position that can be closed: all of its lots hedge, or none. */
export interface Winner {
  account: number;
  /** RowIx of the position. */
  row: number;
  /** Lots of this part; what is taken is taken off. */
  lots: number;
  score: number;
  rank: number;
  isHedged: boolean;
}

/** Winners that one command ranked, first to be closed first. */
export interface RankedRun {
  winners: Winner[];
  /** Those before it stand in the ranking's group, or stood there. */
  next: number;
}

/** A ranking: runs that are merged as they are used. */
export interface Ranking {
  /** Positions in rows below it were looked at. */
  nextRow: number;
  /** All of them were. */
  isWhole: boolean;
  runs: RankedRun[];
  /** The rank that is being closed: at most {@link RANK_MAX} parts. */
  group: Winner[];
  /** Who would have ended below maintenance: last of all. */
  spared: Winner[];
}

/** Most positions that share as one rank: what is shared out at once stays bounded. */
export const RANK_MAX = 64;

/** A ranking of nobody yet. */
export function createRanking(): Ranking {
  return { nextRow: 0, isWhole: false, runs: [], group: [], spared: [] };
}

/** Orders winners: open lots before those that hedge, then by rank, by score, by account. */
export function compareWinners(a: Winner, b: Winner): number {
  if (a.isHedged !== b.isHedged) return a.isHedged ? 1 : -1;
  return b.rank - a.rank || b.score - a.score || a.account - b.account;
}

/** Makes the next rank the ranking's group: its first {@link RANK_MAX} parts. @returns false when nobody is left in the runs. */
export function takeGroup(ranking: Ranking): boolean {
  const first = takeBest(ranking, null);
  if (first === null) return false;
  ranking.group = [first];
  while (ranking.group.length < RANK_MAX) {
    const next = takeBest(ranking, first);
    if (next === null) break;
    ranking.group.push(next);
  }
  return true;
}

/**
 * A copy of the best winner of the heads of all runs, which is passed; null without one, or when it is not of the rank of `like`.
 * A copy, since what is taken of him later must not be seen in the run: a state restored from a snapshot has two of him too.
 */
function takeBest(ranking: Ranking, like: Winner | null): Winner | null {
  let best: RankedRun | null = null;
  for (const run of ranking.runs) {
    const head = run.winners[run.next];
    if (head !== undefined && (best === null || compareWinners(head, best.winners[best.next]!) < 0)) best = run;
  }
  const winner = best?.winners[best.next];
  if (best === null || winner === undefined) return null;
  if (like !== null && (winner.rank !== like.rank || winner.isHedged !== like.isHedged)) return null;
  best.next += 1;
  return { ...winner };
}
