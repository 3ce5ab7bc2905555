import { expect, it } from 'vitest';
import { compareWinners, createRanking, type Ranking, takeGroup, type Winner } from './ranking.ts';

function winner(account: number, rank: number): Winner {
  return { account, row: account, lots: 100, score: rank, rank, isHedged: false };
}

/** Two runs of three ranks. */
function rankingOfTwoRuns(): Ranking {
  const runs = [
    [winner(1, 3), winner(2, 2), winner(3, 2)],
    [winner(4, 2), winner(5, 1)],
  ].map((winners) => ({ winners: winners.sort(compareWinners), next: 0 }));
  return { ...createRanking(), isWhole: true, runs };
}

it('merges runs rank by rank', () => {
  const ranking = rankingOfTwoRuns();
  const groups: number[][] = [];
  while (takeGroup(ranking)) groups.push(ranking.group.map(({ account }) => account));
  expect(groups).toEqual([[1], [2, 3, 4], [5]]);
});

it('is the same state whether it was restored from a snapshot, which writes each winner where he stands, or not', () => {
  const ranking = rankingOfTwoRuns();
  takeGroup(ranking);
  takeGroup(ranking);
  const restored: Ranking = JSON.parse(JSON.stringify(ranking));
  for (const one of [ranking, restored]) one.group[1]!.lots -= 30;
  expect(restored).toEqual(ranking);
});
